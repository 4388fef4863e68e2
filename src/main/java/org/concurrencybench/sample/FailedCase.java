package org.concurrencybench.sample;

/**
 * A case that could not be measured to its end.
 *
 * @param key the case
 * @param fork number of the fork that failed, from 1
 * @param reason one line: what happened, with exit code and last words of the process where there was one
 */
public record FailedCase(CaseKey key, int fork, String reason) {

    /** How the reason begins where a batch did not yield what is right. */
    private static final String WRONG_ANSWER = "wrong answer";

    /** Whether a batch did not yield what is right; otherwise there was no answer at all. */
    public boolean isWrongAnswer() {
        return reason.startsWith(WRONG_ANSWER);
    }
}
