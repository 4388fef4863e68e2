package org.concurrencybench.benchmark;

/** Code that was measured has left something running. */
final class LeftoverException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LeftoverException(String message) {
        super(message);
    }
}
