package org.concurrencybench.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InterpreterLockTest {

    private final InterpreterLock lock = new InterpreterLock();

    @Test
    void oneThreadHasItAtATime() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<FutureTask<Boolean>> tasks = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            tasks.add(started(() -> {
                for (int turn = 0; turn < 2000; turn++) {
                    lock.take();
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    inside.decrementAndGet();
                    lock.look();
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    inside.decrementAndGet();
                    lock.letGo();
                }
            }));
        }
        for (FutureTask<Boolean> task : tasks) {
            task.get();
        }
        assertThat(most).hasValue(1);
    }

    @Test
    void aHolderThatLooksHandsOverToOneWhoHasWaitedAndGetsItBack() throws Exception {
        AtomicBoolean hadIt = new AtomicBoolean();
        lock.take();
        FutureTask<Boolean> other = started(() -> {
            lock.take();
            hadIt.set(true);
            lock.letGo();
        });

        while (!hadIt.get()) {
            Thread.onSpinWait();
            lock.look();
        }
        other.get();
        assertThat(lock.letGo()).isTrue();
    }

    @Test
    void aHolderWhomNobodyHasAskedKeepsIt() throws Exception {
        lock.take();
        lock.look();

        assertThat(lock.letGo()).isTrue();
        assertThat(lock.letGo()).isFalse();
    }

    @Test
    void whoHasNotTakenItCannotLetGoOfIt() throws Exception {
        lock.take();
        AtomicBoolean letGo = new AtomicBoolean(true);

        started(() -> letGo.set(lock.letGo())).get();

        assertThat(letGo).isFalse();
        assertThat(lock.letGo()).isTrue();
    }

    @Test
    void whoIsInterruptedWhileWaitingDoesNotGetItAndTheHolderDoesNotWaitForThat() throws Exception {
        lock.take();
        CountDownLatch begun = new CountDownLatch(1);
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread waiter = Thread.ofPlatform().start(() -> {
            begun.countDown();
            try {
                lock.take();
            } catch (InterruptedException e) {
                interrupted.set(true);
            }
        });
        begun.await();
        // Long enough, mostly, for it to have asked; right either way.
        Thread.sleep(2 * InterpreterLock.SWITCH_INTERVAL.toMillis());
        waiter.interrupt();
        waiter.join();
        lock.look();

        assertThat(interrupted).isTrue();
        assertThat(lock.letGo()).isTrue();
    }

    @Test
    void anInterruptThatIsPendingIsSeenAtOnce() throws Exception {
        Thread.currentThread().interrupt();

        assertThatThrownBy(lock::take).isInstanceOf(InterruptedException.class);
        assertThat(lock.letGo()).isFalse();
    }

    /** What a thread does with the lock. */
    @FunctionalInterface
    private interface Steps {
        void run() throws InterruptedException;
    }

    private static FutureTask<Boolean> started(Steps steps) {
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            steps.run();
            return true;
        });
        Thread.ofPlatform().daemon().start(task);
        return task;
    }
}
