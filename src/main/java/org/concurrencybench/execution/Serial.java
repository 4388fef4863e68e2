package org.concurrencybench.execution;

import java.util.List;
import org.concurrencybench.workload.Workload;
import org.concurrencybench.workload.WrongAnswerException;

/** One task after another in the calling thread: what every other model is compared with. Timed: the tasks, nothing else. */
public final class Serial implements ExecutionModel {

    @Override
    public String label() {
        return "serial";
    }

    @Override
    public String timedRegion() {
        return "all tasks, one after another, in the calling thread";
    }

    @Override
    public int parallelism(int wanted) {
        return 1;
    }

    @Override
    public Batch prepare(WorkloadSpec spec, int parallelism) {
        return new SerialBatch<>(spec.create(new HeapSharedState()));
    }

    private record SerialBatch<P>(Workload<P> workload) implements Batch {

        @Override
        public void reset() {
            workload.reset();
        }

        @Override
        public Object run() throws ExecutionException, InterruptedException {
            P whole;
            try {
                whole = workload.run(0, workload.taskCount());
            } catch (RuntimeException | Error e) {
                throw new ExecutionException("a task failed: " + e, e);
            }
            return workload.merge(List.of(whole));
        }

        @Override
        @SuppressWarnings("unchecked") // the answer is what run() returned
        public void check(Object answer) throws WrongAnswerException {
            workload.check((P) answer);
        }

        @Override
        public void close() {}
    }
}
