package org.concurrencybench.cli;

/** The call or an input is wrong; the message is one line that says what, where and what to do. */
final class UsageException extends Exception {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
