package org.concurrencybench.report;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.sample.ScoreUnit;

/** A case's score as people read it. */
final class ScoreText {

    private static final Pattern NOT_STOPPED = Pattern.compile("\\bnot-stopped ([0-9]+(?:\\.[0-9]+)?)");

    private ScoreText() {}

    /** {@code 4.31 ms}; {@code ≥ 500 ms, not stopped} where the score is only how long somebody waited for it. */
    static String value(CaseSummary summary) {
        String unit = unit(summary.unit());
        return isBound(summary)
                ? "≥ "
                        + Numbers.plain(
                                summary.score().low() > 0
                                        ? summary.score().low()
                                        : summary.score().value()) + " " + unit + ", not stopped"
                : Numbers.value(summary.score()) + " " + unit;
    }

    /** {@code [4.10, 4.52]}, {@code none} for one fork; nothing for a bound, which is no measurement. */
    static String interval(CaseSummary summary) {
        if (isBound(summary)) {
            return "";
        }
        return summary.score().isBounded() ? Numbers.interval(summary.score()) : "none";
    }

    /** Whether none of those that were told to stop did. */
    static boolean isBound(CaseSummary summary) {
        return notStopped(summary) >= 1;
    }

    /** The share of those that did not stop in time. */
    static double notStopped(CaseSummary summary) {
        Matcher found = NOT_STOPPED.matcher(summary.note());
        return found.find() ? Double.parseDouble(found.group(1)) : 0;
    }

    /** The time of a batch without JMH's {@code /op}; anything else as it is. */
    static String unit(String unit) {
        return ScoreUnit.of(unit).base().equals("s/op") && unit.endsWith("/op")
                ? unit.substring(0, unit.length() - "/op".length())
                : unit;
    }
}
