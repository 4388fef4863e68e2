package org.concurrencybench.execution.childjvm;

import org.concurrencybench.execution.Batch;
import org.concurrencybench.execution.ExecutionException;
import org.concurrencybench.execution.ExecutionModel;
import org.concurrencybench.execution.WorkloadSpec;
import org.concurrencybench.workload.Workload;
import org.concurrencybench.workload.WrongAnswerException;

/**
 * Child JVMs that are started for the batch and end with it: what {@code Process.start} and {@code join} are in the
 * textbook. Timed: starting the processes, their JVMs' start-up, cold tasks, answers, and waiting for their end.
 */
public final class ColdChildJvms implements ExecutionModel {

    @Override
    public String label() {
        return "child-jvms-cold";
    }

    @Override
    public String timedRegion() {
        return "starting the child JVMs, all tasks in code that is not yet compiled, the answers, waiting for their exit";
    }

    @Override
    public int parallelism(int wanted) {
        return Math.min(wanted, ChildJvmDefaults.MOST_CHILDREN);
    }

    @Override
    public Batch prepare(WorkloadSpec spec, int parallelism) {
        MappedState shared = new MappedState();
        try {
            return new ColdBatch<>(spec, spec.create(shared), shared, parallelism);
        } catch (RuntimeException | Error e) {
            shared.close();
            throw e;
        }
    }

    private record ColdBatch<P>(WorkloadSpec spec, Workload<P> workload, MappedState shared, int parallelism)
            implements Batch {

        @Override
        public void reset() {
            workload.reset();
        }

        @Override
        public Object run() throws ExecutionException, InterruptedException {
            // Chunks are sent ahead of the children's start; each takes them up as soon as it can.
            try (ChildJvmPool<P> pool = new ChildJvmPool<>(
                    spec, workload, shared.path(), parallelism, ChildCommand.words(), ChildJvmDefaults.ANSWER_LIMIT)) {
                return pool.run();
            }
        }

        @Override
        @SuppressWarnings("unchecked") // the answer is what run() returned
        public void check(Object answer) throws WrongAnswerException {
            workload.check((P) answer);
        }

        @Override
        public void close() {
            shared.close();
        }
    }
}
