package org.concurrencybench.execution.childjvm;

import java.util.List;
import org.concurrencybench.execution.Batch;
import org.concurrencybench.execution.ExecutionException;
import org.concurrencybench.execution.WorkloadBatch;
import org.concurrencybench.execution.WorkloadSpec;
import org.concurrencybench.workload.Workload;

/**
 * Child JVMs that are started for the batch and end with it: what {@code Process.start} and {@code join} are in the
 * textbook. Timed: starting the processes, their JVMs' start-up, cold tasks, answers, and waiting for their end.
 */
public final class ColdChildJvms extends ChildJvmModel {

    @Override
    public String label() {
        return "child-jvms-cold";
    }

    @Override
    public String timedRegion() {
        return "starting the child JVMs, all tasks in code that is not yet compiled, the answers, waiting for their exit";
    }

    @Override
    <P> Batch batch(WorkloadSpec spec, Workload<P> workload, MappedState shared, int parallelism) {
        return new ColdBatch<>(spec, workload, shared, parallelism);
    }

    private static final class ColdBatch<P> extends WorkloadBatch<P> {

        private final WorkloadSpec spec;
        private final MappedState shared;
        private final int parallelism;
        // Made once: to look for the AOT cache takes a millisecond.
        private final List<String> command = ChildCommand.words();

        ColdBatch(WorkloadSpec spec, Workload<P> workload, MappedState shared, int parallelism) {
            super(workload, shared);
            this.spec = spec;
            this.shared = shared;
            this.parallelism = parallelism;
        }

        @Override
        public P run() throws ExecutionException, InterruptedException {
            // Chunks are sent ahead of the children's start; each takes them up as soon as it can.
            try (ChildJvmPool<P> pool = new ChildJvmPool<>(
                    spec, workload(), shared.path(), null, parallelism, command, ChildJvmDefaults.ANSWER_LIMIT)) {
                return pool.run();
            }
        }
    }
}
