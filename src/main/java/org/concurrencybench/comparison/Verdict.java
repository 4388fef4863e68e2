package org.concurrencybench.comparison;

/** What is said of one case, or of a whole comparison; the most pressing first. */
public enum Verdict {
    /** The whole interval of the change lies beyond the threshold, on the bad side. */
    REGRESSED("regressed"),
    /** It could be measured on one side only, or on neither. */
    FAILED("failed"),
    /** The interval neither lies beyond the threshold nor within it. */
    UNDECIDED("undecided"),
    /** The whole interval lies beyond the threshold, on the good side. */
    IMPROVED("improved"),
    /** The whole interval lies within the threshold. */
    UNCHANGED("unchanged"),
    /** The two sides did not measure the same thing. */
    NOT_COMPARABLE("not comparable"),
    ONLY_IN_BASELINE("only in baseline"),
    ONLY_IN_CANDIDATE("only in candidate");

    private final String label;

    Verdict(String label) {
        this.label = label;
    }

    /** As people and scripts read it. */
    public String label() {
        return label;
    }

    /** Whether a change was judged. */
    public boolean isOfAChange() {
        return switch (this) {
            case REGRESSED, UNDECIDED, IMPROVED, UNCHANGED -> true;
            case FAILED, NOT_COMPARABLE, ONLY_IN_BASELINE, ONLY_IN_CANDIDATE -> false;
        };
    }
}
