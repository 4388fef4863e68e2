package org.concurrencybench.sample;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.concurrencybench.statistics.Estimate;
import org.concurrencybench.statistics.ForkScores;
import org.concurrencybench.statistics.Steadiness;

/** From samples to one {@link CaseSummary} a case. */
public final class Summaries {

    /** An interval wider than this share of its value, to either side, is called wide wherever the number is shown. */
    public static final double WIDE = 0.25;

    private Summaries() {}

    /**
     * Summarises every case that has a measured iteration, in the order in which the cases first appear. Where a group has
     * several serial cases, which differ in a parallelism that serial does not use, the first of them is the reference.
     *
     * @param samples any number, warm-up iterations included (they are left out of every figure)
     * @param ideal the speed-up that the hardware allows for a case, where it is known
     * @param confidence of all intervals
     */
    public static List<CaseSummary> of(
            Collection<Sample> samples, Function<CaseKey, OptionalDouble> ideal, double confidence) {
        return of(samples, ideal, confidence, Disturbances.NONE);
    }

    /**
     * The same, of samples of which some forks were taken under other conditions: that stands in the note, and they count
     * like any other.
     */
    public static List<CaseSummary> of(
            Collection<Sample> samples,
            Function<CaseKey, OptionalDouble> ideal,
            double confidence,
            Disturbances disturbed) {
        Map<CaseKey, List<Sample>> measured = new LinkedHashMap<>();
        for (Sample sample : samples) {
            if (sample.phase() == Phase.MEASUREMENT) {
                measured.computeIfAbsent(sample.key(), key -> new ArrayList<>()).add(sample);
            }
        }
        Map<CaseKey.Group, Measured> references = new LinkedHashMap<>();
        measured.forEach((key, rows) -> {
            if (key.isReference() && !key.isFigure()) {
                references.putIfAbsent(key.group(), Measured.of(key, rows));
            }
        });
        Map<CaseKey, String> figures = figures(measured, confidence);
        List<CaseSummary> summaries = new ArrayList<>();
        measured.forEach((key, rows) -> {
            Measured own = Measured.of(key, rows);
            Optional<Estimate> speedup = Optional.ofNullable(references.get(key.group()))
                    .flatMap(reference -> own.speedupOver(reference, confidence));
            Estimate score = own.forks.score(confidence);
            summaries.add(new CaseSummary(
                    key,
                    own.forks,
                    rows.size(),
                    score,
                    own.unit,
                    own.direction,
                    speedup,
                    ideal.apply(key),
                    rows.stream()
                            .flatMapToDouble(row -> row.cpuMillis().stream())
                            .average(),
                    rows.stream()
                            .flatMapToDouble(row -> row.rssMebibytes().stream())
                            .max(),
                    note(
                            doubt(score, own.forks.count()),
                            disturbance(key, rows, disturbed),
                            key.isFigure() ? "" : unrest(rows),
                            figures.getOrDefault(key, ""))));
        });
        return List.copyOf(summaries);
    }

    /** What one case measured. */
    private record Measured(CaseKey key, ForkScores forks, String unit, Direction direction) {

        static Measured of(CaseKey key, List<Sample> rows) {
            Map<Integer, List<Double>> byFork = new LinkedHashMap<>();
            for (Sample row : rows) {
                byFork.computeIfAbsent(row.fork(), fork -> new ArrayList<>()).add(row.score());
            }
            Sample first = rows.getFirst();
            ForkScores forks =
                    key.isFigure() ? ForkScores.ofCounts(byFork.values()) : ForkScores.ofIterations(byFork.values());
            return new Measured(key, forks, first.unit(), first.direction());
        }

        /** Absent where a quotient would mean nothing: different units or directions, or a score that is not positive. */
        Optional<Estimate> speedupOver(Measured reference, double confidence) {
            if (key.equals(reference.key)) {
                return Optional.of(new Estimate(1, 1, 1, confidence));
            }
            if (!unit.equals(reference.unit)
                    || direction != reference.direction
                    || !forks.allPositive()
                    || !reference.forks.allPositive()) {
                return Optional.empty();
            }
            return Optional.of(
                    switch (direction) {
                        case LOWER -> reference.forks.ratioTo(forks, confidence);
                        case HIGHER -> forks.ratioTo(reference.forks, confidence);
                    });
        }
    }

    /** What was counted beside a case's time, in words, with its interval. */
    private static Map<CaseKey, String> figures(Map<CaseKey, List<Sample>> measured, double confidence) {
        Map<CaseKey, String> words = new LinkedHashMap<>();
        measured.forEach((key, rows) -> key.params().get(CaseKey.FIGURE).ifPresent(figure -> {
            CaseKey counted = new CaseKey(
                    key.benchmark(),
                    key.workload(),
                    key.kind(),
                    key.model(),
                    key.params().without(CaseKey.FIGURE));
            Estimate score = Measured.of(key, rows).forks.score(confidence);
            String interval = score.isBounded() && score.low() < score.high()
                    ? String.format(Locale.ROOT, " [%.3g, %.3g]", score.low(), score.high())
                    : "";
            words.merge(
                    counted,
                    String.format(Locale.ROOT, "%s %.3g%s", figure, score.value(), interval),
                    (one, two) -> one + ", " + two);
        }));
        return words;
    }

    private static String doubt(Estimate score, int forks) {
        if (!score.isBounded()) {
            return "one fork: no interval";
        }
        return score.value() != 0 && score.relativeHalfWidth() > WIDE
                ? String.format(
                        Locale.ROOT, "wide interval: ±%.0f%% over %d forks", 100 * score.relativeHalfWidth(), forks)
                : "";
    }

    private static String disturbance(CaseKey key, List<Sample> rows, Disturbances disturbed) {
        List<Integer> forks = rows.stream().map(Sample::fork).distinct().toList();
        long count =
                forks.stream().filter(fork -> disturbed.contains(key, fork)).count();
        return count == 0 ? "" : "disturbed: " + count + " of " + forks.size() + " forks";
    }

    /** How many forks were not steady, or had too few iterations to be judged; empty where all were steady. */
    private static String unrest(List<Sample> rows) {
        Map<Integer, List<Double>> byFork = new LinkedHashMap<>();
        for (Sample row : rows) {
            byFork.computeIfAbsent(row.fork(), _ -> new ArrayList<>()).add(row.score());
        }
        Map<Steadiness, Integer> counts = new EnumMap<>(Steadiness.class);
        byFork.values().forEach(iterations -> counts.merge(Steadiness.of(iterations), 1, Integer::sum));
        counts.remove(Steadiness.STEADY);
        return counts.entrySet().stream()
                .map(entry -> entry.getKey().label() + ": " + entry.getValue() + " of " + byFork.size() + " forks")
                .collect(Collectors.joining("; "));
    }

    private static String note(String... parts) {
        return Stream.of(parts).filter(part -> !part.isEmpty()).collect(Collectors.joining("; "));
    }
}
