package org.concurrencybench.sharedmemory;

import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Objects;

/** A ring in shared memory, and where its parties wait for each other. */
final class RingChannel implements SharedChannel {

    // Pairs of lines, because the prefetcher fetches such; none of them is written while nobody sleeps.
    private static final long RESETS = 0;
    private static final long RECEIVER = 128;
    private static final long SENDERS = 256;

    /** As many as the other party needs to answer, before any clock is read: that takes longer than a few looks. */
    private static final int FIRST_LOOKS = 16;

    /** Of shared memory, before the ring's own. */
    static final long BYTES = 384;

    private final NumberRing ring;
    private final int longest;
    private final Parking receiver;
    private final Parking senders;
    private final FailedOffers failedOffers;
    private final Duration giveUp;

    /**
     * @param memory of {@link #BYTES}, zeroed by the owner
     * @param giveUp when a wait has lasted too long
     */
    RingChannel(MemorySegment memory, NumberRing ring, Duration giveUp) {
        this.ring = ring;
        this.longest = ring.longest();
        this.receiver = new Parking(memory, RECEIVER);
        this.senders = new Parking(memory, SENDERS);
        this.failedOffers = new FailedOffers(memory, RESETS);
        this.giveUp = giveUp;
    }

    @Override
    public boolean send(long[] items, int count) throws InterruptedException {
        Objects.checkFromIndexSize(0, count, items.length);
        boolean waited = false;
        for (int from = 0; from < count; from += longest) {
            int now = Math.min(longest, count - from);
            if (!ring.offer(items, from, now)) {
                offerAgain(items, from, now);
                waited = true;
            }
            receiver.wake();
        }
        return waited;
    }

    private void offerAgain(long[] items, int from, int count) throws InterruptedException {
        failedOffers.add();
        Patience patience = new Patience(senders, giveUp, "nobody made room");
        do {
            patience.step();
        } while (!ring.offer(items, from, count));
    }

    @Override
    public int receive(long[] into) throws InterruptedException {
        if (into.length == 0) {
            throw new IllegalArgumentException("no room for a number");
        }
        int count = ring.take(into);
        if (count == 0) {
            count = takeSoon(into);
        }
        senders.wake();
        return count;
    }

    private int takeSoon(long[] into) throws InterruptedException {
        for (int i = 0; i < FIRST_LOOKS; i++) {
            Thread.onSpinWait();
            int count = ring.take(into);
            if (count > 0) {
                return count;
            }
        }
        return takeLater(into);
    }

    private int takeLater(long[] into) throws InterruptedException {
        Patience patience = new Patience(receiver, giveUp, "nobody sent anything");
        while (true) {
            patience.step();
            int count = ring.take(into);
            if (count > 0) {
                return count;
            }
        }
    }

    @Override
    public long failedOffers() {
        return failedOffers.count();
    }

    @Override
    public void reset() {
        ring.clear();
        failedOffers.reset();
    }

    /** The memory is the caller's. */
    @Override
    public void close() {}
}
