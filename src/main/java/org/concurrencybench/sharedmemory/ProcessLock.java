package org.concurrencybench.sharedmemory;

/**
 * A lock in shared memory that holds across processes and between the threads of each. Made by {@link ProcessLockKind}.
 *
 * <p>No kind is reentrant: a holder that asks again waits for itself and is told so in the end. No wait is without a
 * bound, and none keeps a core busy for long. Which waiter is next is left open, because fairness costs a hand-over
 * each time. What a holder wrote before {@link #unlock} is seen by whoever returns from {@link #lock} after it, in
 * whichever process.
 *
 * <p>A holder is known by its process id: the parties have to be in one pid namespace, and a thread that ends while its
 * process lives on keeps the lock. The memory must stay mapped for as long as any thread may be in one of these methods.
 */
public sealed interface ProcessLock extends AutoCloseable permits AbstractProcessLock {

    /**
     * Takes the lock; an interrupt neither ends the wait nor is lost.
     *
     * @return true; or false if the holder before died with the lock, so that what it guards may be half changed. The
     *     lock is held in either case, and said so once: the next holder gets true again.
     * @throws IllegalStateException if the holder keeps the lock beyond all measure, or died with a lock of a kind that
     *     cannot be taken over; the message names the holder
     */
    boolean lock();

    /** Lets go; only the holder may, and for some kinds only the thread that took the lock. */
    void unlock();

    /** Gives back what this party's side of the lock takes outside the memory. The lock must not be held by it. */
    @Override
    void close();
}
