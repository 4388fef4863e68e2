package org.concurrencybench.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Shares as people write them. */
final class Quantities {

    private static final Pattern PER_CENT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,6})?)%?");

    private Quantities() {}

    /** {@code 3%} or {@code 3}, as a share. */
    static double perCent(String option, String given) throws UsageException {
        Matcher matcher = PER_CENT.matcher(given);
        if (matcher.matches()) {
            double share = Double.parseDouble(matcher.group(1)) / 100;
            if (share <= 1) {
                return share;
            }
        }
        throw new UsageException("%s takes per cent from 0 to 100, such as 3%%, not '%s'".formatted(option, given));
    }
}
