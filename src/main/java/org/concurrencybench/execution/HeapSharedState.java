package org.concurrencybench.execution;

import java.util.concurrent.locks.ReentrantLock;
import org.concurrencybench.workload.LockedLong;
import org.concurrencybench.workload.SharedState;

/** State that threads of one JVM share: objects on its heap. */
final class HeapSharedState implements SharedState {

    @Override
    public LockedLong lockedLong() {
        return new Guarded();
    }

    /**
     * A plain field under a {@link ReentrantLock}: every access holds the lock, so each unlock pairs with the next lock.
     * Not {@code synchronized}, because HotSpot merges neighbouring synchronized blocks of a loop into one.
     */
    private static final class Guarded implements LockedLong {

        private final ReentrantLock lock = new ReentrantLock();
        private long value;

        @Override
        public void add(long delta) {
            lock.lock();
            try {
                value += delta;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public long get() {
            lock.lock();
            try {
                return value;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void set(long newValue) {
            lock.lock();
            try {
                value = newValue;
            } finally {
                lock.unlock();
            }
        }
    }
}
