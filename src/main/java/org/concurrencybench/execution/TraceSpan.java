package org.concurrencybench.execution;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * What one worker did for a while, as it saw it itself.
 *
 * @param processId of the worker's JVM
 * @param threadId within it
 * @param threadName may be empty
 * @param state what it did
 * @param firstTask of those that it was running
 * @param endTask the task after the last of them
 * @param startNanos {@code System.nanoTime()}, which the processes of a machine share on Linux
 * @param endNanos the same, not before the start
 */
public record TraceSpan(
        long processId,
        long threadId,
        String threadName,
        State state,
        int firstTask,
        int endTask,
        long startNanos,
        long endNanos) {

    /** What a worker does. All but {@link #TASK} happen within a task. */
    public enum State {
        /** Runs tasks, from the beginning of the first to the end of the last. */
        TASK,
        /** Sleeps. */
        WAITING,
        /** Has asked for a lock and does not hold it yet. */
        ASKING,
        /** Holds the lock. */
        HOLDING,
        /** A moment that the task itself noted. */
        TICK
    }

    static final int LONGEST_NAME = 200;

    void write(DataOutput out) throws IOException {
        out.writeLong(processId);
        out.writeLong(threadId);
        out.writeUTF(threadName.substring(0, Math.min(LONGEST_NAME, threadName.length())));
        out.writeUTF(state.name());
        out.writeInt(firstTask);
        out.writeInt(endTask);
        out.writeLong(startNanos);
        out.writeLong(endNanos);
    }

    static TraceSpan read(DataInput in) throws IOException {
        long processId = in.readLong();
        long threadId = in.readLong();
        String threadName = in.readUTF();
        String name = in.readUTF();
        State state = Arrays.stream(State.values())
                .filter(known -> known.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IOException("a span in state '" + name + "'"));
        return new TraceSpan(
                processId, threadId, threadName, state, in.readInt(), in.readInt(), in.readLong(), in.readLong());
    }
}
