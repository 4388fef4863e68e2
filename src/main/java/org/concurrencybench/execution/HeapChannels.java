package org.concurrencybench.execution;

import java.time.Duration;
import org.concurrencybench.workload.Channel;
import org.concurrencybench.workload.ChannelKind;
import org.concurrencybench.workload.Sharing;
import org.jctools.queues.varhandle.MpscVarHandleArrayQueue;
import org.jctools.queues.varhandle.SpscVarHandleArrayQueue;

/** Channels on a heap. What they hand over are boxed numbers, as in any program that uses these queues. */
final class HeapChannels {

    private HeapChannels() {}

    /**
     * A channel, empty.
     *
     * @param capacity numbers that it holds at least, a power of two
     * @param limit how long a party waits for the other side before it gives up
     * @throws IllegalArgumentException if channels of that kind live elsewhere
     */
    static Channel of(ChannelKind kind, int capacity, Duration limit) {
        if (kind.sharing() == Sharing.MAPPED) {
            throw new IllegalArgumentException(
                    "channel '%s' lives in mapped memory, not on a heap".formatted(kind.label()));
        }
        Patience patience = new Patience(kind, limit);
        return switch (kind) {
            case OWN, ARRAY_BLOCKING_QUEUE -> new BoundedQueueChannel(capacity, patience);
            case LINKED_TRANSFER_QUEUE -> new TransferQueueChannel(capacity, patience);
            case JCTOOLS_SPSC -> new PollingChannel(new SpscVarHandleArrayQueue<>(capacity), patience);
            case JCTOOLS_MPSC -> new PollingChannel(new MpscVarHandleArrayQueue<>(capacity), patience);
            default -> throw new IllegalArgumentException("channel '%s' has no queue yet".formatted(kind.label()));
        };
    }
}
