package org.concurrencybench.execution;

import java.util.Arrays;
import org.concurrencybench.workload.Workload;

/**
 * The chunking rule that all models share: runs of tasks that units take as they come free.
 *
 * <p>Few tasks are taken one by one, so that none waits behind another. Of many, a chunk is half of an equal share of what
 * is left, down to a least size: guided self-scheduling (Polychronopoulos and Kuck, IEEE Transactions on Computers C-36,
 * 1987, doi:10.1109/TC.1987.5009495), with half shares because units do not start at the same moment. A unit that the
 * machine holds up then holds the batch up by one small chunk at the most, and hand-overs are a quarter of what equal chunks
 * of that size would need: over pipes each of them costs a thread switch on a core that computes. One unit takes everything
 * as one chunk.
 */
public final class Chunks {

    /** Up to this many tasks a unit, each is a chunk of its own; beyond, none is smaller than this part of a share. */
    public static final int SMALLEST_PER_UNIT = 32;

    private final int[] firsts;

    private Chunks(int[] firsts) {
        this.firsts = firsts;
    }

    /**
     * The chunks of a batch whose hand-overs cost nothing to speak of.
     *
     * @param taskCount tasks in the batch, at least 1
     * @param parallelism units that take them, at least 1
     */
    public static Chunks of(int taskCount, int parallelism) {
        return of(taskCount, parallelism, 1);
    }

    /**
     * The chunks of a batch.
     *
     * @param taskCount tasks in the batch, at least 1
     * @param parallelism units that take them, at least 1
     * @param worthIt how many tasks a chunk needs so that handing it over is worth it; few tasks are still taken one by one,
     *     and no unit goes without a chunk because of it, unless all tasks together are not worth two
     */
    public static Chunks of(int taskCount, int parallelism, int worthIt) {
        if (taskCount < 1 || parallelism < 1) {
            throw new IllegalArgumentException("%d tasks for %d units".formatted(taskCount, parallelism));
        }
        if (parallelism == 1) {
            return new Chunks(new int[] {0, taskCount});
        }
        long mostChunks = Math.min(taskCount, (long) parallelism * SMALLEST_PER_UNIT);
        boolean each = mostChunks == taskCount;
        if (!each && worthIt >= 2L * taskCount) {
            return new Chunks(new int[] {0, taskCount});
        }
        long share = (taskCount + parallelism - 1L) / parallelism;
        long least = Math.max(Math.min(worthIt, share), (taskCount + mostChunks - 1) / mostChunks);
        int[] firsts = new int[(int) mostChunks + 1];
        int count = 0;
        for (long first = 0; first < taskCount; count++) {
            firsts[count] = (int) first;
            long halfShare = (taskCount - first) / (2L * parallelism);
            // The last chunk may be shorter than is worth it, but is never longer than what is left.
            first = Math.min(taskCount, first + (each ? 1 : Math.max(least, halfShare)));
        }
        firsts[count] = taskCount;
        return new Chunks(Arrays.copyOf(firsts, count + 1));
    }

    /**
     * The chunks of a batch that says itself how large they are.
     *
     * @param workload that batch
     * @param parallelism units that take them, at least 1
     * @param worthIt as above, for a batch that leaves it to the model
     */
    public static Chunks of(Workload<?> workload, int parallelism, int worthIt) {
        int size = workload.tasksPerChunk();
        return size == 0 ? of(workload.taskCount(), parallelism, worthIt) : ofSize(workload.taskCount(), size);
    }

    /** Chunks of one size; the last may be smaller. */
    private static Chunks ofSize(int taskCount, int size) {
        int[] firsts = new int[Math.ceilDiv(taskCount, size) + 1];
        for (int chunk = 0; chunk < firsts.length; chunk++) {
            firsts[chunk] = (int) Math.min(taskCount, (long) chunk * size);
        }
        return new Chunks(firsts);
    }

    /** How many chunks, from 1 to the number of tasks. */
    public int count() {
        return firsts.length - 1;
    }

    /** How many tasks the largest has. */
    public int longest() {
        int longest = 0;
        for (int chunk = 0; chunk < count(); chunk++) {
            longest = Math.max(longest, end(chunk) - first(chunk));
        }
        return longest;
    }

    /** First task of a chunk. */
    public int first(int chunk) {
        return firsts[chunk];
    }

    /** The task after the last one of a chunk. */
    public int end(int chunk) {
        return firsts[chunk + 1];
    }
}
