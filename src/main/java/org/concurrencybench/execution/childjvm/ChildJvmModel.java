package org.concurrencybench.execution.childjvm;

import org.concurrencybench.execution.Batch;
import org.concurrencybench.execution.Ending;
import org.concurrencybench.execution.ExecutionException;
import org.concurrencybench.execution.ExecutionModel;
import org.concurrencybench.execution.WorkloadSpec;
import org.concurrencybench.workload.Sharing;
import org.concurrencybench.workload.Workload;

/**
 * What all models of child JVMs have in common: their tasks share mapped memory, there are {@value
 * ChildJvmDefaults#MOST_CHILDREN} children at most, and a task that loses the shared memory says so in plain words.
 */
abstract class ChildJvmModel implements ExecutionModel {

    @Override
    public final boolean shares(Sharing sharing) {
        return sharing != Sharing.HEAP;
    }

    @Override
    public final int parallelism(int wanted) {
        return Math.min(wanted, ChildJvmDefaults.MOST_CHILDREN);
    }

    @Override
    public final Batch prepare(WorkloadSpec spec, int parallelism) throws ExecutionException, InterruptedException {
        MappedState shared = new MappedState();
        try {
            return guarded(spec, GuardedWorkload.over(spec.create(shared), shared), shared, parallelism);
        } catch (ExecutionException | InterruptedException | RuntimeException | Error e) {
            shared.close();
            throw e;
        }
    }

    private <P> Batch guarded(WorkloadSpec spec, Workload<P> workload, MappedState shared, int parallelism)
            throws ExecutionException, InterruptedException {
        try {
            return batch(spec, workload, shared, parallelism);
        } catch (ExecutionException | InterruptedException | RuntimeException | Error e) {
            new Ending(workload).after(e);
            throw e;
        }
    }

    /**
     * The model's own part.
     *
     * @param workload the caller's own instance of it
     * @param shared the batch's from here on, like the workload, unless this throws
     */
    abstract <P> Batch batch(WorkloadSpec spec, Workload<P> workload, MappedState shared, int parallelism)
            throws ExecutionException, InterruptedException;
}
