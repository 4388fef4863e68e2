package org.concurrencybench.workload;

/**
 * The state that the tasks of a batch share. The model provides it, because how state is shared is part of the model:
 * objects on one heap for threads, memory mapped by all of them for child JVMs.
 */
public interface SharedState {

    /**
     * A number under a lock that holds across all workers of the batch.
     *
     * <p>Every process of a batch must ask for the same numbers and channels in the same order.
     *
     * @param kind what guards it
     * @throws IllegalArgumentException if the model cannot share by that kind, or this machine lacks it; one line
     */
    LockedLong lockedLong(LockKind kind);

    /**
     * A queue that reaches all workers of the batch.
     *
     * @param kind how it hands over
     * @param capacity numbers that it holds at least, a power of two
     * @throws IllegalArgumentException if the model cannot share by that kind, or this machine lacks it; one line
     */
    Channel channel(ChannelKind kind, int capacity);
}
