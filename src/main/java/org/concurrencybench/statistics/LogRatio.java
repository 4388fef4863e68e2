package org.concurrencybench.statistics;

import java.util.List;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The logarithm of a quotient of two scores, candidate over baseline, and how well it is known.
 *
 * @param mean best guess
 * @param standardError of the mean; infinite where nothing can be said of it
 * @param degrees of freedom of the standard error; infinite where it is exactly known
 */
public record LogRatio(double mean, double standardError, double degrees) {

    /** Finer tails than this differ by no digit that is shown, and their quantile is hard to find. */
    private static final double FINEST_TAIL = 1e-12;

    public LogRatio {
        if (!Double.isFinite(mean) || !(standardError >= 0) || !(degrees > 0)) {
            throw new IllegalArgumentException(
                    "no log ratio: %s, standard error %s, %s degrees".formatted(mean, standardError, degrees));
        }
    }

    /**
     * From two independent sets of forks, after Welch (unequal variances, doi:10.1093/biomet/34.1-2.28).
     *
     * @throws IllegalArgumentException where a score is not positive
     */
    public static LogRatio ofForks(ForkScores baseline, ForkScores candidate) {
        if (!baseline.allPositive() || !candidate.allPositive()) {
            throw new IllegalArgumentException("a ratio needs positive scores");
        }
        Moments before = logs(baseline.asList());
        Moments after = logs(candidate.asList());
        double variance = before.varianceOfMean() + after.varianceOfMean();
        double degrees = before.count() + after.count() - 2.0;
        if (variance > 0 && Double.isFinite(variance)) {
            degrees = variance
                    * variance
                    / (square(before.varianceOfMean()) / (before.count() - 1)
                            + square(after.varianceOfMean()) / (after.count() - 1));
        }
        return new LogRatio(after.mean() - before.mean(), Math.sqrt(variance), Math.max(1, degrees));
    }

    /**
     * From pairs of forks that ran beside each other: what the machine did to both of a pair drops out of their quotient.
     *
     * @param baseline scores, positive
     * @param candidate scores, positive, each of the same pair as the baseline's at its place
     */
    public static LogRatio ofPairs(List<Double> baseline, List<Double> candidate) {
        if (baseline.size() != candidate.size() || baseline.isEmpty()) {
            throw new IllegalArgumentException("no pairs");
        }
        double[] quotients = new double[baseline.size()];
        for (int i = 0; i < quotients.length; i++) {
            quotients[i] = StrictMath.log(candidate.get(i) / baseline.get(i));
        }
        Moments moments = Moments.of(quotients);
        return new LogRatio(moments.mean(), Math.sqrt(moments.varianceOfMean()), Math.max(1, moments.count() - 1.0));
    }

    /**
     * From two means with their standard errors, to first order.
     *
     * @param baseline positive
     * @param candidate positive
     */
    public static LogRatio ofMeans(
            double baseline,
            double baselineError,
            double baselineDegrees,
            double candidate,
            double candidateError,
            double candidateDegrees) {
        double before = square(baselineError / baseline);
        double after = square(candidateError / candidate);
        double variance = before + after;
        double degrees = variance > 0 && Double.isFinite(variance)
                ? variance * variance / (square(before) / baselineDegrees + square(after) / candidateDegrees)
                : baselineDegrees + candidateDegrees;
        return new LogRatio(StrictMath.log(candidate / baseline), Math.sqrt(variance), Math.max(1, degrees));
    }

    /** Whether anything can be said of its spread. */
    public boolean isBounded() {
        return Double.isFinite(standardError);
    }

    /**
     * The relative change, candidate over baseline less 1, with an interval that leaves {@code tail} at either side.
     *
     * @param tail between 0 and 1/2
     */
    public Estimate change(double tail) {
        double half = halfWidth(tail);
        return new Estimate(
                StrictMath.expm1(mean), StrictMath.expm1(mean - half), StrictMath.expm1(mean + half), 1 - 2 * tail);
    }

    /** Half of the interval on the log scale. */
    double halfWidth(double tail) {
        if (standardError == 0) {
            return 0;
        }
        return isBounded() ? quantile(degrees, tail) * standardError : Double.POSITIVE_INFINITY;
    }

    /** As it would be with {@code times} as many forks that differ as much as these. */
    LogRatio withForks(double times) {
        return new LogRatio(mean, standardError / Math.sqrt(times), degrees * times);
    }

    /** The upper quantile of Student's t. */
    static double quantile(double degrees, double tail) {
        return TDistribution.of(degrees).inverseSurvivalProbability(Math.max(tail, FINEST_TAIL));
    }

    private static Moments logs(List<Double> scores) {
        return Moments.of(scores.stream().mapToDouble(StrictMath::log).toArray());
    }

    private static double square(double value) {
        return value * value;
    }
}
