package org.concurrencybench.report;

import java.util.Locale;
import java.util.OptionalDouble;
import org.concurrencybench.statistics.Estimate;

/** Numbers as people read them, alike under every locale. */
final class Numbers {

    private Numbers() {}

    /** About three significant digits, without an exponent where that stays short. */
    static String plain(double value) {
        return isWritable(value) ? fixed(value, decimals(value)) : general(value);
    }

    /** {@code 4.31}, or {@code 4.31 [4.10, 4.52]} where there is an interval; {@code suffix} follows the value. */
    static String withInterval(Estimate estimate, String suffix) {
        String value = value(estimate) + suffix;
        return estimate.isBounded() ? value + " " + interval(estimate) : value;
    }

    /** {@code [4.10, 4.52]}; only for a bounded estimate. */
    static String interval(Estimate estimate) {
        return "[" + end(estimate, estimate.low()) + ", " + end(estimate, estimate.high()) + "]";
    }

    /** {@code 4.10 to 4.52}; only for a bounded estimate. */
    static String range(Estimate estimate) {
        return end(estimate, estimate.low()) + " to " + end(estimate, estimate.high());
    }

    /** The value alone, with as many digits as its interval has. */
    static String value(Estimate estimate) {
        return end(estimate, estimate.value());
    }

    /** {@code 5}, {@code 2.5}: an ideal, which has no interval. */
    static String ideal(double ideal) {
        // Means and quotients of whole numbers miss them by a last bit.
        boolean isWhole = Math.abs(ideal - Math.rint(ideal)) < 1e-9 * Math.abs(ideal);
        return isWhole && isWritable(ideal) ? fixed(ideal, 0) : plain(ideal);
    }

    /** {@code 86%}; what comes near to all of something does not read as all of it. */
    static String percent(double share) {
        double percent = 100 * share;
        boolean isNearlyAll = percent >= 99.5 && percent < 99.95;
        return fixed(percent, isNearlyAll ? 1 : 0) + "%";
    }

    /** A number or nothing. */
    static String orEmpty(OptionalDouble value) {
        return value.isPresent() ? plain(value.getAsDouble()) : "";
    }

    static String fixed(double value, int decimals) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    private static String end(Estimate estimate, double number) {
        if (!isWritable(estimate.value()) || !isWritable(number)) {
            return general(number);
        }
        int decimals = decimals(estimate.value());
        double width = estimate.high() - estimate.low();
        if (estimate.isBounded() && width > 0) {
            // A narrow interval keeps its width: [1.001, 1.007] must not become [1.00, 1.01].
            decimals = Math.clamp((int) Math.ceil(-Math.log10(width)), decimals, decimals + 2);
        }
        return fixed(number, decimals);
    }

    private static int decimals(double value) {
        double size = Math.abs(value);
        if (size >= 100 || size == 0) {
            return 0;
        }
        // 0.0321 needs four decimals for three digits; 4.31 needs two.
        return size >= 10 ? 1 : 2 - (int) Math.floor(Math.log10(size));
    }

    private static boolean isWritable(double value) {
        double size = Math.abs(value);
        return value == 0 || (size >= 1e-3 && size < 1e7);
    }

    private static String general(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.2e", value) : Double.toString(value);
    }
}
