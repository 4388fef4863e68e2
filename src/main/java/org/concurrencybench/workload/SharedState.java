package org.concurrencybench.workload;

/**
 * The state that the tasks of a batch share. The model provides it, because how state is shared is part of the model:
 * objects on one heap for threads, memory mapped by all of them for child JVMs.
 */
public interface SharedState {

    /**
     * A number under a lock that holds across all workers of the batch.
     *
     * <p>Every process of a batch must ask for the same numbers in the same order.
     */
    LockedLong lockedLong();
}
