package org.concurrencybench.sharedmemory;

import java.time.Duration;

/**
 * How one call waits: it looks again at once, then lets others run between looks, then sleeps. Each stage is bounded, because
 * both parties may be on one core, and so is the whole, because the other may be dead.
 */
final class Patience {

    /** For waits of the size of a benchmark: nobody who lives needs longer. */
    static final Duration GIVE_UP = Duration.ofSeconds(30);

    /** The longest sleep before the next look, and so before an interrupt is seen. */
    static final Duration SLEEP = Duration.ofMillis(50);

    /** The longest that follows an announcement: see {@link Parking}. */
    static final Duration FIRST_SLEEP = Duration.ofMillis(1);

    /**
     * Several journeys of a cache line between two cores, of which the other party's is one; no longer, because both parties
     * may be on one core, and the other one cannot go on before we yield.
     */
    private static final long SPIN_NANOS = 2_000;

    /**
     * As long as the kernel may take to wake a sleeper on an idle core: two parties that sleep at once would keep each other
     * asleep, since whoever is woken finds that the other has just gone.
     */
    private static final long AWAKE_NANOS = 150_000;

    /** A look takes the line away from the other party, who may not have finished with it. */
    private static final int PAUSES_PER_LOOK = 2;

    /** Looks between looks at the clock, which takes as long as some. */
    private static final int LOOKS_PER_CLOCK = 16;

    /** No place's ticket. */
    private static final int NOTHING = -2;

    private final Place place;
    private final long giveUpNanos;
    private final String complaint;

    private int looks;
    private long begun;
    private Stage stage = Stage.SPIN;
    private boolean announced;
    private int ticket;
    private int sleptOn = NOTHING;
    private long sleptNanos;

    /**
     * @param place where to sleep in the end
     * @param giveUp after so much sleep
     * @param complaint what nobody has done by then
     */
    Patience(Place place, Duration giveUp, String complaint) {
        this.place = place;
        this.giveUpNanos = giveUp.toNanos();
        this.complaint = complaint;
    }

    /** Where a waiting thread sleeps until what it waits for may have come. */
    interface Place {

        /**
         * Says that a sleep is near. What happens from here on ends the sleep, or the look between the two calls sees it.
         *
         * @return for {@link #sleep}; the same as before if nothing has ended a sleep in between
         */
        int announce();

        /**
         * Sleeps until woken, or about that long, or less.
         *
         * @param ticket from {@link #announce}
         */
        void sleep(int ticket, Duration longest);
    }

    private enum Stage {
        SPIN,
        YIELD,
        SLEEP
    }

    /**
     * Passes some time; the caller looks again after each.
     *
     * @throws InterruptedException if interrupted, once it no longer spins
     * @throws IllegalStateException if it has slept for too long
     */
    void step() throws InterruptedException {
        switch (stage) {
            case SPIN -> spin();
            case YIELD -> yieldCore();
            case SLEEP -> announceOrSleep();
        }
    }

    private void spin() {
        for (int i = 0; i < PAUSES_PER_LOOK; i++) {
            Thread.onSpinWait();
        }
        if (looks++ % LOOKS_PER_CLOCK == 0) {
            long now = System.nanoTime();
            if (looks == 1) {
                begun = now;
            } else if (now - begun > SPIN_NANOS) {
                stage = Stage.YIELD;
            }
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // it lets a party on this very core go on; sleep follows it
    private void yieldCore() throws InterruptedException {
        checkInterrupt();
        Thread.yield();
        if (System.nanoTime() - begun > AWAKE_NANOS) {
            stage = Stage.SLEEP;
        }
    }

    private void announceOrSleep() throws InterruptedException {
        checkInterrupt();
        if (announced) {
            announced = false;
            sleep();
        } else {
            ticket = place.announce();
            announced = true;
        }
    }

    private static void checkInterrupt() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** Whether it has slept for too long; the next {@link #step} would say so. */
    boolean isOver() {
        return sleptNanos > giveUpNanos;
    }

    private void sleep() {
        if (isOver()) {
            throw new IllegalStateException("%s for %d ms"
                    .formatted(complaint, Duration.ofNanos(giveUpNanos).toMillis()));
        }
        long before = System.nanoTime();
        place.sleep(ticket, ticket == sleptOn ? SLEEP : FIRST_SLEEP);
        sleptOn = ticket;
        // What is much longer was a pause of the machine, or of all of us, and not the other party's doing.
        sleptNanos += Math.min(System.nanoTime() - before, 2 * SLEEP.toNanos());
    }
}
