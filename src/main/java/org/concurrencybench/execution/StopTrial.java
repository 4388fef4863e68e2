package org.concurrencybench.execution;

/**
 * One worker that is to be ended early: {@link #begin}, {@link #stop}, {@link #end}, by one thread, again and again. However
 * it went, nothing of the worker is left after {@link #end}.
 */
public interface StopTrial extends AutoCloseable {

    /** Starts a worker and returns when it is where it shall be. Outside the timed region. */
    void begin() throws ExecutionException, InterruptedException;

    /**
     * Tells the worker to stop and waits for its end. This is the timed region.
     *
     * @param limitNanos how long to wait
     * @return whether it has ended; if not, it cannot be stopped in this way
     */
    boolean stop(long limitNanos) throws InterruptedException;

    /** Lets a worker go that could not be stopped, and waits for its end. Outside the timed region. */
    void end() throws ExecutionException, InterruptedException;

    /** Ends whatever else there is. */
    @Override
    void close();
}
