package org.concurrencybench.benchmark;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.concurrencybench.execution.Batch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Threads that somebody's code leaves behind, whenever it started them. */
@Timeout(60)
class GuardedBatchTest {

    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicBoolean computing = new AtomicBoolean(true);

    @AfterEach
    void endThem() {
        over.countDown();
        computing.set(false);
        System.clearProperty("jmh.shutdownTimeout");
    }

    @Test
    void oneThatKeepsTheJvmAliveIsToldThoughTheMakingOfTheBatchStartedIt() throws Exception {
        Batch batch = GuardedBatch.of(() -> {
            Thread.ofPlatform().name("pool of theirs").daemon(false).start(this::await);
            return new NoBatch(() -> {});
        });

        assertThatThrownBy(batch::close)
                .isInstanceOf(LeftoverException.class)
                .hasMessage(
                        "1 thread that your code started still runs after the batch (the first is 'pool of theirs');"
                                + " end or await it, or make it daemons that sleep");
    }

    @Test
    void oneThatARunStartedIsTold() throws Exception {
        Batch batch = GuardedBatch.of(() -> new NoBatch(
                () -> Thread.ofPlatform().name("left behind").daemon(false).start(this::await)));
        batch.run();

        assertThatThrownBy(batch::close)
                .isInstanceOf(LeftoverException.class)
                .hasMessageContaining("(the first is 'left behind')");
    }

    @Test
    void aDaemonThatTakesACoreIsTold() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Batch batch = GuardedBatch.of(() ->
                new NoBatch(() -> Thread.ofPlatform().name("busy").daemon().start(() -> {
                    begun.countDown();
                    while (computing.get()) {
                        Thread.onSpinWait();
                    }
                })));
        batch.run();
        begun.await();

        assertThatThrownBy(batch::close)
                .isInstanceOf(LeftoverException.class)
                .hasMessageContaining("(the first is 'busy')");
    }

    @Test
    void aDaemonThatSleepsDisturbsNobody() throws Exception {
        Batch batch = GuardedBatch.of(() ->
                new NoBatch(() -> Thread.ofPlatform().name("kept").daemon().start(this::await)));
        batch.run();

        assertThatCode(batch::close).doesNotThrowAnyException();
    }

    @Test
    void soManySleepingDaemonsAreNoPoolThatIsKept() throws Exception {
        int many = 16 + 4 * Runtime.getRuntime().availableProcessors();
        Batch batch = GuardedBatch.of(() -> new NoBatch(() -> {
            for (int i = 0; i < many; i++) {
                Thread.ofPlatform().name("one more").daemon().start(this::await);
            }
        }));
        batch.run();

        assertThatThrownBy(batch::close)
                .isInstanceOf(LeftoverException.class)
                .hasMessageContaining("make them daemons that sleep");
    }

    private void await() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Does one thing. */
    private record NoBatch(Runnable work) implements Batch {

        @Override
        public void reset() {}

        @Override
        public Object run() {
            work.run();
            return "done";
        }

        @Override
        public void check(Object answer) {}

        @Override
        public void expect(Object answerOfOneThread) {}

        @Override
        public void close() {}
    }
}
