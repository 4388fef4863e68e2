package org.concurrencybench.sample;

import java.util.Locale;

/**
 * What one worker of a batch did for a while: a row of {@code timelines.csv}. Such a batch was run for its picture alone; it
 * is no sample.
 *
 * @param workload what was computed, e.g. {@code square-cube}
 * @param model how it was run
 * @param params the settings, {@code parallelism} among them
 * @param worker a name that is its own within the batch; that of {@link State#BATCH} is the caller
 * @param state what it did
 * @param firstTask of the tasks that it ran, from 0
 * @param endTask the task after the last of them
 * @param startNanos since the batch's start
 * @param endNanos the same, not before {@code startNanos}
 */
public record TimelineSpan(
        String workload,
        String model,
        Params params,
        String worker,
        State state,
        int firstTask,
        int endTask,
        long startNanos,
        long endNanos) {

    /** What a worker does. */
    public enum State {
        /** The timed region of the whole batch; once for each, from 0 on. */
        BATCH,
        /** Runs tasks. The states below happen within such a span. */
        TASK,
        /** Sleeps. */
        WAITING,
        /** Has asked for the lock and does not hold it yet. */
        ASKING,
        /** Holds the lock. */
        HOLDING,
        /** A moment that the task itself noted; ends as it starts. */
        TICK;

        /** As in the file: {@code task}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How long. */
    public long nanos() {
        return endNanos - startNanos;
    }
}
