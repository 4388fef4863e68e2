package org.concurrencybench.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.concurrencybench.execution.LambdaWorkload.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KeptThreadsTest {

    private static final long AGES_MILLIS = 300_000;

    private final Queue<Thread> made = new ConcurrentLinkedQueue<>();
    private final ThreadFactory factory = work -> {
        Thread thread = new Thread(work, "kept");
        made.add(thread);
        return thread;
    };

    @AfterEach
    void noThreadIsLeftOnceTheBatchIsClosed() throws InterruptedException {
        for (Thread thread : made) {
            thread.join(5_000);
            assertThat(thread.isAlive()).as(thread + " is alive").isFalse();
        }
    }

    @Test
    void theSameThreadsRunBatchAfterBatch() throws Exception {
        Set<Thread> seen = ConcurrentHashMap.newKeySet();
        CountDownLatch both = new CountDownLatch(2);
        try (Batch batch = batch(2, 2, number -> {
            seen.add(Thread.currentThread());
            // The first batch uses both; later ones may not.
            both.countDown();
            both.await();
        })) {
            for (int round = 0; round < 20; round++) {
                batch.check(batch.run());
            }
        }
        assertThat(made).hasSize(2);
        assertThat(seen).containsExactlyInAnyOrderElementsOf(made);
    }

    @Test
    void aFailureWakesThoseThatWaitIsReportedAndLeavesNoInterruptToTheNextBatch() throws Exception {
        CountDownLatch asleep = new CountDownLatch(3);
        AtomicBoolean broken = new AtomicBoolean(true);
        AtomicInteger interrupted = new AtomicInteger();
        try (Batch batch = batch(4, 4, number -> {
            if (!broken.get()) {
                interrupted.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0);
            } else if (number == 3) {
                asleep.await();
                throw new IllegalStateException("the first failure");
            } else {
                asleep.countDown();
                Thread.sleep(AGES_MILLIS);
            }
        })) {
            assertThatThrownBy(batch::run)
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("the first failure");
            broken.set(false);
            for (int round = 0; round < 50; round++) {
                batch.check(batch.run());
            }
        }
        assertThat(interrupted).hasValue(0);
    }

    @Test
    void anInterruptedCallerWakesThoseThatWait() throws Exception {
        CountDownLatch asleep = new CountDownLatch(2);
        CountDownLatch woken = new CountDownLatch(2);
        AtomicReference<Throwable> outcome = new AtomicReference<>();
        try (Batch batch = batch(2, 2, number -> {
            asleep.countDown();
            try {
                Thread.sleep(AGES_MILLIS);
            } finally {
                woken.countDown();
            }
        })) {
            Thread caller = Thread.ofPlatform().start(() -> {
                try {
                    batch.run();
                } catch (ExecutionException | InterruptedException e) {
                    outcome.set(e);
                }
            });
            assertThat(asleep.await(20, TimeUnit.SECONDS)).isTrue();
            caller.interrupt();
            caller.join(20_000);
            assertThat(woken.await(20, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void closingEndsAThreadThatStillWaitsInATask() throws Exception {
        CountDownLatch asleep = new CountDownLatch(1);
        Batch batch = batch(1, 1, number -> {
            asleep.countDown();
            Thread.sleep(AGES_MILLIS);
        });
        AtomicReference<Throwable> outcome = new AtomicReference<>();
        Thread caller = Thread.ofPlatform().start(() -> {
            try {
                batch.run();
            } catch (ExecutionException | InterruptedException e) {
                outcome.set(e);
            }
        });
        assertThat(asleep.await(20, TimeUnit.SECONDS)).isTrue();

        batch.close();

        caller.join(20_000);
        assertThat(outcome.get()).isInstanceOf(ExecutionException.class).hasMessageContaining("InterruptedException");
    }

    @Test
    void aPoolThatTheMachineHasNoThreadsForFailsAndKeepsNone() {
        ThreadFactory two = work -> {
            if (made.size() == 2) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            return factory.newThread(work);
        };

        assertThatThrownBy(() -> new KeptThreads(4, two))
                .isInstanceOf(OutOfMemoryError.class)
                .hasMessageContaining("native thread");
        assertThat(made).hasSize(2);
    }

    private Batch batch(int tasks, int parallelism, Task task) {
        return new ThreadBatch<>(
                new LambdaWorkload(tasks, task),
                new HeapSharedState(),
                parallelism,
                new KeptThreads(parallelism, factory));
    }
}
