package org.concurrencybench.execution;

import org.concurrencybench.workload.Workload;

/**
 * The end of an instance of a workload.
 *
 * @param workload that instance
 */
public record Ending(Workload<?> workload) implements AutoCloseable {

    /** A workload could not be ended; whatever was measured of it, its case has failed. */
    public static final class FailedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        /**
         * What went wrong.
         *
         * @param message one line
         * @param cause what its code threw, here or in another process
         */
        public FailedException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Ends it.
     *
     * @throws FailedException if its code throws something
     */
    @Override
    public void close() {
        try {
            workload.close();
        } catch (RuntimeException | Error e) {
            throw new FailedException("the workload's close() failed: " + e, e);
        }
    }

    /** Ends it after a failure that stays the one to be told, whatever comes of this. */
    public void after(Throwable failure) {
        try {
            close();
        } catch (FailedException e) {
            failure.addSuppressed(e);
        }
    }
}
