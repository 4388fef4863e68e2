package org.concurrencybench.sharedmemory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * One word: 0 when free, the holder's process id otherwise. Spins, then yields, then naps, each bounded, because both
 * parties may be on one core. Needs nothing of the operating system, and loads nothing foreign: a cold JVM can afford it.
 */
final class SpinLock extends AbstractProcessLock {

    private static final VarHandle WORD = ValueLayout.JAVA_LONG.varHandle();

    /** Yields before the first nap; a holder that is off its core gets one of these at the least. */
    private static final int YIELDS = 256;

    private static final long SHORTEST_NAP_NANOS = 50_000;
    private static final long LONGEST_NAP_NANOS = 1_000_000;

    /** Between two looks whether the holder lives, which cost as much as a short nap. */
    private static final long LOOK_NANOS = 2_000_000;

    SpinLock(MemorySegment memory, long offset, Duration giveUp) {
        super(memory, offset, giveUp);
    }

    @Override
    long take() {
        return tryLock() ? NOBODY : takeSlowly();
    }

    /** Release: what was written under the lock happens before the next holder's acquiring {@link #tryLock}. */
    @Override
    public void unlock() {
        WORD.setRelease(memory, 0L, 0L);
    }

    /** Acquire on success: pairs with the release in {@link #unlock} of the holder before, in whichever process. */
    private boolean tryLock() {
        return (long) WORD.getOpaque(memory, 0L) == 0L
                && (long) WORD.compareAndExchangeAcquire(memory, 0L, 0L, self) == 0L;
    }

    @SuppressWarnings("ThreadPriorityCheck") // the yield lets a holder on this very core go on; naps follow it
    private long takeSlowly() {
        int pause = 1;
        for (int spun = 0; spun < SPIN_PAUSES; spun += pause) {
            pause = pause(pause);
            if (tryLock()) {
                return NOBODY;
            }
        }
        for (int yield = 0; yield < YIELDS; yield++) {
            Thread.yield();
            if (tryLock()) {
                return NOBODY;
            }
        }
        return takeNapping();
    }

    private long takeNapping() {
        LockPatience patience = new LockPatience(giveUp);
        long nap = SHORTEST_NAP_NANOS;
        long looked = System.nanoTime();
        // A thread whose interrupt is pending does not nap at all.
        boolean interrupted = Thread.interrupted();
        try {
            while (!tryLock()) {
                LockSupport.parkNanos(nap);
                interrupted |= Thread.interrupted();
                nap = Math.min(2 * nap, LONGEST_NAP_NANOS);
                boolean over = patience.isOver();
                if (over || System.nanoTime() - looked > LOOK_NANOS) {
                    long holder = (long) WORD.getOpaque(memory, 0L);
                    if (takeOver(holder)) {
                        return holder;
                    }
                    if (over && holder != 0) {
                        throw tooLong(holder);
                    }
                    looked = System.nanoTime();
                }
            }
            return NOBODY;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * Takes the lock from a dead holder. Its very word is exchanged, so that of several heirs one gets it. Acquire: it was
     * seen to be dead, so its writes are done, and none is newer but those of an heir, whose word is another.
     */
    private boolean takeOver(long holder) {
        return holder != 0
                && holder != self
                && LockHolder.isDead(holder)
                && (long) WORD.compareAndExchangeAcquire(memory, 0L, holder, self) == holder;
    }
}
