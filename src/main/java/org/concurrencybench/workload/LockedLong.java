package org.concurrencybench.workload;

/** A number that is only ever changed under a lock, unless its kind is {@link LockKind#NONE}. */
public interface LockedLong {

    /** Takes the lock, reads, adds {@code delta}, writes, lets go: one critical section for each call. */
    void add(long delta);

    /** The number, read under the lock. */
    long get();

    /** Replaces the number, under the lock. */
    void set(long value);
}
