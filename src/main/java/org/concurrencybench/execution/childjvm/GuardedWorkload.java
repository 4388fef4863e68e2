package org.concurrencybench.execution.childjvm;

import java.util.List;
import org.concurrencybench.workload.Codec;
import org.concurrencybench.workload.Workload;
import org.concurrencybench.workload.WrongAnswerException;

/**
 * A workload over mapped memory that says so in plain words where the file under that memory was cut short: the JVM only
 * knows of "a fault in an unsafe memory access", which it reports in the thread that met it, a few instructions later.
 *
 * @param <P> what a run of its tasks yields
 */
final class GuardedWorkload<P> implements Workload<P> {

    private final Workload<P> workload;
    private final MappedState shared;
    private final int tasksPerChunk;

    private GuardedWorkload(Workload<P> workload, MappedState shared, int tasksPerChunk) {
        this.workload = workload;
        this.shared = shared;
        this.tasksPerChunk = tasksPerChunk;
    }

    /** That workload, which was made over this memory. */
    static <P> Workload<P> over(Workload<P> workload, MappedState shared) {
        return new GuardedWorkload<>(workload, shared, workload.tasksPerChunk());
    }

    /** The same in so many chunks at most, whatever the model would do, unless the workload says itself how large they are. */
    static <P> Workload<P> inChunks(int most, Workload<P> workload, MappedState shared) {
        int own = workload.tasksPerChunk();
        return new GuardedWorkload<>(workload, shared, own == 0 ? Math.ceilDiv(workload.taskCount(), most) : own);
    }

    @Override
    public int taskCount() {
        return workload.taskCount();
    }

    @Override
    public int tasksPerChunk() {
        return tasksPerChunk;
    }

    @Override
    public void reset() {
        try {
            workload.reset();
        } catch (InternalError | IllegalStateException e) {
            throw inPlainWords(e);
        }
    }

    @Override
    public P run(int firstTask, int endTask) throws InterruptedException {
        try {
            return workload.run(firstTask, endTask);
        } catch (InternalError | IllegalStateException e) {
            throw inPlainWords(e);
        }
    }

    @Override
    public P merge(List<P> partsInTaskOrder) {
        return workload.merge(partsInTaskOrder);
    }

    @Override
    public void check(P answer) throws WrongAnswerException {
        try {
            workload.check(answer);
        } catch (InternalError | IllegalStateException e) {
            throw inPlainWords(e);
        }
    }

    @Override
    public void expect(P answerOfOneThread) {
        workload.expect(answerOfOneThread);
    }

    @Override
    public void close() {
        try {
            workload.close();
        } catch (InternalError | IllegalStateException e) {
            throw inPlainWords(e);
        }
    }

    /** A lock whose call of the kernel failed for that cause says so in its own words, like any other complaint of its. */
    private IllegalStateException inPlainWords(Throwable e) {
        return e instanceof IllegalStateException other && !shared.isCutShort() ? other : shared.inPlainWords(e);
    }

    @Override
    public Codec<P> codec() {
        return workload.codec();
    }
}
