package org.concurrencybench.execution;

import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.StampedLock;
import org.concurrencybench.workload.Guard;
import org.concurrencybench.workload.LockKind;
import org.concurrencybench.workload.Sharing;

/** Locks on a heap that are held for as long as their holder likes. All are unfair, as they are by default. */
final class HeapGuards {

    private HeapGuards() {}

    /**
     * A lock that nobody holds.
     *
     * @throws IllegalArgumentException if locks of that kind live elsewhere, or it is none
     */
    static Guard of(LockKind kind) {
        if (kind.sharing() == Sharing.MAPPED) {
            throw new IllegalArgumentException(
                    "lock '%s' lives in mapped memory, not on a heap".formatted(kind.label()));
        }
        return switch (kind) {
            case NONE -> Guard.Section::run;
            case SYNCHRONIZED -> new Monitor();
            case OWN, REENTRANT_LOCK -> under(new ReentrantLock());
            case STAMPED_LOCK -> under(new StampedLock().asWriteLock());
            case SEMAPHORE -> new Permit(new Semaphore(1));
            default ->
                throw new IllegalArgumentException(
                        "lock '%s' is one instruction, and cannot be held".formatted(kind.label()));
        };
    }

    private static Guard under(Lock lock) {
        return section -> {
            lock.lock();
            try {
                section.run();
            } finally {
                lock.unlock();
            }
        };
    }

    private static final class Monitor implements Guard {

        @Override
        public synchronized void hold(Section section) throws InterruptedException {
            section.run();
        }
    }

    private record Permit(Semaphore permit) implements Guard {

        @Override
        public void hold(Section section) throws InterruptedException {
            permit.acquireUninterruptibly();
            try {
                section.run();
            } finally {
                permit.release();
            }
        }
    }
}
