package org.concurrencybench.cli;

import java.util.regex.Pattern;

/** Shares as people write them: {@code 5%} or {@code 0.05}. */
final class Shares {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9})?%?");

    private Shares() {}

    /**
     * The share that {@code text} spells.
     *
     * @param above it has to be larger than this
     * @throws UsageException if it is none, or not between {@code above} and 1
     */
    static double parse(String option, String text, double above, String example) throws UsageException {
        double share = Double.NaN;
        if (NUMBER.matcher(text).matches()) {
            share = text.endsWith("%")
                    ? Double.parseDouble(text.substring(0, text.length() - 1)) / 100
                    : Double.parseDouble(text);
        }
        if (!(share > above && share < 1)) {
            throw new UsageException("%s '%s' is not a share between %.0f%% and 100%%; write one such as %s"
                    .formatted(option, text, 100 * above, example));
        }
        return share;
    }
}
