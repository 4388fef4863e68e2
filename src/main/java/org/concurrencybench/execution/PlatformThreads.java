package org.concurrencybench.execution;

import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.concurrencybench.workload.Sharing;

/**
 * A fixed pool of platform threads, one for each unit, kept from batch to batch, as programs keep them because they are dear
 * to start. Timed: handing chunks to the waiting threads, tasks, waiting for the last. Not timed: the threads' start and
 * end, which {@link ColdPlatformThreads} times.
 */
public final class PlatformThreads implements ExecutionModel {

    private final Supplier<? extends BatchState> states;

    /** Units share what is on the heap. */
    public PlatformThreads() {
        this(HeapSharedState::new);
    }

    /**
     * Units share through something else.
     *
     * @param states makes one for each batch, which closes it
     */
    public PlatformThreads(Supplier<? extends BatchState> states) {
        this.states = states;
    }

    @Override
    public String label() {
        return "platform-threads";
    }

    @Override
    public String timedRegion() {
        return "handing chunks to threads that are already there, all tasks, waiting until all have ended";
    }

    @Override
    public boolean shares(Sharing sharing) {
        return sharing != Sharing.SEPARATE;
    }

    @Override
    public int parallelism(int wanted) {
        return Math.min(wanted, ThreadLimit.most());
    }

    @Override
    public Batch prepare(WorkloadSpec spec, int parallelism) throws ExecutionException {
        ThreadFactory factory = Thread.ofPlatform().name("worker-", 1).factory();
        try {
            return ThreadBatch.of(spec, states.get(), parallelism, () -> new KeptThreads(parallelism, factory));
        } catch (OutOfMemoryError e) {
            throw new ExecutionException("no pool of %d threads: %s".formatted(parallelism, e.getMessage()), e);
        }
    }
}
