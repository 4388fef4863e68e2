package org.concurrencybench.execution.childjvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.concurrencybench.execution.ExecutionException;
import org.concurrencybench.execution.childjvm.FaultyWorkload.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A caller that reads a child's answers itself, because they come sooner than a thread could wake, misses nothing of it. */
@Timeout(60)
class BorrowedStreamTest {

    private static final int TASKS = 100;

    private static final long SUM = TASKS * (TASKS - 1) / 2;

    @AfterEach
    void nothingIsLeft() {
        Leftovers.assertNone();
    }

    @Test
    void afterShortBatchesTheReadingThreadSleepsAndTheCallerReads() throws Exception {
        try (TestPool pool = pool(Fault.NONE)) {
            awaitBorrowing(pool);

            for (int i = 0; i < 200; i++) {
                pool.runAndCheck();
            }

            // Not at once: where the machine holds a batch up, the reading thread gets its stream back.
            awaitBorrowing(pool);
        }
    }

    @Test
    void anAnswerThatIsLateAllTheSameIsLeftToTheReadingThread() throws Exception {
        try (TestPool pool = pool(Fault.WAITS_ONCE_TOLD)) {
            for (int i = 0; i < 5; i++) {
                awaitBorrowing(pool);
                pool.say(FaultyWorkload.FROM_NOW_ON);

                assertThat(pool.pool().run()).isEqualTo(SUM);
                // Now it is known to take long, and nobody borrows.
                pool.say(FaultyWorkload.FROM_NOW_ON);
                assertThat(pool.pool().run()).isEqualTo(SUM);
                assertThat(isBorrowed(pool)).isFalse();
            }
        }
    }

    @Test
    void aChildThatIsKilledWhileItsStreamIsBorrowedIsNamedWithItsSignal() throws Exception {
        try (TestPool pool = pool(Fault.NONE)) {
            awaitBorrowing(pool);
            long victim = kill(pool);

            assertThat(Leftovers.await(Duration.ofSeconds(20), () -> Leftovers.isGone(victim)))
                    .isTrue();

            assertThatThrownBy(pool::runAndCheck)
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageStartingWith("child JVM " + victim + " ")
                    .hasMessageContaining("it was ended by signal 9 (exit code 137)");
        }
    }

    @Test
    void halfAnAnswerOnABorrowedStreamHoldsNobodyUp() throws Exception {
        try (TestPool pool = pool(Fault.SENDS_HALF_A_FRAME_ONCE_TOLD)) {
            awaitBorrowing(pool);
            pool.say(FaultyWorkload.FROM_NOW_ON);
            AtomicReference<Throwable> outcome = new AtomicReference<>();
            Thread caller = Thread.ofPlatform().start(() -> outcome.set(catchThrowable(pool.pool()::run)));
            // One that has begun, and as many as there are for the half frame.
            assertThat(Leftovers.await(Duration.ofSeconds(20), () -> pool.begun() > FaultyWorkload.FROM_NOW_ON + TASKS))
                    .isTrue();

            kill(pool);
            caller.join(20_000);

            assertThat(outcome.get())
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("ended in the middle of an answer")
                    .hasMessageContaining("it was ended by signal 9");
        }
    }

    @Test
    void nonsenseOnABorrowedStreamIsCalledThat() throws Exception {
        try (TestPool pool = pool(Fault.WRITES_AMONG_THE_FRAMES_ONCE_TOLD)) {
            awaitBorrowing(pool);
            pool.say(FaultyWorkload.FROM_NOW_ON);

            assertThatThrownBy(pool.pool()::run)
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("answered nonsense (bytes 00000000 where a frame should begin)");
        }
    }

    /** One child gets all tasks at once, the first of which is the one that goes wrong. */
    private static TestPool pool(Fault fault) throws ExecutionException {
        return new TestPool(fault, TASKS, 0, 1, TestPool.LONG);
    }

    private static long kill(TestPool pool) {
        long victim = pool.pool().pids().getFirst();
        assertThat(ProcessHandle.of(victim).orElseThrow().destroyForcibly()).isTrue();
        return victim;
    }

    /** Runs batches until one of them has been short, and the one after it has found the reading thread asleep. */
    private static void awaitBorrowing(TestPool pool) {
        assertThat(Leftovers.await(Duration.ofSeconds(20), () -> {
                    assertThat(catchThrowable(pool::runAndCheck)).isNull();
                    return isBorrowed(pool);
                }))
                .isTrue();
    }

    private static boolean isBorrowed(TestPool pool) {
        String reader = "child-" + pool.pool().pids().getFirst() + "-answers";
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(reader))
                .anyMatch(thread -> thread.getState() == Thread.State.WAITING);
    }
}
