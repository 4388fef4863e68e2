package org.concurrencybench.statistics;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/** Mean of independent values and the variance of that mean. */
record Moments(int count, double mean, double varianceOfMean) {

    static Moments of(double[] values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        // Divided by n - 1: the t distribution below is the one that belongs to the unbiased estimate.
        double variance = values.length > 1 ? squares / (values.length - 1) : Double.POSITIVE_INFINITY;
        return new Moments(values.length, mean, variance / values.length);
    }

    /** Half of Student's interval; infinite for a single value. */
    double halfWidth(double confidence) {
        return count > 1 ? quantile(count - 1, confidence) * Math.sqrt(varianceOfMean) : Double.POSITIVE_INFINITY;
    }

    /** Half of Welch's interval for the difference of two means; infinite where one of them is of a single value. */
    static double welchHalfWidth(Moments a, Moments b, double confidence) {
        if (a.count < 2 || b.count < 2) {
            return Double.POSITIVE_INFINITY;
        }
        double variance = a.varianceOfMean + b.varianceOfMean;
        if (variance == 0) {
            return 0;
        }
        double degrees = variance
                * variance
                / (a.varianceOfMean * a.varianceOfMean / (a.count - 1)
                        + b.varianceOfMean * b.varianceOfMean / (b.count - 1));
        return quantile(degrees, confidence) * Math.sqrt(variance);
    }

    private static double quantile(double degreesOfFreedom, double confidence) {
        return TDistribution.of(degreesOfFreedom).inverseSurvivalProbability((1 - confidence) / 2);
    }
}
