package org.concurrencybench.sharedmemory;

import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Where one process waits until another has done something for it. Waiting spins for some microseconds, yields for some more,
 * and then sleeps, so that a quick answer costs no wake-up and an idle wait no core.
 */
public final class Doorbell {

    /** Of shared memory, zeroed: two lines, so that the prefetcher's neighbour is never another one's. */
    public static final long BYTES = 128;

    private final Parking parking;

    /**
     * @param memory shared by all parties
     * @param offset a multiple of 64, the same in all processes
     */
    public Doorbell(MemorySegment memory, long offset) {
        this.parking = new Parking(memory, offset);
    }

    /** Wakes who waits here, after the caller has published what it waits for. Costs a load where nobody sleeps. */
    public void ring() {
        parking.wake();
    }

    /**
     * Waits until something has come.
     *
     * @param hasCome looks, and may take what it finds; called again and again by this thread
     * @param limit how long at most, without the first fractions of a millisecond
     * @return false if that was not long enough
     * @throws InterruptedException if interrupted while it waits
     */
    public boolean await(BooleanSupplier hasCome, Duration limit) throws InterruptedException {
        if (hasCome.getAsBoolean()) {
            return true;
        }
        Patience patience = new Patience(parking, limit, "nobody rang");
        while (!patience.isOver()) {
            patience.step();
            if (hasCome.getAsBoolean()) {
                return true;
            }
        }
        return false;
    }
}
