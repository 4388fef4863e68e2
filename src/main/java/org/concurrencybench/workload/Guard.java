package org.concurrencybench.workload;

/**
 * A lock that holds across all workers of a batch, for what is more than the one addition of a {@link LockedLong}. What was
 * done in a section is seen by whoever enters one after it.
 */
@FunctionalInterface
public interface Guard {

    /** What is done while nobody else is in a section of the same guard. */
    @FunctionalInterface
    interface Section {
        /** Does it; it must not enter the same guard again, nor take longer than some seconds. */
        void run() throws InterruptedException;
    }

    /**
     * Waits until nobody is inside, then runs the section.
     *
     * @throws InterruptedException if the section does; waiting to enter is not interrupted
     * @throws IllegalStateException if somebody stays inside beyond all measure, or died there; one line
     */
    void hold(Section section) throws InterruptedException;
}
