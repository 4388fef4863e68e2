package org.concurrencybench.comparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;
import org.concurrencybench.sample.MeasuredCase.Scores;

/** What people compare two JMH files with today: whether it calls a pair slower. */
enum Contender {
    FIXED_10("Fixed threshold on means, 10 %"),
    FIXED_200("Fixed threshold on means, 200 %"),
    ERROR_BARS("JMH's error bars do not overlap"),
    MANN_WHITNEY("Mann-Whitney on pooled iterations, 1 %"),
    WELCH("Welch's t on pooled iterations, 1 %");

    private final String label;

    Contender(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }

    boolean alarms(Truth.Pair pair) {
        double[] baseline = pooled(pair.baseline().scores());
        double[] candidate = pooled(pair.candidate().scores());
        double ratio = mean(candidate) / mean(baseline);
        return switch (this) {
            case FIXED_10 -> ratio > 1.10;
            case FIXED_200 -> ratio > 3;
            case ERROR_BARS -> mean(candidate) - error(candidate) > mean(baseline) + error(baseline);
            case MANN_WHITNEY -> ratio > 1 && mannWhitney(baseline, candidate) < 0.01;
            case WELCH -> ratio > 1 && welch(baseline, candidate) < 0.01;
        };
    }

    private static double[] pooled(Scores scores) {
        return ((Scores.ByFork) scores)
                .forks().stream()
                        .flatMap(List::stream)
                        .mapToDouble(Double::doubleValue)
                        .toArray();
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double varianceOfMean(double[] values) {
        double mean = mean(values);
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return squares / (values.length - 1) / values.length;
    }

    /** Half of the 99.9 % interval that JMH prints behind ±. */
    private static double error(double[] values) {
        return TDistribution.of(values.length - 1).inverseSurvivalProbability(0.0005)
                * Math.sqrt(varianceOfMean(values));
    }

    /** Two-sided p, unequal variances. */
    private static double welch(double[] baseline, double[] candidate) {
        double before = varianceOfMean(baseline);
        double after = varianceOfMean(candidate);
        double degrees = (before + after)
                * (before + after)
                / (before * before / (baseline.length - 1) + after * after / (candidate.length - 1));
        double t = Math.abs(mean(candidate) - mean(baseline)) / Math.sqrt(before + after);
        return 2 * TDistribution.of(degrees).survivalProbability(t);
    }

    /** Two-sided p, normal approximation (doi:10.1214/aoms/1177730491); scores are real numbers, so there are no ties. */
    private static double mannWhitney(double[] baseline, double[] candidate) {
        record Ranked(double value, boolean isCandidate) {}
        List<Ranked> all = new ArrayList<>(Stream.concat(
                        Arrays.stream(baseline).mapToObj(value -> new Ranked(value, false)),
                        Arrays.stream(candidate).mapToObj(value -> new Ranked(value, true)))
                .toList());
        all.sort((one, other) -> Double.compare(one.value, other.value));
        double ranks = 0;
        for (int i = 0; i < all.size(); i++) {
            ranks += all.get(i).isCandidate ? i + 1 : 0;
        }
        double n = candidate.length;
        double m = baseline.length;
        double u = ranks - n * (n + 1) / 2;
        double z = Math.abs(u - n * m / 2) / Math.sqrt(n * m * (n + m + 1) / 12);
        return 2 * NormalDistribution.of(0, 1).survivalProbability(z);
    }
}
