package org.concurrencybench.statistics;

/**
 * A value with the interval that it lies in at the given confidence.
 *
 * @param value the point estimate, in the unit of the samples (or a plain ratio)
 * @param low lower end of the interval; {@code 0} or {@link Double#NEGATIVE_INFINITY} where nothing is known
 * @param high upper end of the interval; {@link Double#POSITIVE_INFINITY} where nothing is known
 * @param confidence coverage of the interval, between 0 and 1
 */
public record Estimate(double value, double low, double high, double confidence) {

    /** Confidence of every interval that is shown, unless the caller asked for another. */
    public static final double DEFAULT_CONFIDENCE = 0.95;

    public Estimate {
        if (!(low <= value && value <= high)) {
            throw new IllegalArgumentException("value %s lies outside of [%s, %s]".formatted(value, low, high));
        }
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("confidence %s is not between 0 and 1".formatted(confidence));
        }
    }

    /** Whether the interval says anything: false for a single fork, which has no spread to judge by. */
    public boolean isBounded() {
        return Double.isFinite(low) && Double.isFinite(high);
    }

    /** Half the interval's width over the value; infinite where the interval is unbounded or the value is 0. */
    public double relativeHalfWidth() {
        return isBounded() && value != 0 ? (high - low) / 2 / Math.abs(value) : Double.POSITIVE_INFINITY;
    }

    /** Whether {@code other}'s interval has a point in common with this one's. */
    public boolean overlaps(Estimate other) {
        return low <= other.high && other.low <= high;
    }
}
