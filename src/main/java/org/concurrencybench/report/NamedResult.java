package org.concurrencybench.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.concurrencybench.sample.Direction;
import org.concurrencybench.sample.MeasuredCase;
import org.concurrencybench.sample.MeasuredCase.Scores;
import org.concurrencybench.sample.ScoreUnit;
import org.concurrencybench.statistics.Estimate;
import org.concurrencybench.statistics.ForkScores;
import org.concurrencybench.statistics.PooledIterations;

/**
 * A result with everything that may tell it from others, by name, and with its interval.
 *
 * @param run its file's name among the others
 * @param names {@code run} where there are several, {@code class}, {@code method}, its parameters, {@code threads} and
 *     {@code mode}, in this order; where a parameter has one of these names, JMH's own is called {@code jmh-…}
 * @param score in {@code measured}'s unit
 */
record NamedResult(String run, MeasuredCase measured, Map<String, String> names, Estimate score) {

    static final String RUN = "run";
    static final String CLASS = "class";
    static final String METHOD = "method";
    static final String THREADS = "threads";
    static final String MODE = "mode";

    /** That of the interval that JMH's error is half of. */
    static final double JMH_CONFIDENCE = 0.999;

    /**
     * What may stand on one axis.
     *
     * @param base unit that its units are multiples of
     */
    record Quantity(String base, Direction direction) {

        /** {@code Time per operation}, {@code Throughput}, or the unit. */
        String label() {
            return switch (base) {
                case "s/op" -> "Time per operation";
                case "ops/s" -> "Throughput";
                default -> "Scores in " + base;
            };
        }

        /** {@code less is better}. */
        String better() {
            return switch (direction) {
                case LOWER -> "less is better";
                case HIGHER -> "more is better";
            };
        }
    }

    /** All of them, file by file. */
    static List<NamedResult> of(Results results) {
        Set<String> params = new HashSet<>();
        Map<String, Set<String>> classes = new HashMap<>();
        for (Results.Source source : results.sources()) {
            for (MeasuredCase one : source.file().cases()) {
                params.addAll(one.params().asMap().keySet());
                classes.computeIfAbsent(simple(className(one)), _ -> new HashSet<>())
                        .add(className(one));
            }
        }
        List<NamedResult> all = new ArrayList<>();
        for (Results.Source source : results.sources()) {
            for (MeasuredCase one : source.file().cases()) {
                Map<String, String> names = new LinkedHashMap<>();
                if (results.sources().size() > 1) {
                    names.put(own(RUN, params), source.run());
                }
                String simple = simple(className(one));
                boolean isClear = classes.getOrDefault(simple, Set.of()).size() == 1;
                names.put(own(CLASS, params), isClear ? simple : className(one));
                names.put(
                        own(METHOD, params),
                        one.benchmark().substring(one.benchmark().lastIndexOf('.') + 1));
                names.putAll(one.params().asMap());
                names.put(own(THREADS, params), Integer.toString(one.threads()));
                names.put(own(MODE, params), one.mode());
                all.add(new NamedResult(source.run(), one, names, score(one.scores())));
            }
        }
        return List.copyOf(all);
    }

    private static String own(String name, Set<String> params) {
        return params.contains(name) ? "jmh-" + name : name;
    }

    private static String className(MeasuredCase one) {
        int dot = one.benchmark().lastIndexOf('.');
        return dot < 0 ? "" : one.benchmark().substring(0, dot);
    }

    private static String simple(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }

    private static Estimate score(Scores scores) {
        return switch (scores) {
            case Scores.ByFork byFork -> ForkScores.ofIterations(byFork.forks()).score(Estimate.DEFAULT_CONFIDENCE);
            case Scores.Pooled pooled ->
                PooledIterations.interval(
                        pooled.score(), half(pooled), pooled.samples(), JMH_CONFIDENCE, Estimate.DEFAULT_CONFIDENCE);
        };
    }

    static OptionalDouble half(Scores.Pooled pooled) {
        return pooled.error().isPresent()
                ? OptionalDouble.of(Math.abs(pooled.error().getAsDouble()))
                : OptionalDouble.empty();
    }

    /** One of JMH's own names, or what it is called beside a parameter of the same name. */
    String own(String name) {
        String other = "jmh-" + name;
        return names.getOrDefault(other, names.getOrDefault(name, ""));
    }

    /** Class and method, the class without its package where that is clear. */
    String benchmark() {
        String className = own(CLASS);
        return className.isEmpty() ? own(METHOD) : className + "." + own(METHOD);
    }

    /** What its score is. */
    Quantity quantity() {
        return new Quantity(ScoreUnit.of(measured.unit()).base(), measured.direction());
    }

    boolean isPooled() {
        return measured.scores() instanceof Scores.Pooled;
    }

    /** The number of forks; {@code pooled} where they are not known. */
    String forks() {
        return measured.scores() instanceof Scores.ByFork byFork
                ? Integer.toString(byFork.forks().size())
                : "pooled";
    }

    /** Its score in another unit of the same quantity. */
    Estimate scoreIn(String unit) {
        double factor =
                ScoreUnit.of(measured.unit()).factor() / ScoreUnit.of(unit).factor();
        return factor == 1 ? score : Curve.times(score, factor);
    }
}
