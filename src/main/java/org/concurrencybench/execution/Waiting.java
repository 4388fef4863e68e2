package org.concurrencybench.execution;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How one side of a channel waits whose queue cannot: it spins for as long as a hand-over between two cores takes, yields for
 * as long as one on the same core takes, then parks until the other side wakes it. All bounded, because both sides may be on
 * one core, or the other one gone.
 *
 * <p>Who wakes does not fence: its look for a sleeper may come some tens of nanoseconds before what it has put in is there to
 * see, and a sleeper whose last look falls between the two parks beside a number. A fence for each number would cost as much
 * as handing it over; instead nobody parks for longer than {@link #NAP}, the price of such a wake-up, which only a wait that
 * was long already can lose. The same nap covers a second sleeper on one side, for which there is no place here.
 */
final class Waiting {

    private static final int SPINS = 64;

    private static final int YIELDS = 64;

    /** An idle side looks a thousand times a second, which takes below one hundredth of a core. */
    private static final Duration NAP = Duration.ofMillis(1);

    /** As much of a nap counts; what is longer was a pause of the machine, or of this whole process. */
    private static final Duration LONGEST_NAP = Duration.ofMillis(10);

    private final Patience patience;
    private final String missing;

    // A sleeper's set() pairs with the get() in wake(), so that it is woken; numbers reach it by way of the queue.
    private final AtomicReference<@Nullable Thread> sleeper = new AtomicReference<>();

    /**
     * A place for one side.
     *
     * @param missing what the other side has not done when the wait is given up
     */
    Waiting(Patience patience, String missing) {
        this.patience = patience;
        this.missing = missing;
    }

    /** Wakes who parks here, if anybody does. Called by the other side after it has changed the queue. */
    void wake() {
        Thread thread = sleeper.get();
        if (thread != null && sleeper.compareAndSet(thread, null)) {
            LockSupport.unpark(thread);
        }
    }

    /**
     * Tries until it succeeds.
     *
     * @param attempt yields 0 if the queue is not ready
     * @return what it yielded in the end
     */
    @SuppressWarnings("ThreadPriorityCheck") // a yield lets the other side on this very core go on
    int await(IntSupplier attempt) throws InterruptedException {
        for (int spin = 0; spin < SPINS; spin++) {
            Thread.onSpinWait();
            int result = attempt.getAsInt();
            if (result != 0) {
                return result;
            }
        }
        for (int yield = 0; yield < YIELDS; yield++) {
            Thread.yield();
            int result = attempt.getAsInt();
            if (result != 0) {
                return result;
            }
        }
        return park(attempt);
    }

    private int park(IntSupplier attempt) throws InterruptedException {
        Thread self = Thread.currentThread();
        long waited = 0;
        long before = System.nanoTime();
        try {
            while (true) {
                // Before the last look, so that whoever changes the queue after it finds a sleeper.
                sleeper.set(self);
                int result = attempt.getAsInt();
                if (result != 0) {
                    return result;
                }
                if (waited > patience.limit().toNanos()) {
                    throw patience.lost(missing);
                }
                LockSupport.parkNanos(this, NAP.toNanos());
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                long now = System.nanoTime();
                waited += Math.min(now - before, LONGEST_NAP.toNanos());
                before = now;
            }
        } finally {
            sleeper.compareAndSet(self, null);
        }
    }
}
