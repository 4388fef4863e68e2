package org.concurrencybench.statistics;

import java.util.List;

/**
 * What is usual among some values, and so which value is clearly another: Hampel's identifier (Davies and Gather,
 * doi:10.1080/01621459.1993.10476339), which up to half of the values being strange does not mislead.
 *
 * @param median the middle of the values
 * @param deviation the median of their distances from it, on the scale of a standard deviation
 */
public record Usual(double median, double deviation) {

    /** Makes the median distance that of a normal distribution's standard deviation. */
    private static final double SCALE = 1.4826;

    /** How many deviations are clearly too many. */
    private static final double DEVIATIONS = 3;

    /** Of one value at least. */
    public static Usual of(List<Double> values) {
        double median = ForkScores.median(values);
        return new Usual(
                median,
                SCALE
                        * ForkScores.median(values.stream()
                                .map(value -> Math.abs(value - median))
                                .toList()));
    }

    /**
     * Whether a value lies clearly off, above or below.
     *
     * @param least the distance that matters at all, however alike the values are
     */
    public boolean isOff(double value, double least) {
        return Math.abs(value - median) > Math.max(least, DEVIATIONS * deviation);
    }
}
