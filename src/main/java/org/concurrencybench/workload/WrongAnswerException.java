package org.concurrencybench.workload;

/** A batch did not yield what is right; whatever time it took is worth nothing. */
public final class WrongAnswerException extends Exception {

    private static final long serialVersionUID = 1L;

    /** How every message begins, so that a report knows a wrong answer from other failures. */
    private static final String MARK = "wrong answer";

    /**
     * @param what what was compared, e.g. {@code balance after the batch}
     * @param expected what is right
     * @param actual what came out
     */
    public WrongAnswerException(String what, Object expected, Object actual) {
        super("%s: %s is %s, expected %s".formatted(MARK, what, actual, expected));
    }

    /**
     * For what is not one value in place of another.
     *
     * @param message one line; what a reader sees begins with {@code wrong answer}
     */
    public WrongAnswerException(String message) {
        super(message.startsWith(MARK) ? message : MARK + ": " + message);
    }
}
