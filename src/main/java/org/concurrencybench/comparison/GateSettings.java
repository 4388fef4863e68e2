package org.concurrencybench.comparison;

/**
 * What counts as a change, and how sure a verdict has to be.
 *
 * @param threshold relative change that matters, above 0 and below 1
 * @param confidence that no case of the comparison gets a false alarm, above 1/2 and below 1
 */
public record GateSettings(double threshold, double confidence) {

    /** Smaller changes come with a compiler's mood; larger ones are wanted by nobody. */
    public static final double DEFAULT_THRESHOLD = 0.05;

    /** One false alarm in a hundred comparisons of unchanged code. */
    public static final double DEFAULT_CONFIDENCE = 0.99;

    public GateSettings {
        if (!(threshold > 0 && threshold < 1)) {
            throw new IllegalArgumentException("threshold %s is not between 0 and 1".formatted(threshold));
        }
        if (!(confidence > 0.5 && confidence < 1)) {
            throw new IllegalArgumentException("confidence %s is not between 0.5 and 1".formatted(confidence));
        }
    }
}
