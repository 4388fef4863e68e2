package org.concurrencybench.workload;

/** A batch did not yield what is right; whatever time it took is worth nothing. */
public final class WrongAnswerException extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * @param what what was compared, e.g. {@code balance after the batch}
     * @param expected what is right
     * @param actual what came out
     */
    public WrongAnswerException(String what, Object expected, Object actual) {
        super("wrong answer: %s is %s, expected %s".formatted(what, actual, expected));
    }

    /**
     * For what is not one value in place of another.
     *
     * @param message one line
     */
    public WrongAnswerException(String message) {
        super(message);
    }
}
