package org.concurrencybench.execution;

/** Where the units of a batch come from: threads that are started for it, or threads that are kept. */
interface Crew extends AutoCloseable {

    /** One thread's share of one run; used by the caller's thread, except for {@link #interrupt}. */
    interface Unit {

        /**
         * Sets it to work.
         *
         * @throws OutOfMemoryError if the machine has no thread left for it; then it never works
         */
        void start();

        /** Interrupts its work, if it has begun and not ended; any thread may. */
        void interrupt();

        /** Waits until its work has ended; returns at once if it was never started. */
        void join() throws InterruptedException;
    }

    /** A unit for this work, not yet started. */
    Unit unit(Runnable work);

    /** Ends the threads that are kept; work still under way is interrupted and not waited for beyond a bound. */
    @Override
    void close();
}
