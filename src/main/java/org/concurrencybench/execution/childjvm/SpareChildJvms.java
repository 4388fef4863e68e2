package org.concurrencybench.execution.childjvm;

import java.util.List;
import org.concurrencybench.execution.Batch;
import org.concurrencybench.execution.ExecutionException;
import org.concurrencybench.execution.WorkloadBatch;
import org.concurrencybench.execution.WorkloadSpec;
import org.concurrencybench.workload.Workload;
import org.jspecify.annotations.Nullable;

/**
 * Child JVMs that were started ahead of their batch and serve it alone: what a server keeps in reserve so that nobody waits
 * for a process to start. Timed: chunks out, tasks in code that is not yet compiled, answers. Not timed: the children's start,
 * before the batch, and their end, after it.
 */
public final class SpareChildJvms extends ChildJvmModel {

    @Override
    public String label() {
        return "child-jvms-spare";
    }

    @Override
    public String timedRegion() {
        return "sending chunks to child JVMs that are up and have done nothing yet, all tasks in code that is not yet compiled,"
                + " receiving the answers";
    }

    @Override
    <P> Batch batch(WorkloadSpec spec, Workload<P> workload, MappedState shared, int parallelism) {
        return new SpareBatch<>(spec, workload, shared, parallelism);
    }

    private static final class SpareBatch<P> extends WorkloadBatch<P> {

        private final WorkloadSpec spec;
        private final MappedState shared;
        private final int parallelism;
        private final List<String> command = ChildCommand.words();
        private @Nullable ChildJvmPool<P> spares;
        private boolean spent = true;

        SpareBatch(WorkloadSpec spec, Workload<P> workload, MappedState shared, int parallelism) {
            super(workload, shared);
            this.spec = spec;
            this.shared = shared;
            this.parallelism = parallelism;
        }

        @Override
        protected void renewUnits() throws ExecutionException, InterruptedException {
            closeUnits();
            spares = ChildJvmPool.ready(spec, workload(), shared.path(), null, parallelism, command);
            spent = false;
        }

        @Override
        public P run() throws ExecutionException, InterruptedException {
            ChildJvmPool<P> fresh = spares;
            if (fresh == null || spent) {
                throw new ExecutionException("no spare children: every run needs a reset before it", null);
            }
            spent = true;
            return fresh.run();
        }

        @Override
        protected void closeUnits() {
            if (spares != null) {
                spares.close();
                spares = null;
            }
        }
    }
}
