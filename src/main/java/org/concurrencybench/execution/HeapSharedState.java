package org.concurrencybench.execution;

import java.time.Duration;
import org.concurrencybench.workload.Channel;
import org.concurrencybench.workload.ChannelKind;
import org.concurrencybench.workload.Guard;
import org.concurrencybench.workload.LockKind;
import org.concurrencybench.workload.LockedLong;
import org.concurrencybench.workload.SharedNumbers;

/** State that threads of one JVM share: objects on its heap. */
public final class HeapSharedState implements BatchState {

    /** Nobody who hands numbers over is busy elsewhere for as long; one who is has died, or was never there. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Duration patience;

    /** Waits for the other side of a channel for as long as any party may need. */
    public HeapSharedState() {
        this(PATIENCE);
    }

    /**
     * For tests, which do not wait that long.
     *
     * @param patience how long a party of a channel waits for the other side before it gives up
     */
    HeapSharedState(Duration patience) {
        this.patience = patience;
    }

    @Override
    public LockedLong lockedLong(LockKind kind) {
        return HeapLocks.of(kind);
    }

    @Override
    public Channel channel(ChannelKind kind, int capacity) {
        return HeapChannels.of(kind, capacity, patience);
    }

    @Override
    public Guard guard(LockKind kind) {
        return HeapGuards.of(kind);
    }

    @Override
    public SharedNumbers numbers(int length) {
        return new HeapNumbers(length);
    }

    @Override
    public void close() {}
}
