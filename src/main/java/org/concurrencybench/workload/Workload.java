package org.concurrencybench.workload;

import java.util.List;

/**
 * A batch of tasks, numbered from 0, with a known right answer.
 *
 * <p>Every process that takes part in a batch holds an instance of its own, made from the same definition and settings.
 * What tasks share goes through the {@link SharedState} that the instance was made with, and through nothing else, unless the
 * definition says that it lives on the heap of one JVM ({@link Sharing#HEAP}). How they wait is that state's as well
 * ({@link SharedState#pause}).
 *
 * @param <P> what a run of tasks yields: the part of the answer that crosses from worker to caller
 */
public interface Workload<P> {

    /** How many tasks the batch has; at least 1, the same at every call. */
    int taskCount();

    /** How many tasks are handed over at once; 0 leaves that to the model, which is what it does best. */
    default int tasksPerChunk() {
        return 0;
    }

    /** Makes ready for the next batch (shared state back to its start). Called by one thread, outside the timed region. */
    default void reset() {}

    /**
     * Runs the tasks {@code firstTask} up to but not including {@code endTask}, one after another in the calling thread.
     * Called by several threads at once, with ranges that do not overlap.
     *
     * @return their part of the answer
     * @throws InterruptedException if the thread is interrupted while a task waits
     */
    P run(int firstTask, int endTask) throws InterruptedException;

    /** Puts the parts together, given in the order of their tasks, all tasks covered once. Inside the timed region. */
    P merge(List<P> partsInTaskOrder);

    /**
     * Compares the batch's answer, and the shared state that it left, with what is right. Outside the timed region.
     *
     * @throws WrongAnswerException if they differ, with both values
     */
    void check(P answer) throws WrongAnswerException;

    /**
     * Tells what one thread answers, once and before the first check, where the definition {@linkplain
     * WorkloadDefinition#isComparedWithSerial asks for it}.
     */
    default void expect(P answerOfOneThread) {}

    /** How a part crosses a process boundary. */
    Codec<P> codec();

    /**
     * Ends what the definition's {@code create} began: called once for every instance, in its own process, by one thread,
     * after the last batch, outside the timed region of all models but those that end their JVMs with the batch. What it
     * throws fails the case. A child JVM has two seconds for it; one that is killed, because a task failed, has none.
     */
    default void close() {}
}
