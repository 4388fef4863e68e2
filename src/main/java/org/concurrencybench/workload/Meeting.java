package org.concurrencybench.workload;

import java.time.Duration;

/**
 * Where tasks that run at the same time wait for one another, in whichever processes they are. Looks again at once, then lets
 * others run, then naps: they may all be on one core. The naps go through the model's own {@link Pause}.
 */
final class Meeting {

    private static final int SPINS = 1000;
    private static final int YIELDS = 200;
    private static final Duration NAP = Duration.ofNanos(100_000);

    /** As much of a nap counts; what is longer was a pause of the machine. */
    private static final long LONGEST_NAP_NANOS = 10_000_000;

    /** Nobody who lives, and has a unit to run on, is as late. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final LockedLong arrived;
    private final Pause pause;
    private final Duration patience;

    Meeting(SharedState shared) {
        this(shared, PATIENCE);
    }

    /**
     * @param patience how long one waits for the others
     */
    Meeting(SharedState shared, Duration patience) {
        this.arrived = shared.lockedLong(LockKind.OWN);
        this.pause = shared.pause();
        this.patience = patience;
    }

    /** Forgets who has arrived. Called by one thread before tasks begin. */
    void reset() {
        arrived.set(0);
    }

    /** Says that one more is here. What it did before is seen by whoever sees it here. */
    void arrive() {
        arrived.add(1);
    }

    /**
     * Waits until so many have arrived since the reset.
     *
     * @throws IllegalStateException if they do not come; one line
     */
    @SuppressWarnings("ThreadPriorityCheck") // a yield lets those who are missing run on this very core; naps follow
    void await(long arrivals) throws InterruptedException {
        for (int look = 0; look < SPINS + YIELDS; look++) {
            if (arrived.get() >= arrivals) {
                return;
            }
            if (look < SPINS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
        long waited = 0;
        while (arrived.get() < arrivals) {
            if (waited > patience.toNanos()) {
                throw new IllegalStateException(
                        "%d of %d workers have come to meet within %d ms; is there a unit for each of them?"
                                .formatted(arrived.get(), arrivals, patience.toMillis()));
            }
            long before = System.nanoTime();
            pause.sleep(NAP);
            waited += Math.min(System.nanoTime() - before, LONGEST_NAP_NANOS);
        }
    }
}
