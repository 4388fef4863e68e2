package org.concurrencybench.execution;

import org.concurrencybench.workload.Channel;
import org.jctools.queues.MessagePassingQueue;
import org.jspecify.annotations.Nullable;

/** A channel over a queue of JCTools, which never waits; {@link Waiting} does. */
final class PollingChannel implements Channel {

    private final MessagePassingQueue<Long> queue;
    private final Waiting senders;
    private final Waiting receiver;

    PollingChannel(MessagePassingQueue<Long> queue, Patience patience) {
        this.queue = queue;
        this.senders = new Waiting(patience, "received");
        this.receiver = new Waiting(patience, "sent");
    }

    @Override
    public boolean send(long[] items, int count) throws InterruptedException {
        boolean waited = false;
        for (int i = 0; i < count; i++) {
            Long number = items[i];
            if (!queue.offer(number)) {
                waited = true;
                // The receiver must not sleep over a full queue whose first numbers are of this very batch.
                receiver.wake();
                senders.await(() -> queue.offer(number) ? 1 : 0);
            }
        }
        receiver.wake();
        return waited;
    }

    @Override
    public int receive(long[] into) throws InterruptedException {
        int count = take(into);
        if (count == 0) {
            count = receiver.await(() -> take(into));
        }
        senders.wake();
        return count;
    }

    /** What is there now. Relaxed: a number that a sender has room for but not yet put in is waited for like any other. */
    private int take(long[] into) {
        int count = 0;
        while (count < into.length) {
            @Nullable Long number = queue.relaxedPoll();
            if (number == null) {
                break;
            }
            into[count++] = number;
        }
        return count;
    }

    @Override
    public void reset() {
        queue.clear();
    }
}
