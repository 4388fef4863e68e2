package org.concurrencybench.execution.childjvm;

import org.concurrencybench.execution.BatchState;
import org.concurrencybench.execution.HeapSharedState;
import org.concurrencybench.workload.Channel;
import org.concurrencybench.workload.ChannelKind;
import org.concurrencybench.workload.Guard;
import org.concurrencybench.workload.LockKind;
import org.concurrencybench.workload.LockedLong;
import org.concurrencybench.workload.SharedNumbers;
import org.concurrencybench.workload.Sharing;

/**
 * State for threads of one JVM that may as well share mapped memory: each kind where it can live, on the heap where it could
 * be either. So a lock between processes can be measured with nobody else in the way, and beside those of one JVM.
 */
public final class EitherState implements BatchState {

    private final HeapSharedState heap = new HeapSharedState();
    private final MappedState mapped = new MappedState();

    @Override
    public LockedLong lockedLong(LockKind kind) {
        return kind.sharing() == Sharing.MAPPED ? mapped.lockedLong(kind) : heap.lockedLong(kind);
    }

    @Override
    public Channel channel(ChannelKind kind, int capacity) {
        return kind.sharing() == Sharing.MAPPED ? mapped.channel(kind, capacity) : heap.channel(kind, capacity);
    }

    @Override
    public Guard guard(LockKind kind) {
        return kind.sharing() == Sharing.MAPPED ? mapped.guard(kind) : heap.guard(kind);
    }

    @Override
    public SharedNumbers numbers(int length) {
        return heap.numbers(length);
    }

    @Override
    public void close() {
        mapped.close();
        heap.close();
    }
}
