package org.concurrencybench.execution;

/**
 * The chunking rule that all models share: runs of tasks, nearly equal, that units take as they come free.
 *
 * <p>More chunks than units keep a unit that the machine holds up from holding up the batch; more than
 * {@value #CHUNKS_PER_UNIT} a unit only add hand-overs. One unit takes everything as one chunk.
 *
 * @param taskCount tasks in the batch, at least 1
 * @param count chunks, from 1 to {@code taskCount}
 */
public record Chunks(int taskCount, int count) {

    /** With 32 a unit the last one to finish is late by at most 1/32 of its share, for 31 more hand-overs. */
    public static final int CHUNKS_PER_UNIT = 32;

    public Chunks {
        if (count < 1 || count > taskCount) {
            throw new IllegalArgumentException("%d chunks for %d tasks".formatted(count, taskCount));
        }
    }

    /** The chunks of {@code taskCount} tasks for {@code parallelism} units. */
    public static Chunks of(int taskCount, int parallelism) {
        long wanted = parallelism == 1 ? 1 : (long) parallelism * CHUNKS_PER_UNIT;
        return new Chunks(taskCount, (int) Math.min(wanted, taskCount));
    }

    /** First task of a chunk. */
    public int first(int chunk) {
        return (int) ((long) taskCount * chunk / count);
    }

    /** The task after the last one of a chunk. */
    public int end(int chunk) {
        return first(chunk + 1);
    }
}
