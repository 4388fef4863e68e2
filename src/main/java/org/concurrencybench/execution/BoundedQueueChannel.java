package org.concurrencybench.execution;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A channel over an {@link ArrayBlockingQueue}. Numbers of a batch go in one by one: it takes no more at once. */
final class BoundedQueueChannel extends BlockingQueueChannel {

    BoundedQueueChannel(int capacity, Patience patience) {
        super(new ArrayBlockingQueue<>(capacity), patience);
    }

    @Override
    public boolean send(long[] items, int count) throws InterruptedException {
        boolean waited = false;
        for (int i = 0; i < count; i++) {
            Long number = items[i];
            if (!queue.offer(number)) {
                waited = true;
                patience.await(nanos -> queue.offer(number, nanos, TimeUnit.NANOSECONDS) ? number : null, "received");
            }
        }
        return waited;
    }
}
