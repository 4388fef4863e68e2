package org.concurrencybench.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.concurrencybench.execution.LambdaWorkload.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class ThreadBatchTest {

    /** Far longer than any test may take: a worker that is not told to stop fails the test. */
    private static final long AGES_MILLIS = 300_000;

    /** Both sorts of thread, each kept so that the test can ask what became of it. */
    enum Sort {
        PLATFORM,
        VIRTUAL;

        ThreadFactory factory(Queue<Thread> made) {
            ThreadFactory factory = this == PLATFORM
                    ? Thread.ofPlatform().name("worker-", 1).factory()
                    : Thread.ofVirtual().name("worker-", 1).factory();
            return work -> {
                Thread thread = factory.newThread(work);
                made.add(thread);
                return thread;
            };
        }
    }

    private final Queue<Thread> made = new ConcurrentLinkedQueue<>();

    @AfterEach
    void noWorkerIsLeft() throws InterruptedException {
        assertThat(made).isNotEmpty();
        for (Thread worker : made) {
            worker.join(5_000);
            assertThat(worker.isAlive()).as(worker + " is alive").isFalse();
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("worker-"));
    }

    @ParameterizedTest
    @EnumSource
    void aTaskThatThrowsFailsTheBatchWithItsCause(Sort sort) {
        IllegalStateException thrown = new IllegalStateException("task 70 is\nbroken");

        assertThatThrownBy(() -> batch(sort, 100, 4, number -> {
                            if (number == 70) {
                                throw thrown;
                            }
                        })
                        .run())
                .isInstanceOf(ExecutionException.class)
                .hasMessage("a task failed: java.lang.IllegalStateException: task 70 is | broken")
                .hasCause(thrown);
        assertThat(made).hasSize(4).noneMatch(Thread::isAlive);
    }

    @ParameterizedTest
    @EnumSource
    void anErrorIsAFailureToo(Sort sort) {
        assertThatThrownBy(() -> batch(sort, 2, 2, number -> {
                            throw new StackOverflowError("deep");
                        })
                        .run())
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(StackOverflowError.class);
    }

    @ParameterizedTest
    @EnumSource
    void aFailureWakesTheWorkersThatWaitAndIsWhatIsReported(Sort sort) {
        CountDownLatch asleep = new CountDownLatch(3);
        Batch batch = batch(sort, 4, 4, number -> {
            if (number == 3) {
                asleep.await();
                throw new IllegalStateException("the first failure");
            }
            asleep.countDown();
            Thread.sleep(AGES_MILLIS);
        });

        assertThatThrownBy(batch::run).isInstanceOf(ExecutionException.class).hasMessageContaining("the first failure");
        assertThat(made).noneMatch(Thread::isAlive);
    }

    @ParameterizedTest
    @EnumSource
    void afterAFailureNobodyBeginsAnotherChunk(Sort sort) {
        AtomicInteger begun = new AtomicInteger();
        // The second to begin computes, deaf to interrupts, until the first has failed and ended.
        Batch batch = batch(sort, 64, 2, number -> {
            if (begun.incrementAndGet() == 1) {
                throw new IllegalStateException("broken");
            }
            while (made.stream().allMatch(Thread::isAlive)) {
                LockSupport.parkNanos(1_000_000);
                Thread.interrupted();
            }
        });

        assertThatThrownBy(batch::run).isInstanceOf(ExecutionException.class);
        assertThat(begun).hasValueBetween(1, 2);
    }

    @ParameterizedTest
    @EnumSource
    void aTaskThatIsInterruptedByItsOwnDoingFailsTheBatchAndDoesNotInterruptTheCaller(Sort sort) {
        assertThatThrownBy(() -> batch(sort, 2, 2, number -> {
                            throw new InterruptedException("its own doing");
                        })
                        .run())
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("its own doing");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptedCallerGetsItsInterruptAndWaitingWorkersEnd(Sort sort) throws InterruptedException {
        CountDownLatch asleep = new CountDownLatch(3);
        Batch batch = batch(sort, 3, 3, number -> {
            asleep.countDown();
            Thread.sleep(AGES_MILLIS);
        });

        assertThat(interruptedOnce(batch, asleep)).isInstanceOf(InterruptedException.class);
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptedCallerStopsWorkersThatComputeAtTheirNextChunk(Sort sort) throws InterruptedException {
        AtomicInteger begun = new AtomicInteger();
        CountDownLatch busy = new CountDownLatch(2);
        CountDownLatch mayGoOn = new CountDownLatch(1);
        // Deaf to interrupts, as computing is.
        Batch batch = batch(sort, 64, 2, number -> {
            begun.incrementAndGet();
            busy.countDown();
            awaitDeafly(mayGoOn);
        });

        assertThat(interruptedOnce(batch, busy)).isInstanceOf(InterruptedException.class);
        mayGoOn.countDown();
        for (Thread worker : made) {
            worker.join(5_000);
        }
        assertThat(begun).hasValue(2);
    }

    @Test
    void whereTheMachineHasNoMoreThreadsThoseThatStartedDoNotOutliveTheBatch() {
        AtomicInteger started = new AtomicInteger();
        ThreadFactory two = work -> {
            Thread thread = new Thread(work, "worker-x") {
                @Override
                public void start() {
                    if (started.incrementAndGet() == 3) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    super.start();
                }
            };
            made.add(thread);
            return thread;
        };
        Batch batch = new ThreadBatch<>(
                new LambdaWorkload(4, number -> Thread.sleep(AGES_MILLIS)),
                new HeapSharedState(),
                4,
                new StartedThreads(two));

        assertThatThrownBy(batch::run)
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("unable to create native thread");
        assertThat(started).hasValue(3);
        assertThat(made).hasSize(3).noneMatch(Thread::isAlive);
    }

    @ParameterizedTest
    @EnumSource
    void aBatchThatFailedMayRunAgain(Sort sort) throws Exception {
        AtomicInteger calls = new AtomicInteger();
        Batch batch = batch(sort, 1, 1, number -> {
            if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException("only the first time");
            }
        });

        assertThatThrownBy(batch::run).isInstanceOf(ExecutionException.class);
        batch.check(batch.run());
        assertThat(calls).hasValue(2);
    }

    @Test
    void serialReportsATaskThatThrowsLikeTheOthers() throws Exception {
        made.add(Thread.ofPlatform().unstarted(() -> {}));
        try (Batch batch = new Serial()
                .prepare(
                        LambdaWorkload.spec(1, number -> {
                            throw new IllegalStateException("broken");
                        }),
                        1)) {
            assertThatThrownBy(batch::run)
                    .isInstanceOf(ExecutionException.class)
                    .hasMessage("a task failed: java.lang.IllegalStateException: broken");
        }
    }

    private Batch batch(Sort sort, int tasks, int parallelism, Task task) {
        return new ThreadBatch<>(
                new LambdaWorkload(tasks, task),
                new HeapSharedState(),
                parallelism,
                new StartedThreads(sort.factory(made)));
    }

    /** Runs the batch in a thread of its own, interrupts that when the signal comes, and tells what came of it. */
    private static Throwable interruptedOnce(Batch batch, CountDownLatch signal) throws InterruptedException {
        AtomicReference<Throwable> outcome = new AtomicReference<>();
        Thread caller = Thread.ofPlatform().start(() -> outcome.set(catchThrowable(batch::run)));
        assertThat(signal.await(20, TimeUnit.SECONDS)).isTrue();
        caller.interrupt();
        caller.join(20_000);
        assertThat(caller.isAlive()).isFalse();
        return List.of(outcome.get()).getFirst();
    }

    private static void awaitDeafly(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            LockSupport.parkNanos(1_000_000);
            Thread.interrupted();
        }
    }
}
