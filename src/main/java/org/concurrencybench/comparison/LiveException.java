package org.concurrencybench.comparison;

/** A side cannot be measured at all; the message is one line that says what, where and what to do. */
public final class LiveException extends Exception {

    private static final long serialVersionUID = 1L;

    LiveException(String message) {
        super(message);
    }
}
