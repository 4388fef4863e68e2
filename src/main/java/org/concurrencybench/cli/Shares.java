package org.concurrencybench.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Shares as people write them, by one rule for every option: with the sign, {@code 5%}. A bare number is refused, because
 * 0.5 is half of all to one reader and half of a hundredth to another; nothing but 0 is the same to both.
 */
final class Shares {

    private static final Pattern NUMBER = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)(%?)");

    private Shares() {}

    /**
     * The share that {@code text} spells.
     *
     * @param option whose value it is, for the message
     * @param above it has to be larger than this
     * @throws UsageException if it is none, or not between {@code above} and 1
     */
    static double between(String option, String text, double above, String example) throws UsageException {
        double share = parse(option, text);
        if (!(share > above && share < 1)) {
            throw new UsageException("%s '%s' is not a share between %.0f%% and 100%%; write one such as %s"
                    .formatted(option, text, 100 * above, example));
        }
        return share;
    }

    /** The same for a share from 0 to all of it, where 0 means never. */
    static double ofNoneTo(String option, String text, String example) throws UsageException {
        double share = parse(option, text);
        if (!(share >= 0 && share <= 1)) {
            throw new UsageException(
                    "%s '%s' is not a share from 0 to 100%%; write one such as %s".formatted(option, text, example));
        }
        return share;
    }

    /** Not a number where the text spells none. */
    private static double parse(String option, String text) throws UsageException {
        Matcher matcher = NUMBER.matcher(text);
        if (!matcher.matches()) {
            return Double.NaN;
        }
        double number = Double.parseDouble(matcher.group(1));
        if (matcher.group(2).isEmpty() && number != 0) {
            String given = matcher.group(1);
            String times100 = Double.toString(Math.rint(1e9 * number) / 1e7);
            throw new UsageException(
                    number < 1
                            ? "%s '%s' could be %s%% or %s%%; write it with its sign"
                                    .formatted(option, text, given, times100)
                            : "%s '%s' lacks its sign; write %s%%".formatted(option, text, given));
        }
        return number / 100;
    }
}
