package org.concurrencybench.report;

import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.concurrencybench.sample.CaseSummary;

/**
 * The share of its time that a case stands under its lock, or waits for it. It is a figure that benchmarks count beside the
 * time, and of figures a summary carries the words alone: {@code lock-share 0.0059 [0.0033, 0.0105]} in its note.
 */
final class LockShare {

    private static final Pattern FIGURE = Pattern.compile("\\block-share ([0-9.]+(?:e[+-]?[0-9]+)?)");

    private LockShare() {}

    /** From 0 to 1; empty where it was not counted. */
    static OptionalDouble of(CaseSummary summary) {
        Matcher matcher = FIGURE.matcher(summary.note());
        try {
            return matcher.find() ? OptionalDouble.of(Double.parseDouble(matcher.group(1))) : OptionalDouble.empty();
        } catch (NumberFormatException e) {
            // Notes may come from a file of anybody's: two points make no number.
            return OptionalDouble.empty();
        }
    }
}
