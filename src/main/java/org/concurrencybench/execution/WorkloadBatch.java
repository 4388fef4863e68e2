package org.concurrencybench.execution;

import org.concurrencybench.workload.Workload;
import org.concurrencybench.workload.WrongAnswerException;

/**
 * What batches of every model have in common: the caller's instance of the workload, which resets and checks, and the state
 * that its tasks share; both end with it.
 *
 * @param <P> what a run of the workload's tasks yields
 */
public abstract class WorkloadBatch<P> implements Batch {

    private final Workload<P> workload;
    private final BatchState state;
    private boolean ended;

    /**
     * Over one instance of the workload, which every run of the batch uses.
     *
     * @param state what the instance was made with
     */
    protected WorkloadBatch(Workload<P> workload, BatchState state) {
        this.workload = workload;
        this.state = state;
    }

    /** The caller's instance. */
    protected final Workload<P> workload() {
        return workload;
    }

    @Override
    public final void reset() throws ExecutionException, InterruptedException {
        workload.reset();
        renewUnits();
    }

    /** Makes units for the next run, where each serves one run only. */
    protected void renewUnits() throws ExecutionException, InterruptedException {}

    @Override
    public abstract P run() throws ExecutionException, InterruptedException;

    @Override
    @SuppressWarnings("unchecked") // the answer is what run() returned
    public final void check(Object answer) throws WrongAnswerException {
        workload.check((P) answer);
    }

    @Override
    @SuppressWarnings("unchecked") // it is the answer of another batch of the same workload
    public final void expect(Object answerOfOneThread) {
        workload.expect((P) answerOfOneThread);
    }

    /** Ends the units, if any are kept; called before the workload and the state are closed. */
    protected void closeUnits() {}

    @Override
    public final void close() {
        if (!ended) {
            ended = true;
            try (state;
                    Ending _ = new Ending(workload)) {
                closeUnits();
            }
        }
    }
}
