package org.concurrencybench.sharedmemory;

import java.time.Duration;

/** How long one waiter has waited for a lock, and whether that is beyond all measure. For one thread. */
final class LockPatience {

    /** As much of a step counts; what is longer was a pause of the machine, or of all of us, and not the holder's doing. */
    private static final long LONGEST_STEP_NANOS = 50_000_000;

    private final long giveUpNanos;
    private long waitedNanos;
    private long before = System.nanoTime();

    LockPatience(Duration giveUp) {
        this.giveUpNanos = giveUp.toNanos();
    }

    /** To be called after each step of the wait. */
    boolean isOver() {
        long now = System.nanoTime();
        waitedNanos += Math.min(now - before, LONGEST_STEP_NANOS);
        before = now;
        return waitedNanos > giveUpNanos;
    }
}
