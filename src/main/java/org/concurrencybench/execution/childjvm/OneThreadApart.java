package org.concurrencybench.execution.childjvm;

import org.concurrencybench.execution.Ending;
import org.concurrencybench.execution.ExecutionException;
import org.concurrencybench.execution.WorkloadSpec;
import org.concurrencybench.workload.Workload;

/**
 * What one thread answers in a child JVM of its own, which has as much memory as this one and ends with the answer: nothing
 * that ran in this JVM, side by side, can have spoilt what the code of the tasks keeps.
 */
public final class OneThreadApart {

    /** All of it as one answer may be longer than a frame. */
    private static final int CHUNKS = 64;

    private OneThreadApart() {}

    /**
     * Runs all tasks once, in their order.
     *
     * @return the answer, as the workload merges it
     * @throws ExecutionException if a task or the child failed
     */
    public static Object answer(WorkloadSpec spec) throws ExecutionException, InterruptedException {
        try (MappedState shared = new MappedState()) {
            Workload<?> workload = spec.create(shared);
            try (Ending _ = new Ending(workload)) {
                return answer(spec, GuardedWorkload.inChunks(CHUNKS, workload, shared), shared.path());
            }
        }
    }

    private static <P> Object answer(WorkloadSpec spec, Workload<P> workload, String segment)
            throws ExecutionException, InterruptedException {
        workload.reset();
        try (ChildJvmPool<P> child = new ChildJvmPool<>(
                spec, workload, segment, null, 1, ChildCommand.roomyWords(), ChildJvmDefaults.ANSWER_LIMIT)) {
            return child.run();
        }
    }
}
