package org.concurrencybench.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.concurrencybench.workload.Channel;
import org.jspecify.annotations.Nullable;

/** A channel over a queue of the JDK, which waits by itself. What bounds it is the subclass's. */
abstract sealed class BlockingQueueChannel implements Channel permits BoundedQueueChannel, TransferQueueChannel {

    final BlockingQueue<Long> queue;
    final Patience patience;
    // The receiver's own.
    private final List<Long> drained = new ArrayList<>();

    BlockingQueueChannel(BlockingQueue<Long> queue, Patience patience) {
        this.queue = queue;
        this.patience = patience;
    }

    /** Called by the receiver when it has taken out {@code count} numbers. */
    void madeRoom(int count) {}

    @Override
    public final int receive(long[] into) throws InterruptedException {
        @Nullable Long first = queue.poll();
        if (first == null) {
            first = patience.await(nanos -> queue.poll(nanos, TimeUnit.NANOSECONDS), "sent");
        }
        into[0] = first;
        int count = 1;
        if (into.length > 1) {
            queue.drainTo(drained, into.length - 1);
            for (long number : drained) {
                into[count++] = number;
            }
            drained.clear();
        }
        madeRoom(count);
        return count;
    }

    @Override
    public void reset() {
        queue.clear();
    }
}
