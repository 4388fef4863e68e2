package org.concurrencybench.execution;

import org.concurrencybench.workload.WorkloadDefinition;
import org.concurrencybench.workload.WrongAnswerException;

/**
 * One workload under one model, to be run again and again by one thread: {@link #reset}, {@link #run}, {@link #check}.
 */
public interface Batch extends AutoCloseable {

    /**
     * Puts shared state back to its start, and units in place of those that serve one run only. Outside the timed region.
     *
     * @throws ExecutionException if such units cannot be made
     * @throws InterruptedException if interrupted while they start
     */
    void reset() throws ExecutionException, InterruptedException;

    /**
     * Runs all tasks. This is the timed region.
     *
     * @return the answer, for {@link #check}
     * @throws ExecutionException if a task or a unit failed; every other unit has been told to stop by then
     * @throws InterruptedException if interrupted while waiting for units, which have been told to stop
     */
    Object run() throws ExecutionException, InterruptedException;

    /**
     * Checks what the last {@link #run} returned. Outside the timed region.
     *
     * @throws WrongAnswerException if it, or the shared state, is not right
     */
    void check(Object answer) throws WrongAnswerException;

    /**
     * Tells what one thread answers, before the first check, where the workload is {@linkplain
     * WorkloadDefinition#isComparedWithSerial compared with that}.
     */
    void expect(Object answerOfOneThread);

    /** Ends whatever {@link ExecutionModel#prepare} started, within a bounded time, and the workload's instances. */
    @Override
    void close();
}
