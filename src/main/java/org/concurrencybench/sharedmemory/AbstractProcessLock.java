package org.concurrencybench.sharedmemory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.time.Duration;

/** What all kinds have in common: room in shared memory, patience, and words for a holder that is dead or slow. */
abstract sealed class AbstractProcessLock implements ProcessLock
        permits SpinLock, FutexLock, PosixSemaphoreLock, RobustMutexLock, FileBackedLock {

    /** What {@link #take} returns normally: nobody died. */
    static final long NOBODY = 0;

    /** What {@link #take} returns for a holder that died before it could leave its name. */
    static final long SOMEBODY = -1;

    /** Nobody holds one of these locks for longer than an addition takes; a holder this late has died or is stopped. */
    static final Duration GIVE_UP = Duration.ofSeconds(10);

    /** Behind the largest of the C library's locks, which take 32 to 48 bytes. */
    private static final long HOLDER_OFFSET = 48;

    /** The number that a lock guards has the rest of its cache line. */
    static final long NUMBER_OFFSET = 56;

    /**
     * Pauses that a waiter spins for before it does anything dearer: some microseconds, the price of a sleep and a wake-up.
     */
    static final int SPIN_PAUSES = 200;

    /** Pauses between two looks at most. They grow to this, because each look takes the line away from the holder. */
    private static final int LONGEST_PAUSE = 32;

    private static final VarHandle HOLDER = ValueLayout.JAVA_LONG.varHandle();

    /** The lock's own room, from offset 0. */
    final MemorySegment memory;

    final Duration giveUp;

    final long self = ProcessHandle.current().pid();

    AbstractProcessLock(MemorySegment memory, long offset, Duration giveUp) {
        this.memory = memory.asSlice(offset, ProcessLockKind.BYTES, ProcessLockKind.LINE);
        this.giveUp = giveUp;
    }

    /**
     * Takes the lock.
     *
     * @return {@link #NOBODY}, or the process id of the holder that died with it, or {@link #SOMEBODY} for that
     * @throws IllegalStateException as in {@link #lock}
     */
    abstract long take();

    @Override
    public final boolean lock() {
        return take() == NOBODY;
    }

    /**
     * Takes the lock for a caller that has no use for what a dead holder left half done.
     *
     * @throws IllegalStateException also if a holder died with the lock, which is free again by then
     */
    final void lockIntact() {
        long dead = take();
        if (dead != NOBODY) {
            unlock();
            throw died(dead);
        }
    }

    @Override
    public void close() {
        // Most kinds are nothing but memory, which has an owner of its own.
    }

    /** Pauses so many times, and returns how many the next pause should have. */
    static int pause(int times) {
        for (int i = 0; i < times; i++) {
            Thread.onSpinWait();
        }
        return Math.min(2 * times, LONGEST_PAUSE);
    }

    /**
     * Says who holds the lock, for kinds whose own words do not. Opaque: it is coherent, and nothing else follows from it
     * but a name in a message; {@link FileBackedLock} asks for more and says so.
     */
    final void leaveName() {
        HOLDER.setOpaque(memory, HOLDER_OFFSET, self);
    }

    /** Release: what was changed under the lock does not move behind it. */
    final void removeName() {
        HOLDER.setRelease(memory, HOLDER_OFFSET, 0L);
    }

    /** Acquire: pairs with {@link #removeName} of the holder before. Returns 0 where nobody left a name. */
    final long nameLeft() {
        return (long) HOLDER.getAcquire(memory, HOLDER_OFFSET);
    }

    final IllegalStateException died(long holder) {
        return new IllegalStateException(
                (holder == self ? "a thread of process " + self : name(holder)) + " died while it held a shared lock");
    }

    final IllegalStateException tooLong(long holder) {
        return new IllegalStateException(name(holder) + " has held a shared lock for " + giveUp.toMillis() + " ms");
    }

    private static String name(long holder) {
        return holder > 0 ? "process " + holder : "some process";
    }
}
