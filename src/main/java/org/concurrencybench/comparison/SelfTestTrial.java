package org.concurrencybench.comparison;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One comparison of a self-test, as it stands in the file.
 *
 * @param slowdown share of its own time that the candidate burnt; 0 for the same code on both sides
 * @param seconds that the comparison took
 * @param warnings what a reader has to know first
 * @param cases all of them
 */
public record SelfTestTrial(double slowdown, double seconds, List<String> warnings, List<Case> cases) {

    /** What was put into a case. */
    public enum Burnt {
        /** Nothing, on purpose: any alarm is a false one. */
        NONE,
        /** The slowdown, as its own report proves. */
        AS_ASKED,
        /** It should have been slowed and was not, or not by as much; so its verdict says nothing of the gate. */
        FAILED
    }

    /**
     * A case of it.
     *
     * @param params as in a CSV cell
     * @param mode JMH's short name
     * @param worsening measured change, above 0 for slower; null where none was judged
     * @param detectable smallest slowdown that would have been found 19 times of 20; null where that is not known
     * @param pairs forks of each side
     */
    public record Case(
            String benchmark,
            String params,
            String mode,
            Burnt burnt,
            Verdict verdict,
            @Nullable Double worsening,
            @Nullable Double detectable,
            int pairs,
            String note) {

        public Case {
            Objects.requireNonNull(benchmark, "benchmark");
            Objects.requireNonNull(params, "params");
            Objects.requireNonNull(mode, "mode");
            Objects.requireNonNull(burnt, "burnt");
            Objects.requireNonNull(verdict, "verdict");
            Objects.requireNonNull(note, "note");
        }

        /** Benchmark, parameters and mode. */
        public String label() {
            return benchmark + (params.isEmpty() ? "" : " " + params) + " (" + mode + ")";
        }

        /** Whether something was said to have changed that had not. */
        boolean isFalseAlarm() {
            return burnt == Burnt.NONE && (verdict == Verdict.REGRESSED || verdict == Verdict.IMPROVED);
        }
    }

    public SelfTestTrial {
        warnings = List.copyOf(warnings);
        cases = List.copyOf(cases);
    }

    /** Whether a change was judged in any case; a comparison that measured nothing cannot be wrong. */
    public boolean judgedAnything() {
        return cases.stream().anyMatch(one -> one.verdict().isOfAChange() && one.worsening() != null);
    }

    /** Whether any case that was the same on both sides got an alarm. */
    public boolean hasFalseAlarm() {
        return cases.stream().anyMatch(Case::isFalseAlarm);
    }
}
