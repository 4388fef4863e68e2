package org.concurrencybench.execution;

import java.util.List;
import java.util.function.Supplier;
import org.concurrencybench.workload.Sharing;
import org.concurrencybench.workload.Workload;

/** One task after another in the calling thread: what every other model is compared with. Timed: the tasks, nothing else. */
public final class Serial implements ExecutionModel {

    private final Supplier<? extends BatchState> states;

    /** Units share what is on the heap. */
    public Serial() {
        this(HeapSharedState::new);
    }

    /**
     * Units share through something else.
     *
     * @param states makes one for each batch, which closes it
     */
    public Serial(Supplier<? extends BatchState> states) {
        this.states = states;
    }

    @Override
    public String label() {
        return "serial";
    }

    @Override
    public String timedRegion() {
        return "all tasks, one after another, in the calling thread";
    }

    @Override
    public boolean shares(Sharing sharing) {
        return sharing != Sharing.SEPARATE;
    }

    @Override
    public int parallelism(int wanted) {
        return 1;
    }

    @Override
    public Batch prepare(WorkloadSpec spec, int parallelism) {
        BatchState state = states.get();
        try {
            return new SerialBatch<>(spec.create(state), state);
        } catch (RuntimeException | Error e) {
            state.close();
            throw e;
        }
    }

    private static final class SerialBatch<P> extends WorkloadBatch<P> {

        SerialBatch(Workload<P> workload, BatchState state) {
            super(workload, state);
        }

        @Override
        public P run() throws ExecutionException, InterruptedException {
            P whole;
            try {
                whole = workload().run(0, workload().taskCount());
            } catch (RuntimeException | Error e) {
                throw new ExecutionException("a task failed: " + e, e);
            }
            return workload().merge(List.of(whole));
        }
    }
}
