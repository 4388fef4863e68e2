package org.concurrencybench.execution;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A model of CPython's interpreter lock as it has been since 3.2 (Python/ceval_gil.c): a thread that waits for it for one
 * switch interval asks the holder to hand over; the holder looks whether it has been asked from time to time, and if so lets
 * go and goes on only when another thread has had the lock.
 *
 * @see <a href="https://docs.python.org/3/library/sys.html#sys.setswitchinterval">sys.setswitchinterval</a>
 */
final class InterpreterLock {

    /** CPython's default. */
    static final Duration SWITCH_INTERVAL = Duration.ofMillis(5);

    private final ReentrantLock mutex = new ReentrantLock();
    private final Condition free = mutex.newCondition();
    private final Condition switched = mutex.newCondition();

    // All but the last under the mutex.
    private @Nullable Thread holder;
    private @Nullable Thread lastHolder;
    private long switches;
    private int waiting;

    // Written under the mutex; the holder's look without it may be late by as much as a write takes to be seen.
    private volatile boolean asked;

    /**
     * Waits for the lock and takes it; not reentrant.
     *
     * @throws InterruptedException if interrupted meanwhile; then it is not held
     */
    void take() throws InterruptedException {
        Thread self = Thread.currentThread();
        mutex.lockInterruptibly();
        waiting++;
        try {
            while (holder != null) {
                long before = switches;
                long left = free.awaitNanos(SWITCH_INTERVAL.toNanos());
                if (left <= 0 && holder != null && switches == before) {
                    asked = true;
                }
            }
            holder = self;
            asked = false;
            if (!self.equals(lastHolder)) {
                lastHolder = self;
                switches++;
                switched.signalAll();
            }
        } finally {
            waiting--;
            if (waiting == 0) {
                // Who has let go for the sake of somebody who has given up must not wait for a switch.
                switched.signalAll();
            }
            mutex.unlock();
        }
    }

    /** Lets go if the calling thread holds it; returns whether it did. */
    boolean letGo() {
        mutex.lock();
        try {
            if (!Thread.currentThread().equals(holder)) {
                return false;
            }
            holder = null;
            free.signal();
            return true;
        } finally {
            mutex.unlock();
        }
    }

    /**
     * Hands over if somebody has asked. The holder calls it now and then.
     *
     * @throws InterruptedException if interrupted while others have it; then it is not held
     */
    void look() throws InterruptedException {
        if (asked) {
            handOver();
            take();
        }
    }

    private void handOver() throws InterruptedException {
        mutex.lockInterruptibly();
        try {
            holder = null;
            free.signal();
            long before = switches;
            while (switches == before && waiting > 0) {
                switched.await(SWITCH_INTERVAL.toNanos(), TimeUnit.NANOSECONDS);
            }
        } finally {
            mutex.unlock();
        }
    }
}
