package org.concurrencybench.execution;

/** Units that are alive and wait; used by one thread. */
public interface IdleUnits extends AutoCloseable {

    /** Does what the first units of all have to, so that those that are counted are alike; none is there after it. */
    default void warmUp() throws ExecutionException, InterruptedException {}

    /**
     * Starts units until there are so many, and returns when all of them wait.
     *
     * @param units at least as many as there are
     * @throws ExecutionException if the machine has no room for so many
     */
    void growTo(int units) throws ExecutionException, InterruptedException;

    /** Has every unit give a sign of life, which ends them; how many did. */
    int wake() throws ExecutionException, InterruptedException;

    /** Ends those that are still there, within a bounded time. */
    @Override
    void close();
}
