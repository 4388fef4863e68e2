package org.concurrencybench.workload;

/**
 * The state that the tasks of a batch share. The model provides it, because how state is shared is part of the model:
 * objects on one heap for threads, memory mapped by all of them for child JVMs.
 */
public interface SharedState {

    /**
     * A number under a lock that holds across all workers of the batch.
     *
     * <p>Every process of a batch must ask for the same numbers, channels and guards in the same order.
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

    /**
     * A lock that reaches all workers of the batch, to be held for longer than an addition.
     *
     * @param kind what it is; {@link LockKind#NONE} holds nobody up
     * @throws IllegalArgumentException if the model cannot share by that kind, this machine lacks it, or it is no lock; one
     *     line
     */
    Guard guard(LockKind kind);

    /**
     * Numbers that reach all workers of the batch, zeroes at first.
     *
     * @param length how many, at least 1
     * @throws IllegalArgumentException if there is no room for as many; one line
     */
    SharedNumbers numbers(int length);

    /** How tasks wait; not for the caller's thread. */
    default Pause pause() {
        return Thread::sleep;
    }
}
