package org.concurrencybench.sharedmemory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A number in shared memory under a spin lock that holds across processes and threads: the textbook's
 * {@code multiprocessing.Value} with its lock. Both stand in one cache line, which moves once for each hand-over.
 */
public final class SharedLong {

    /** Bytes that each takes: two lines, so that the prefetcher's neighbour is never another one's. */
    public static final long BYTES = 128;

    private static final long VALUE_OFFSET = 8;

    private final MemorySegment memory;
    private final long offset;
    private final SpinLock lock;

    /**
     * @param memory shared by all parties
     * @param index which one, from 0; the same for the same number in every process
     */
    public SharedLong(MemorySegment memory, int index) {
        this.memory = memory;
        this.offset = index * BYTES;
        this.lock = new SpinLock(memory, offset);
    }

    /** Adds {@code delta}: read, add and write in one critical section. */
    public void add(long delta) {
        lock.lock();
        try {
            write(read() + delta);
        } finally {
            lock.unlock();
        }
    }

    /** The number, read under the lock. */
    public long get() {
        lock.lock();
        try {
            return read();
        } finally {
            lock.unlock();
        }
    }

    /** Replaces the number, under the lock. */
    public void set(long value) {
        lock.lock();
        try {
            write(value);
        } finally {
            lock.unlock();
        }
    }

    // Plain accesses: the lock's release and acquire order them between processes.
    private long read() {
        return memory.get(ValueLayout.JAVA_LONG, offset + VALUE_OFFSET);
    }

    private void write(long value) {
        memory.set(ValueLayout.JAVA_LONG, offset + VALUE_OFFSET, value);
    }
}
