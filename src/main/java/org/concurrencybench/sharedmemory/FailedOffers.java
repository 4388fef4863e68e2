package org.concurrencybench.sharedmemory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/** What one object counted since the last reset in any process: a word of shared memory counts the resets. */
final class FailedOffers {

    private static final VarHandle RESETS = ValueLayout.JAVA_LONG.varHandle();

    private final MemorySegment memory;
    private final long offset;
    private long count;
    private long countedSince;

    /** @param offset of 8 zeroed bytes */
    FailedOffers(MemorySegment memory, long offset) {
        this.memory = memory;
        this.offset = offset;
    }

    synchronized void add() {
        count = count() + 1;
    }

    synchronized long count() {
        long resets = resets();
        if (resets != countedSince) {
            countedSince = resets;
            count = 0;
        }
        return count;
    }

    /** Acquire: whoever sees a reset sees what it emptied. */
    long resets() {
        return (long) RESETS.getAcquire(memory, offset);
    }

    /** Forgets what all objects of this channel counted. */
    void reset() {
        RESETS.getAndAddRelease(memory, offset, 1L);
    }
}
