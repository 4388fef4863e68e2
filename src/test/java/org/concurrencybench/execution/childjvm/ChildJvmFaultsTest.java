package org.concurrencybench.execution.childjvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.concurrencybench.execution.ExecutionException;
import org.concurrencybench.execution.childjvm.FaultyWorkload.Fault;
import org.concurrencybench.sharedmemory.MappedSegment;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a task or a child does, the owner says what happened, soon, in one line, and leaves nothing behind. */
@Timeout(60)
class ChildJvmFaultsTest {

    private static final Duration SHORT = Duration.ofMillis(500);

    @AfterEach
    void nothingIsLeft() {
        Leftovers.assertNone();
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "PRINTS_AND_READS", "PRINTS_MEGABYTES"})
    void whatATaskPrintsOrReadsDoesNotDisturbTheAnswers(Fault harmless) {
        assertThatCode(() -> {
                    try (TestPool pool = new TestPool(harmless, 20, 7, 2, TestPool.LONG)) {
                        pool.runAndCheck();
                        pool.runAndCheck();
                    }
                })
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "THROWS|a task failed: java.lang.IllegalStateException: task 3 is broken ¦ in two lines",
                "THROWS_AN_ERROR_BESIDE_A_THREAD_THAT_STAYS|FaultyWorkload$StrangeError: strange",
                "EXITS|ended before its work was done; it exited with code 0;",
                "HALTS|ended before its work was done; it exited with code 3;",
                "RUNS_OUT_OF_MEMORY|OutOfMemoryError",
                "FAILS_SET_UP|cannot be set up: org.concurrencybench.execution.childjvm.FaultyWorkload$StrangeError",
                "SENDS_WHAT_CANNOT_BE_READ|sent an answer that cannot be read",
                "SENDS_TOO_LITTLE|nonsense (an answer that is too short)"
            })
    void aFaultIsReportedAsWhatItIs(Fault fault, String expected) throws Exception {
        try (TestPool pool = new TestPool(fault, 20, 3, 2, TestPool.LONG)) {
            Throwable failure = catchThrowable(pool::runAndCheck);

            assertOneLine(failure, expected.replace("¦", "|"));
            assertThat(failure).message().matches("child JVM [0-9]+[: ].*");
            // And the pool stays broken: no later batch can get an earlier one's answers.
            assertThatThrownBy(pool::runAndCheck).isSameAs(failure);
        }
    }

    @Test
    void aChildThatIsKilledInItsTaskIsNamedWithSignalAndCommand() throws Exception {
        try (TestPool pool = new TestPool(Fault.COMPUTES_FOR_EVER, 2, 0, 2, TestPool.LONG)) {
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
        try (TestPool pool = new TestPool(Fault.NONE, 64, 0, 2, TestPool.LONG)) {
            pool.runAndCheck();
            long victim = pool.pool().pids().get(1);
            kill(victim);
            assertThat(Leftovers.await(Duration.ofSeconds(20), () -> Leftovers.isGone(victim)))
                    .isTrue();

            assertKilled(catchThrowable(pool::runAndCheck), victim);
        }
    }

    @Test
    void aChildThatHangsEndsTheBatchAndThoseThatOweAnAnswerAreNamed() throws Exception {
        List<Long> pids;
        try (TestPool pool = new TestPool(Fault.COMPUTES_FOR_EVER, 64, 5, 3, SHORT)) {
            pool.pool().awaitReady(TestPool.LONG);
            pids = pool.pool().pids();

            Throwable failure = catchThrowable(pool::runAndCheck);

            assertOneLine(failure, "hung: no answer from any child for 0.5 s (children that owe one: ");
            String owing = String.valueOf(failure.getMessage()).replaceAll(".*owe one: ([0-9, ]+)\\).*", "$1");
            // The two others have taken up all that was left.
            assertThat(pids.stream().map(pid -> Long.toString(pid))).contains(owing);
            assertThat(failure)
                    .message()
                    .startsWith("child JVM " + owing + " hung")
                    .contains("it still runs");
        }
        assertThat(pids).allMatch(Leftovers::isGone);
    }

    @Test
    void anInterruptedCallerGetsItsInterruptAndBusyChildrenEnd() throws Exception {
        try (TestPool pool = new TestPool(Fault.COMPUTES_FOR_EVER, 2, 0, 2, TestPool.LONG)) {
            AtomicReference<Throwable> outcome = new AtomicReference<>();
            Thread caller = Thread.ofPlatform().start(() -> outcome.set(catchThrowable(pool.pool()::run)));
            assertThat(Leftovers.await(Duration.ofSeconds(20), () -> pool.begun() == 2))
                    .isTrue();

            caller.interrupt();
            caller.join(20_000);

            assertThat(outcome.get()).isInstanceOf(InterruptedException.class);
            assertOneLine(catchThrowable(pool::runAndCheck), "was given up");
        }
    }

    @Test
    void aLockWhoseHolderDiedFailsTheBatchAndNamesTheHolder() throws Exception {
        try (TestPool pool = new TestPool(Fault.NONE, 4, 0, 2, TestPool.LONG);
                MappedSegment segment = MappedSegment.open(Path.of(pool.segment()), 128)) {
            Process holder = new ProcessBuilder(StrangeMain.command("nothing")).start();
            // The lock's word: its holder's process id.
            segment.memory().set(ValueLayout.JAVA_LONG, 0, holder.pid());
            holder.destroyForcibly().waitFor();

            assertOneLine(
                    catchThrowable(pool.pool()::run), "process " + holder.pid() + " died while it held a shared lock");
        }
    }

    @Test
    void busyChildrenEndWithTheirPoolSideBySide() throws Exception {
        List<Long> pids;
        long start;
        try (TestPool pool = new TestPool(Fault.COMPUTES_FOR_EVER_IN_EVERY_TASK, 8, 0, 4, SHORT)) {
            assertThatThrownBy(pool::runAndCheck).isInstanceOf(ExecutionException.class);
            pids = pool.pool().pids();
            start = System.nanoTime();
        }
        // One after another, politely, they would take two seconds each.
        assertThat(System.nanoTime() - start).isLessThan(4_000_000_000L);
        assertThat(pids).hasSize(4).allMatch(Leftovers::isGone);
    }

    private static void kill(long pid) {
        assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
    }

    private static void assertKilled(Throwable failure, long pid) {
        assertOneLine(failure, "it was ended by signal 9 (exit code 137)");
        assertThat(failure)
                .message()
                .startsWith("child JVM " + pid + " ")
                .contains("its command: ", ChildMain.class.getName());
    }

    private static void assertOneLine(Throwable failure, String expected) {
        assertThat(failure).isInstanceOf(ExecutionException.class).hasMessageContaining(expected);
        assertThat(failure).message().doesNotContain("\n", "\r");
    }
}
