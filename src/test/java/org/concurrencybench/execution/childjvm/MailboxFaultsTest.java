package org.concurrencybench.execution.childjvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.concurrencybench.execution.Batch;
import org.concurrencybench.execution.ExecutionException;
import org.concurrencybench.execution.WorkloadSpec;
import org.concurrencybench.execution.childjvm.FaultyWorkload.Fault;
import org.concurrencybench.workload.PoolMap;
import org.concurrencybench.workload.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What befalls children whose work comes through shared memory; each is a real process. */
@Timeout(120)
class MailboxFaultsTest {

    @AfterEach
    void nothingIsLeft() {
        Leftovers.assertNone();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 1000, 1100, 100_000})
    void answersOfAnyLengthArriveWhetherTheyFitIntoTheMailboxOrNot(int numbers) throws Exception {
        PoolMap map = new PoolMap();
        Settings settings = Settings.of(map.parameters(), Map.of("numbers", Integer.toString(numbers)));
        try (Batch batch = ChildJvms.overSharedMemory().prepare(new WorkloadSpec(map, settings), 2)) {
            for (int round = 0; round < 20; round++) {
                batch.reset();
                batch.check(batch.run());
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "THROWS|a task failed: java.lang.IllegalStateException: task 3 is broken",
                "EXITS|ended before its work was done; it exited with code 0;",
                "HALTS|ended before its work was done; it exited with code 3;",
                "RUNS_OUT_OF_MEMORY|it exited with code 3; its stderr ends: Terminating due to",
                "FAILS_SET_UP|cannot be set up: ",
                "SENDS_TOO_LITTLE|nonsense (an answer that is too short)"
            })
    void aFaultIsReportedAsWhatItIs(Fault fault, String expected) throws Exception {
        try (TestPool pool = pool(fault, 20, 3, TestPool.LONG)) {
            Throwable failure = catchThrowable(pool::runAndCheck);

            assertThat(failure).isInstanceOf(ExecutionException.class).hasMessageContaining(expected);
            assertThat(failure).message().matches("child JVM [0-9]+[: ].*").doesNotContain("\n");
            assertThat(catchThrowable(pool::runAndCheck)).isSameAs(failure);
        }
    }

    @Test
    void aChildThatIsKilledInItsTaskIsNamedWithSignalAndCommand() throws Exception {
        try (TestPool pool = pool(Fault.COMPUTES_FOR_EVER, 2, 0, TestPool.LONG)) {
            AtomicReference<Throwable> outcome = new AtomicReference<>();
            Thread caller = Thread.ofPlatform().start(() -> outcome.set(catchThrowable(pool.pool()::run)));
            assertThat(Leftovers.await(Duration.ofSeconds(20), () -> pool.begun() == 2))
                    .isTrue();

            kill(pool.pool().pids().getFirst());
            caller.join(20_000);

            assertKilled(outcome.get(), pool.pool().pids().getFirst());
        }
    }

    @Test
    void aChildThatIsKilledBetweenBatchesIsNamedWithSignalAndCommand() throws Exception {
        try (TestPool pool = pool(Fault.NONE, 64, 0, TestPool.LONG)) {
            pool.runAndCheck();
            List<Long> pids = pool.pool().pids();
            kill(pids.getFirst());
            kill(pids.getLast());
            assertThat(Leftovers.await(
                            Duration.ofSeconds(20), () -> pids.stream().allMatch(Leftovers::isGone)))
                    .isTrue();

            Throwable failure = catchThrowable(pool::runAndCheck);

            assertThat(failure)
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("it was ended by signal 9 (exit code 137)");
        }
    }

    @Test
    void aChildThatHangsEndsTheBatch() throws Exception {
        try (TestPool pool = pool(Fault.COMPUTES_FOR_EVER, 64, 5, Duration.ofMillis(500))) {
            pool.pool().awaitReady(TestPool.LONG);

            assertThat(catchThrowable(pool::runAndCheck))
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("hung: no answer from any child for 0.5 s (children that owe one: ");
        }
    }

    @Test
    void anInterruptedCallerGetsItsInterruptAndBusyChildrenEnd() throws Exception {
        try (TestPool pool = pool(Fault.COMPUTES_FOR_EVER, 2, 0, TestPool.LONG)) {
            AtomicReference<Throwable> outcome = new AtomicReference<>();
            Thread caller = Thread.ofPlatform().start(() -> outcome.set(catchThrowable(pool.pool()::run)));
            assertThat(Leftovers.await(Duration.ofSeconds(20), () -> pool.begun() == 2))
                    .isTrue();

            caller.interrupt();
            caller.join(20_000);

            assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
        }
    }

    @Test
    void aSegmentThatIsCutShortUnderTheMailboxesFailsTheBatch() throws Exception {
        try (TestPool pool = pool(Fault.NONE, 64, 0, TestPool.LONG)) {
            pool.runAndCheck();
            cut(Path.of(pool.segment()));

            assertThat(catchThrowable(pool.pool()::run))
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("the shared memory " + pool.segment());
        }
    }

    private static TestPool pool(Fault fault, int tasks, int at, Duration answerLimit) throws ExecutionException {
        return new TestPool(FaultyWorkload.spec(fault, tasks, at), 2, ChildCommand.words(), answerLimit, true);
    }

    private static void cut(Path segment) throws IOException {
        try (FileChannel file = FileChannel.open(segment, StandardOpenOption.WRITE)) {
            file.truncate(0);
        }
    }

    private static void kill(long pid) {
        assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
    }

    private static void assertKilled(Throwable failure, long pid) {
        assertThat(failure)
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("it was ended by signal 9 (exit code 137)")
                .hasMessageStartingWith("child JVM " + pid + " ");
    }
}
