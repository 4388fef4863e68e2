package org.concurrencybench.statistics;

import java.util.Collection;
import java.util.OptionalDouble;

/**
 * Figures over the iterations of all forks as if they were independent, which is how JMH reports them.
 *
 * <p>For files in JMH's own format only: where forks differ, such an interval is too narrow, and {@link ForkScores} has the
 * one to judge by.
 */
public final class PooledIterations {

    private PooledIterations() {}

    /**
     * Arithmetic mean with Student's interval, unbounded for a single score.
     *
     * @param scores of all iterations, at least one
     * @param confidence coverage wanted, between 0 and 1
     */
    public static Estimate mean(Collection<Double> scores, double confidence) {
        Moments moments =
                Moments.of(scores.stream().mapToDouble(Double::doubleValue).toArray());
        double half = moments.halfWidth(confidence);
        return new Estimate(moments.mean(), moments.mean() - half, moments.mean() + half, confidence);
    }

    /**
     * The standard error that half of a Student's interval of a mean was made from.
     *
     * @param half of the interval
     * @param count of values; where it is not known (below 2) the error is taken to come from many, which is the larger
     *     standard error
     * @param confidence of the interval
     */
    public static double standardError(double half, long count, double confidence) {
        double degrees = count < 2 ? Integer.MAX_VALUE : count - 1.0;
        return half / LogRatio.quantile(degrees, (1 - confidence) / 2);
    }

    /**
     * A mean with an interval of another confidence than the one that its file gives.
     *
     * @param mean as the file has it
     * @param half of the file's interval, not negative; none gives an unbounded interval
     * @param count of values, as in {@link #standardError}
     * @param confidence of the file's interval
     * @param wanted confidence of the one that is returned
     */
    public static Estimate interval(double mean, OptionalDouble half, long count, double confidence, double wanted) {
        if (half.isEmpty()) {
            return new Estimate(mean, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, wanted);
        }
        double degrees = count < 2 ? Integer.MAX_VALUE : count - 1.0;
        double other =
                standardError(half.getAsDouble(), count, confidence) * LogRatio.quantile(degrees, (1 - wanted) / 2);
        return new Estimate(mean, mean - other, mean + other, wanted);
    }

    /**
     * The percentile that lies at {@code (n + 1) * percent / 100}, interpolated between neighbours and never beyond the
     * smallest and the largest score (definition 6 of Hyndman and Fan, doi:10.1080/00031305.1996.10473566).
     *
     * @param sorted scores in ascending order, at least one
     * @param percent from 0 to 100
     */
    public static double percentile(double[] sorted, double percent) {
        double position = percent / 100 * (sorted.length + 1);
        if (position < 1) {
            return sorted[0];
        }
        if (position >= sorted.length) {
            return sorted[sorted.length - 1];
        }
        int below = (int) position;
        return sorted[below - 1] + (position - below) * (sorted[below] - sorted[below - 1]);
    }
}
