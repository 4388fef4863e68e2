package org.concurrencybench.sharedmemory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A number in shared memory under a lock that holds across processes and threads: the textbook's
 * {@code multiprocessing.Value} with its lock. Both stand in one cache line, which moves once for each hand-over.
 */
public final class SharedLong implements AutoCloseable {

    /** Bytes that each takes: two lines, so that the prefetcher's neighbour is never another one's. */
    public static final long BYTES = ProcessLockKind.BYTES;

    private static final VarHandle NUMBER = ValueLayout.JAVA_LONG.varHandle();

    private static final long AT = AbstractProcessLock.NUMBER_OFFSET;

    private final MemorySegment memory;

    /** None for those without a lock. A JVM seldom has more than one class of it, so the calls of it cost nothing. */
    private final @Nullable AbstractProcessLock lock;

    /** Where there is no lock: whether additions are atomic. */
    private final boolean atomic;

    private SharedLong(MemorySegment memory, int index, @Nullable AbstractProcessLock lock, boolean atomic) {
        this.memory = memory.asSlice(index * BYTES, BYTES);
        this.lock = lock;
        this.atomic = atomic;
    }

    /**
     * One under a spin lock, which nobody has to make before others use it.
     *
     * @param memory shared by all parties
     * @param index which one, from 0; the same for the same number in every process
     */
    public SharedLong(MemorySegment memory, int index) {
        this(memory, index, new SpinLock(memory, index * BYTES, AbstractProcessLock.GIVE_UP), true);
    }

    /**
     * Makes one, before any other process opens it.
     *
     * @param kind what it is guarded by
     * @param memory shared by all parties, zeroed so far
     * @param index which one, from 0; the same for the same number in every process
     * @param segmentFile the file that is mapped
     * @throws UnsupportedOperationException if the kind is {@linkplain ProcessLockKind#unavailable unavailable}
     */
    public static SharedLong create(ProcessLockKind kind, MemorySegment memory, int index, Path segmentFile) {
        return new SharedLong(
                memory, index, kind.create(memory, index * BYTES, segmentFile, AbstractProcessLock.GIVE_UP), true);
    }

    /** Opens one that another process made, with the arguments that it was made with. */
    public static SharedLong open(ProcessLockKind kind, MemorySegment memory, int index, Path segmentFile) {
        return new SharedLong(
                memory, index, kind.open(memory, index * BYTES, segmentFile, AbstractProcessLock.GIVE_UP), true);
    }

    /**
     * One that has no lock: each method is one atomic access. The floor for all that have one.
     *
     * @param memory shared by all parties
     * @param index which one, from 0; the same for the same number in every process
     */
    public static SharedLong atomic(MemorySegment memory, int index) {
        return new SharedLong(memory, index, null, true);
    }

    /**
     * One that nothing guards: an addition is a read and a write, and what others write in between is lost. Reads and writes
     * are opaque: each is made, once, where the program makes it.
     *
     * @param memory shared by all parties
     * @param index which one, from 0; the same for the same number in every process
     */
    public static SharedLong unguarded(MemorySegment memory, int index) {
        return new SharedLong(memory, index, null, false);
    }

    /**
     * Adds {@code delta}: read, add and write in one critical section, unless nothing guards it.
     *
     * @throws IllegalStateException if the lock's holder keeps it beyond all measure, or died with it: said to one caller,
     *     who has then changed nothing, where the lock can be taken over; to every caller where it cannot
     */
    public void add(long delta) {
        AbstractProcessLock guard = lock;
        if (guard == null) {
            if (atomic) {
                // Volatile: pairs with itself in every other process.
                NUMBER.getAndAdd(memory, AT, delta);
            } else {
                NUMBER.setOpaque(memory, AT, (long) NUMBER.getOpaque(memory, AT) + delta);
            }
            return;
        }
        guard.lockIntact();
        try {
            write(read() + delta);
        } finally {
            guard.unlock();
        }
    }

    /**
     * The number, read under the lock.
     *
     * @throws IllegalStateException as in {@link #add}
     */
    public long get() {
        AbstractProcessLock guard = lock;
        if (guard == null) {
            return (long) NUMBER.getVolatile(memory, AT);
        }
        guard.lockIntact();
        try {
            return read();
        } finally {
            guard.unlock();
        }
    }

    /**
     * Replaces the number, under the lock.
     *
     * @throws IllegalStateException as in {@link #add}, but for a holder that died with a lock that can be taken over:
     *     nothing is left of what it may have half done
     */
    public void set(long value) {
        AbstractProcessLock guard = lock;
        if (guard == null) {
            NUMBER.setVolatile(memory, AT, value);
            return;
        }
        guard.lock();
        try {
            write(value);
        } finally {
            guard.unlock();
        }
    }

    /** Closes this party's side of the lock; the memory stays. */
    @Override
    public void close() {
        if (lock != null) {
            lock.close();
        }
    }

    // Plain accesses: the lock's release and acquire order them between processes.
    private long read() {
        return (long) NUMBER.get(memory, AT);
    }

    private void write(long value) {
        NUMBER.set(memory, AT, value);
    }
}
