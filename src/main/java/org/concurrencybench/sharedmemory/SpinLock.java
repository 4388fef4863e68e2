package org.concurrencybench.sharedmemory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A lock in one word of shared memory: 0 when free, the holder's process id otherwise. Spins, then yields, then sleeps,
 * each bounded, because both parties may be on one core. Not reentrant, not fair.
 */
final class SpinLock {

    private static final VarHandle WORD = ValueLayout.JAVA_LONG.varHandle();

    /** Looks before the first yield: about as long as a hand-over between two cores takes. */
    private static final int SPINS = 64;

    /** Yields before the first sleep; a holder that is off its core gets one of these at the least. */
    private static final int YIELDS = 256;

    private static final Duration NAP = Duration.ofNanos(50_000);

    /** Naps before each look whether the holder lives, which costs as much as a nap: some ten milliseconds. */
    private static final int NAPS_PER_LOOK = 100;

    /** As much of a nap counts; what is longer was a pause of the machine, or of all of us, and not the holder's doing. */
    private static final Duration LONGEST_NAP = Duration.ofMillis(10);

    /** Nobody holds this lock for longer than an addition takes; a holder this late has died or is stopped. */
    private static final Duration GIVE_UP = Duration.ofSeconds(10);

    private final MemorySegment memory;
    private final long offset;
    private final Duration giveUp;
    private final long self = ProcessHandle.current().pid();

    SpinLock(MemorySegment memory, long offset) {
        this(memory, offset, GIVE_UP);
    }

    /** For tests, which do not wait that long. */
    SpinLock(MemorySegment memory, long offset, Duration giveUp) {
        this.memory = memory;
        this.offset = offset;
        this.giveUp = giveUp;
    }

    /**
     * Takes the lock.
     *
     * @throws IllegalStateException if its holder died with it, or keeps it beyond all measure
     */
    void lock() {
        if (!tryLock()) {
            lockSlowly();
        }
    }

    /** Lets go. Release: what was written under the lock happens before the next holder's acquiring {@link #tryLock}. */
    void unlock() {
        WORD.setRelease(memory, offset, 0L);
    }

    /** Acquire on success: pairs with the release in {@link #unlock} of the holder before, in whichever process. */
    private boolean tryLock() {
        return (long) WORD.getOpaque(memory, offset) == 0L
                && (long) WORD.compareAndExchangeAcquire(memory, offset, 0L, self) == 0L;
    }

    @SuppressWarnings("ThreadPriorityCheck") // the yield lets a holder on this very core go on; naps follow it
    private void lockSlowly() {
        for (int spin = 0; spin < SPINS; spin++) {
            Thread.onSpinWait();
            if (tryLock()) {
                return;
            }
        }
        for (int yield = 0; yield < YIELDS; yield++) {
            Thread.yield();
            if (tryLock()) {
                return;
            }
        }
        long waited = 0;
        long before = System.nanoTime();
        for (int nap = 1; !tryLock(); nap++) {
            LockSupport.parkNanos(NAP.toNanos());
            long now = System.nanoTime();
            waited += Math.min(now - before, LONGEST_NAP.toNanos());
            before = now;
            if (nap % NAPS_PER_LOOK == 0) {
                checkHolder(waited);
            }
        }
    }

    private void checkHolder(long waited) {
        long holder = (long) WORD.getOpaque(memory, offset);
        if (holder == 0) {
            return;
        }
        if (holder != self && ProcessHandle.of(holder).isEmpty()) {
            throw new IllegalStateException("process " + holder + " died while it held a shared lock");
        }
        if (waited > giveUp.toNanos()) {
            throw new IllegalStateException(
                    "process " + holder + " has held a shared lock for " + giveUp.toMillis() + " ms");
        }
    }
}
