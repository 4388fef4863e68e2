package org.concurrencybench.sample;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a file says of one case, from whichever tool it came.
 *
 * @param benchmark JMH's name, class and method
 * @param params its parameters; a case of ours has its model among them
 * @param mode JMH's short name, such as {@code avgt} or {@code thrpt}
 * @param threads that ran the benchmark at once
 * @param unit of the scores
 * @param direction which way is better
 * @param scores what was measured
 * @param work fingerprint of what it computes, where that is known; cases with different ones cannot be compared
 */
public record MeasuredCase(
        String benchmark,
        Params params,
        String mode,
        int threads,
        String unit,
        Direction direction,
        Scores scores,
        Optional<String> work) {

    /** A case whose work is only known by its parameters. */
    public MeasuredCase(
            String benchmark,
            Params params,
            String mode,
            int threads,
            String unit,
            Direction direction,
            Scores scores) {
        this(benchmark, params, mode, threads, unit, direction, scores, Optional.empty());
    }

    /** This, with the fingerprint of its work. */
    MeasuredCase withWork(Optional<String> fingerprint) {
        return new MeasuredCase(benchmark, params, mode, threads, unit, direction, scores, fingerprint);
    }

    /** The numbers of a case. */
    public sealed interface Scores {

        /**
         * Every iteration, fork by fork.
         *
         * @param forks at least one, each with at least one iteration
         */
        record ByFork(List<List<Double>> forks) implements Scores {
            public ByFork {
                forks = List.copyOf(forks);
            }
        }

        /**
         * Only what JMH made of all iterations together, as if they were independent.
         *
         * @param score their mean
         * @param error half of its 99.9 % interval; absent for fewer than three
         * @param samples how many there were
         */
        record Pooled(double score, OptionalDouble error, long samples) implements Scores {}
    }

    /**
     * What makes a case of one file the same as one of another.
     *
     * @param params all of them, the model among them
     * @param mode JMH's short name
     */
    public record Identity(String benchmark, Params params, String mode, int threads) {}

    /** What tells this case from every other of its file. */
    public Identity identity() {
        return new Identity(benchmark, params, mode, threads);
    }

    /** The cases by what they are, in their order; the first of several that are the same. */
    public static Map<Identity, MeasuredCase> byIdentity(List<MeasuredCase> cases) {
        Map<Identity, MeasuredCase> index = new LinkedHashMap<>();
        cases.forEach(one -> index.putIfAbsent(one.identity(), one));
        return index;
    }

    /** Benchmark and parameters, for messages and tables. */
    public String label() {
        return params.asMap().isEmpty() ? benchmark : benchmark + " " + params.toCell();
    }
}
