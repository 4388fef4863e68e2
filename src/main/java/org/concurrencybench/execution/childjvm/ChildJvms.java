package org.concurrencybench.execution.childjvm;

import org.concurrencybench.execution.Batch;
import org.concurrencybench.execution.ExecutionException;
import org.concurrencybench.execution.ExecutionModel;
import org.concurrencybench.execution.WorkloadSpec;
import org.concurrencybench.workload.Workload;
import org.concurrencybench.workload.WrongAnswerException;

/**
 * A pool of warm child JVMs, one working thread each, kept from batch to batch: what {@code multiprocessing.Pool} is in the
 * textbook. Timed: chunks out, tasks, answers back. Not timed: the children's start and end.
 */
public final class ChildJvms implements ExecutionModel {

    @Override
    public String label() {
        return "child-jvms";
    }

    @Override
    public String timedRegion() {
        return "sending chunks to child JVMs that are already up and warm, all tasks, receiving the answers";
    }

    @Override
    public int parallelism(int wanted) {
        return Math.min(wanted, ChildJvmDefaults.MOST_CHILDREN);
    }

    @Override
    public Batch prepare(WorkloadSpec spec, int parallelism) throws ExecutionException, InterruptedException {
        MappedState shared = new MappedState();
        try {
            return warm(spec, spec.create(shared), shared, parallelism);
        } catch (ExecutionException | InterruptedException | RuntimeException | Error e) {
            shared.close();
            throw e;
        }
    }

    private static <P> Batch warm(WorkloadSpec spec, Workload<P> workload, MappedState shared, int parallelism)
            throws ExecutionException, InterruptedException {
        ChildJvmPool<P> pool = new ChildJvmPool<>(
                spec, workload, shared.path(), parallelism, ChildCommand.words(), ChildJvmDefaults.ANSWER_LIMIT);
        try {
            pool.awaitReady(ChildJvmDefaults.START_LIMIT);
        } catch (ExecutionException | InterruptedException | RuntimeException e) {
            pool.close();
            throw e;
        }
        return new WarmBatch<>(workload, pool, shared);
    }

    private record WarmBatch<P>(Workload<P> workload, ChildJvmPool<P> pool, MappedState shared) implements Batch {

        @Override
        public void reset() {
            workload.reset();
        }

        @Override
        public Object run() throws ExecutionException, InterruptedException {
            return pool.run();
        }

        @Override
        @SuppressWarnings("unchecked") // the answer is what run() returned
        public void check(Object answer) throws WrongAnswerException {
            workload.check((P) answer);
        }

        @Override
        public void close() {
            pool.close();
            shared.close();
        }
    }
}
