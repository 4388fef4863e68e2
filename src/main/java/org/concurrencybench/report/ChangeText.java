package org.concurrencybench.report;

import java.util.Locale;
import org.concurrencybench.comparison.CaseComparison;
import org.concurrencybench.comparison.Comparison;
import org.concurrencybench.comparison.Verdict;

/** Changes in words and figures, alike in every format. */
final class ChangeText {

    /** From here on the size of a change says nothing but that too little was measured. */
    static final double TENFOLD = 9;

    private ChangeText() {}

    /** {@code +4.3%}; what is beyond a thousand per cent only as that. */
    static String percent(double change) {
        if (!Double.isFinite(change)) {
            return change > 0 ? "inf" : "-inf";
        }
        if (Math.abs(change) >= 10) {
            return change > 0 ? ">+999%" : "<-999%";
        }
        String text = String.format(Locale.ROOT, "%+.1f%%", 100 * change);
        return text.equals("-0.0%") ? "+0.0%" : text;
    }

    /** {@code 5%}. */
    static String share(double share) {
        return String.format(Locale.ROOT, "%.4g", 100 * share).replaceAll("\\.?0+$", "") + "%";
    }

    /** {@code +4.3% [+1.0%, +7.6%]}, or nothing. */
    static String change(CaseComparison one) {
        return one.change().map(change -> percent(change.value())).orElse("")
                + (interval(one).isEmpty() ? "" : " ")
                + interval(one);
    }

    /** {@code [+1.0%, +7.6%]}, or nothing. */
    static String interval(CaseComparison one) {
        return one.change()
                .filter(change -> change.isBounded())
                .map(change -> "[%s, %s]".formatted(percent(change.low()), percent(change.high())))
                .orElse("");
    }

    /** {@code 10/10}; {@code pooled} where forks are not known. */
    static String forks(CaseComparison one) {
        if (one.pooled()) {
            return "pooled";
        }
        return one.verdict().isOfAChange() ? one.forksBaseline() + "/" + one.forksCandidate() : "";
    }

    /** The whole in one sentence. */
    static String summary(Comparison comparison) {
        StringBuilder text = new StringBuilder();
        for (Verdict verdict : Verdict.values()) {
            long count = comparison.count(verdict);
            if (count > 0) {
                text.append(text.isEmpty() ? "" : ", ")
                        .append(count)
                        .append(' ')
                        .append(verdict.label());
            }
        }
        String sure = " (threshold %s, any false alarm in at most %s of comparisons of unchanged code"
                .formatted(
                        share(comparison.settings().threshold()),
                        share(1 - comparison.settings().confidence()));
        return comparison.comparedAnything()
                ? text + sure + detectable(comparison) + ")"
                : "nothing was compared" + (text.isEmpty() ? "" : ": " + text);
    }

    /** How small a slowdown would have been found, in the median case and in all of them. */
    private static String detectable(Comparison comparison) {
        String median = comparison.detectable().isPresent()
                ? percent(comparison.detectable().getAsDouble())
                : "";
        String all = comparison.detectableInAll().isPresent()
                ? percent(comparison.detectableInAll().getAsDouble())
                : "";
        if (median.isEmpty()) {
            return "";
        }
        if (comparison.detectable().orElse(0) >= TENFOLD) {
            return "; so few forks are sure to find no slowdown";
        }
        if (median.equals(all)) {
            return "; a slowdown of %s would be found".formatted(all);
        }
        return "; a slowdown of %s would be found in half of the cases, %s"
                .formatted(median, all.isEmpty() ? "of some nothing is known" : "one of " + all + " in all");
    }
}
