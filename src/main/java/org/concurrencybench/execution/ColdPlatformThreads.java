package org.concurrencybench.execution;

import java.util.function.Supplier;
import org.concurrencybench.workload.Sharing;

/**
 * Platform threads that are started for the batch and end with it: what {@code Thread.start} and {@code join} are in the
 * textbook. Timed: start, tasks, hand-over of chunks, join.
 */
public final class ColdPlatformThreads implements ExecutionModel {

    private final Supplier<? extends BatchState> states;

    /** Units share what is on the heap. */
    public ColdPlatformThreads() {
        this(HeapSharedState::new);
    }

    /**
     * Units share through something else.
     *
     * @param states makes one for each batch, which closes it
     */
    public ColdPlatformThreads(Supplier<? extends BatchState> states) {
        this.states = states;
    }

    @Override
    public String label() {
        return "platform-threads-cold";
    }

    @Override
    public String timedRegion() {
        return "starting the threads, all tasks, joining the threads";
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
    public Batch prepare(WorkloadSpec spec, int parallelism) {
        return ThreadBatch.of(
                spec,
                states.get(),
                parallelism,
                () -> new StartedThreads(Thread.ofPlatform().name("worker-", 1).factory()));
    }
}
