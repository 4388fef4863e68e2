package org.concurrencybench.execution;

import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A channel over a {@link LinkedTransferQueue}, which itself has no bound and would take all that a quick sender has. A
 * semaphore bounds it, with a permit for each number that there is room for, taken and given back for a batch at once. What
 * that costs is part of what is measured, because a program that needs the bound pays it too.
 */
final class TransferQueueChannel extends BlockingQueueChannel {

    private final int capacity;
    private final Semaphore room;

    TransferQueueChannel(int capacity, Patience patience) {
        super(new LinkedTransferQueue<>(), patience);
        this.capacity = capacity;
        this.room = new Semaphore(capacity);
    }

    @Override
    public boolean send(long[] items, int count) throws InterruptedException {
        boolean waits = !room.tryAcquire(count);
        if (waits) {
            patience.await(nanos -> room.tryAcquire(count, nanos, TimeUnit.NANOSECONDS) ? room : null, "received");
        }
        for (int i = 0; i < count; i++) {
            queue.add(items[i]);
        }
        return waits;
    }

    @Override
    void madeRoom(int count) {
        room.release(count);
    }

    @Override
    public void reset() {
        super.reset();
        room.drainPermits();
        room.release(capacity);
    }
}
