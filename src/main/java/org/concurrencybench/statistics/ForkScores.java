package org.concurrencybench.statistics;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * The scores of one case, one number for each fork: the median of its measured iterations.
 *
 * <p>A fork is the unit of replication. Iterations of one fork share its JIT decisions and its memory layout, so pooling
 * them would make intervals several times too narrow (Kalibera and Jones, "Rigorous benchmarking in reasonable time",
 * ISMM 2013, doi:10.1145/2464157.2464160). Positive scores are averaged on the log scale: noise on a busy machine
 * multiplies, and a speed-up is then the quotient of the two scores that stand beside it. Logarithms are those of
 * {@link StrictMath}, so that the same samples give the same digits on every machine. Intervals hold for samples that were taken until they
 * looked precise, too ({@link StoppingRule}).
 */
public final class ForkScores {

    private final double[] scores;

    private ForkScores(double[] scores) {
        if (scores.length == 0) {
            throw new IllegalArgumentException("no fork");
        }
        this.scores = scores;
    }

    /** The scores of the forks as they are, in any order; at least one. */
    public static ForkScores of(Collection<Double> forkScores) {
        return new ForkScores(
                forkScores.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** One list of measured iterations for each fork; each list, and the collection, holds at least one. */
    public static ForkScores ofIterations(Collection<? extends List<Double>> iterationsByFork) {
        return new ForkScores(
                iterationsByFork.stream().mapToDouble(ForkScores::median).toArray());
    }

    /**
     * The same for counts of what happens now and then, whose median is nothing where most iterations have none of it: the
     * mean of each fork's iterations.
     */
    public static ForkScores ofCounts(Collection<? extends List<Double>> iterationsByFork) {
        return new ForkScores(iterationsByFork.stream()
                .mapToDouble(iterations -> iterations.stream()
                        .mapToDouble(Double::doubleValue)
                        .average()
                        .orElseThrow(() -> new IllegalArgumentException("a fork without a measured iteration")))
                .toArray());
    }

    /** How many forks. */
    public int count() {
        return scores.length;
    }

    /** The forks' scores, in the order given. */
    public List<Double> asList() {
        return Arrays.stream(scores).boxed().toList();
    }

    /**
     * The case's score: geometric mean over forks (arithmetic where a score is not positive) with Student's t interval.
     *
     * @param confidence coverage wanted, between 0 and 1
     */
    public Estimate score(double confidence) {
        if (!allPositive()) {
            Moments plain = Moments.of(scores);
            double half = plain.halfWidth(StoppingRule.nominal(confidence, count()));
            return new Estimate(plain.mean(), plain.mean() - half, plain.mean() + half, confidence);
        }
        Moments logs = Moments.of(logs());
        Estimate mean = exponential(logs.mean(), logs.halfWidth(StoppingRule.nominal(confidence, count())), confidence);
        // A mean lies among its values. Rounding in the logarithm would otherwise show forks of exactly 10 as
        // 10.000000000000002.
        double value = Math.clamp(
                mean.value(),
                Arrays.stream(scores).min().orElseThrow(),
                Arrays.stream(scores).max().orElseThrow());
        return new Estimate(value, Math.min(value, mean.low()), Math.max(value, mean.high()), confidence);
    }

    /**
     * This score over {@code other}'s, with Welch's interval on the log scale (unequal variances; degrees of freedom
     * after Welch and Satterthwaite, doi:10.1093/biomet/34.1-2.28).
     *
     * @throws IllegalArgumentException where a score is not positive: such a ratio means nothing
     */
    public Estimate ratioTo(ForkScores other, double confidence) {
        if (!allPositive() || !other.allPositive()) {
            throw new IllegalArgumentException("a ratio needs positive scores");
        }
        Moments mine = Moments.of(logs());
        Moments theirs = Moments.of(other.logs());
        return exponential(
                mine.mean() - theirs.mean(),
                Moments.welchHalfWidth(
                        mine, theirs, StoppingRule.nominal(confidence, Math.max(count(), other.count()))),
                confidence);
    }

    /** Whether every score is above zero, so that ratios and logarithms have a meaning. */
    public boolean allPositive() {
        return Arrays.stream(scores).allMatch(score -> score > 0);
    }

    /** Spread of this score: the variance of the mean of the logarithms; infinite for one fork. */
    public double variance() {
        return Moments.of(logs()).varianceOfMean();
    }

    private double[] logs() {
        return Arrays.stream(scores).map(StrictMath::log).toArray();
    }

    private static Estimate exponential(double logMean, double logHalfWidth, double confidence) {
        return new Estimate(
                StrictMath.exp(logMean),
                StrictMath.exp(logMean - logHalfWidth),
                StrictMath.exp(logMean + logHalfWidth),
                confidence);
    }

    /** The middle value, or the mean of the two. */
    static double median(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("a fork without a measured iteration");
        }
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
