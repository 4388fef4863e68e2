package org.concurrencybench.execution;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.StampedLock;
import org.concurrencybench.workload.LockKind;
import org.concurrencybench.workload.LockedLong;
import org.concurrencybench.workload.Sharing;

/**
 * Numbers on a heap, each under one kind of lock or none. All locks are unfair, as they are by default; the {@link LongAdder}'s is
 * the one number that does not stand on cache lines of its own, because the adder keeps it.
 */
final class HeapLocks {

    private HeapLocks() {}

    /**
     * A number, 0 at first.
     *
     * @throws IllegalArgumentException if what guards it lives elsewhere
     */
    static LockedLong of(LockKind kind) {
        if (kind.sharing() == Sharing.MAPPED) {
            throw new IllegalArgumentException(
                    "lock '%s' lives in mapped memory, not on a heap".formatted(kind.label()));
        }
        return switch (kind) {
            case NONE -> new Unguarded();
            case SYNCHRONIZED -> new UnderMonitor();
            case OWN, REENTRANT_LOCK -> new UnderReentrantLock();
            case STAMPED_LOCK -> new UnderStampedLock();
            case SEMAPHORE -> new UnderSemaphore();
            case ATOMIC_LONG -> new Atomic();
            case LONG_ADDER -> new Adder();
            default -> throw new IllegalArgumentException("lock '%s' has no number yet".formatted(kind.label()));
        };
    }

    /**
     * No lock: a read, an addition and a write, and nothing is promised of what others do in between, which is the point.
     *
     * <p>Each access is opaque. HotSpot makes one addition of a loop over a plain field, and there would be next to nothing
     * to lose; opaque reads and writes it makes each in its place. A test watches a loop for that.
     */
    private static final class Unguarded extends PaddedLong.Alone implements LockedLong {

        private static final VarHandle VALUE;

        static {
            try {
                VALUE = MethodHandles.lookup().findVarHandle(PaddedLong.Value.class, "value", long.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        @Override
        public void add(long delta) {
            VALUE.setOpaque(this, (long) VALUE.getOpaque(this) + delta);
        }

        @Override
        public long get() {
            return (long) VALUE.getOpaque(this);
        }

        @Override
        public void set(long newValue) {
            VALUE.setOpaque(this, newValue);
        }
    }

    /**
     * Its own monitor.
     *
     * <p>HotSpot merges a synchronized block with the one that follows it, and where a caller's loop is unrolled makes one
     * critical section of several additions ({@code EliminateLocks}), which no other lock here is given. It does so only
     * where nothing but plain control flow lies between the two. The fence puts something there: on x86 it compiles to no
     * instruction at all, elsewhere to less than the barrier that the lock has of its own.
     */
    private static final class UnderMonitor extends PaddedLong.Alone implements LockedLong {

        @Override
        public void add(long delta) {
            VarHandle.acquireFence();
            synchronized (this) {
                value += delta;
            }
        }

        @Override
        public synchronized long get() {
            return value;
        }

        @Override
        public synchronized void set(long newValue) {
            value = newValue;
        }
    }

    private static final class UnderReentrantLock extends PaddedLong.Alone implements LockedLong {

        private final ReentrantLock lock = new ReentrantLock();

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

    /** Its write lock for all but reading; it has no owner, so nothing checks who lets go. */
    private static final class UnderStampedLock extends PaddedLong.Alone implements LockedLong {

        private final StampedLock lock = new StampedLock();

        @Override
        public void add(long delta) {
            long stamp = lock.writeLock();
            try {
                value += delta;
            } finally {
                lock.unlockWrite(stamp);
            }
        }

        @Override
        public long get() {
            long stamp = lock.readLock();
            try {
                return value;
            } finally {
                lock.unlockRead(stamp);
            }
        }

        @Override
        public void set(long newValue) {
            long stamp = lock.writeLock();
            try {
                value = newValue;
            } finally {
                lock.unlockWrite(stamp);
            }
        }
    }

    /** A semaphore of one permit, the textbook's other lock. */
    private static final class UnderSemaphore extends PaddedLong.Alone implements LockedLong {

        private final Semaphore permit = new Semaphore(1);

        @Override
        public void add(long delta) {
            permit.acquireUninterruptibly();
            try {
                value += delta;
            } finally {
                permit.release();
            }
        }

        @Override
        public long get() {
            permit.acquireUninterruptibly();
            try {
                return value;
            } finally {
                permit.release();
            }
        }

        @Override
        public void set(long newValue) {
            permit.acquireUninterruptibly();
            try {
                value = newValue;
            } finally {
                permit.release();
            }
        }
    }

    /**
     * No lock: one atomic instruction, the same that an {@code AtomicLong} is. The number is the middle element of an array,
     * whose others are its padding, because an {@code AtomicLong} has none.
     */
    private static final class Atomic implements LockedLong {

        private static final int PADDING = 16;

        private final AtomicLongArray value = new AtomicLongArray(PADDING + 1 + PADDING);

        @Override
        public void add(long delta) {
            value.getAndAdd(PADDING, delta);
        }

        @Override
        public long get() {
            return value.get(PADDING);
        }

        @Override
        public void set(long newValue) {
            value.set(PADDING, newValue);
        }
    }

    /**
     * No lock, and under contention no common number either: threads add to cells of their own, which only reading puts
     * together. What reads or replaces the number must therefore not overlap additions, as in {@link LongAdder#sum} and
     * {@link LongAdder#reset}.
     */
    private static final class Adder implements LockedLong {

        private final LongAdder sum = new LongAdder();

        @Override
        public void add(long delta) {
            sum.add(delta);
        }

        @Override
        public long get() {
            return sum.sum();
        }

        @Override
        public void set(long newValue) {
            sum.reset();
            sum.add(newValue);
        }
    }
}
