package org.concurrencybench.execution.childjvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.concurrencybench.execution.ExecutionException;
import org.concurrencybench.execution.childjvm.FaultyWorkload.Fault;
import org.concurrencybench.workload.WrongAnswerException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
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
                "RUNS_OUT_OF_MEMORY|it exited with code 3; its stderr ends: Terminating due to java.lang.OutOfMemoryError",
                "PRINTS_MEGABYTES_AND_HALTS|xxx | \uFFFD [31mlast words; its command: ",
                "WRITES_MEGABYTES_AMONG_THE_FRAMES|answered nonsense (bytes 00000000 where a frame should begin)",
                "FAILS_SET_UP|cannot be set up: org.concurrencybench.execution.childjvm.FaultyWorkload$StrangeError",
                "SENDS_WHAT_CANNOT_BE_READ|sent an answer that cannot be read",
                "SENDS_TOO_LITTLE|nonsense (an answer that is too short)"
            })
    void aFaultIsReportedAsWhatItIs(Fault fault, String expected) throws Exception {
        try (TestPool pool = new TestPool(fault, 20, 3, 2, TestPool.LONG)) {
            Throwable failure = catchThrowable(pool::runAndCheck);

            assertOneLine(failure, expected.replace("¦", "|"));
            assertThat(failure).message().matches("child JVM [0-9]+[: ].*").hasSizeLessThan(32 * 1024);
            // And the pool stays broken: no later batch can get an earlier one's answers.
            assertThatThrownBy(pool::runAndCheck).isSameAs(failure);
        }
    }

    @Test
    void aWrongAnswerIsRefused() throws Exception {
        try (TestPool pool = new TestPool(Fault.ANSWERS_WRONGLY, 1, 0, 1, TestPool.LONG)) {
            assertThatThrownBy(pool::runAndCheck)
                    .isInstanceOf(WrongAnswerException.class)
                    .hasMessage("wrong answer: sum of task numbers is 1, expected 0");
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

            assertKilled(firstFailure(pool), victim);
        }
    }

    @Test
    void aChildThatIsKilledInTheMiddleOfAFrameIsNamedWithSignalAndCommand() throws Exception {
        try (TestPool pool = new TestPool(Fault.SENDS_HALF_A_FRAME_AND_COMPUTES_FOR_EVER, 2, 0, 2, TestPool.LONG)) {
            AtomicReference<Throwable> outcome = new AtomicReference<>();
            Thread caller = Thread.ofPlatform().start(() -> outcome.set(catchThrowable(pool.pool()::run)));
            // Two that have begun, and two more for the half frame.
            assertThat(Leftovers.await(Duration.ofSeconds(20), () -> pool.begun() == 4))
                    .isTrue();

            kill(pool.pool().pids().getFirst());
            caller.join(20_000);

            assertKilled(outcome.get(), pool.pool().pids().getFirst());
            assertThat(outcome.get()).message().contains("ended in the middle of an answer");
        }
    }

    @Test
    void aChildThatExitsWithoutACauseBetweenBatchesIsNamedWithItsCode() throws Exception {
        try (TestPool pool = new TestPool(Fault.EXITS_WHEN_IDLE, 2, 1, 2, TestPool.LONG)) {
            pool.runAndCheck();
            pool.say(FaultyWorkload.NOW);
            assertThat(Leftovers.await(
                            Duration.ofSeconds(20),
                            () -> pool.pool().pids().stream().anyMatch(Leftovers::isGone)))
                    .isTrue();

            assertOneLine(
                    firstFailure(pool),
                    "ended before its work was done; it exited with code 0; its stderr is empty; its command: ");
        }
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    // Without a core dump its exit code is 1, and with one its end is signal 6.
    void aChildWhoseJvmCrashesSaysWhereItsReportIs(@TempDir Path directory) throws Exception {
        List<String> command = new ArrayList<>(ChildCommand.words());
        command.addAll(1, List.of("-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=" + directory.resolve("report")));
        var spec = FaultyWorkload.spec(Fault.COMPUTES_FOR_EVER, 2, 0);
        try (TestPool pool = new TestPool(spec, 2, command, TestPool.LONG)) {
            AtomicReference<Throwable> outcome = new AtomicReference<>();
            Thread caller = Thread.ofPlatform().start(() -> outcome.set(catchThrowable(pool.pool()::run)));
            assertThat(Leftovers.await(Duration.ofSeconds(20), () -> pool.begun() == 2))
                    .isTrue();

            Signals.send("SEGV", pool.pool().pids().getFirst());
            caller.join(20_000);

            assertOneLine(outcome.get(), "; it exited with code 1; its stderr is empty; ");
            assertThat(outcome.get())
                    .message()
                    .contains(
                            "which goes on: A fatal error has been detected by the Java Runtime Environment",
                            "SIGSEGV",
                            directory.resolve("report").toString());
        }
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aChildThatIsStoppedInTheMiddleOfATaskHangs() throws Exception {
        try (TestPool pool = new TestPool(Fault.COMPUTES_FOR_EVER, 2, 0, 2, SHORT)) {
            pool.pool().awaitReady(TestPool.LONG);
            long stopped = pool.pool().pids().get(1);
            Signals.send("STOP", stopped);

            Throwable failure = catchThrowable(pool::runAndCheck);

            assertOneLine(failure, "hung: no answer from any child for 0.5 s (children that owe one: ");
            assertThat(failure).message().contains(Long.toString(stopped), "it still runs; its stderr is empty");
        }
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aPoolWhoseChildrenAreStoppedClosesAllTheSame() throws Exception {
        List<Long> pids;
        try (TestPool pool = new TestPool(Fault.NONE, 2, 0, 2, TestPool.LONG)) {
            pool.runAndCheck();
            pids = pool.pool().pids();
            for (long pid : pids) {
                Signals.send("STOP", pid);
            }
        }
        assertThat(pids).hasSize(2).allMatch(Leftovers::isGone);
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aChildThatHasEndedIsNamedBeforeOneThatFailsOfIt() throws Exception {
        var fault = Fault.HALTS_BEHIND_OPEN_STREAMS_AND_OTHERS_FAIL;
        try (TestPool pool = new TestPool(fault, 2, 0, 2, TestPool.LONG)) {
            pool.pool().awaitReady(TestPool.LONG);
            AtomicReference<Throwable> outcome = new AtomicReference<>();
            Thread caller = Thread.ofPlatform().start(() -> outcome.set(catchThrowable(pool.pool()::run)));
            long first = pool.pool().pids().get(0);
            long second = pool.pool().pids().get(1);
            assertThat(Leftovers.await(Duration.ofSeconds(20), () -> Leftovers.isGone(first) && pool.begun() == 2))
                    .isTrue();

            pool.say(FaultyWorkload.NOW);
            caller.join(20_000);

            assertOneLine(outcome.get(), "it exited with code 5; its stderr is empty; its command: ");
            assertThat(outcome.get())
                    .message()
                    .startsWith("child JVM " + first + " ended before its work was done;")
                    .endsWith("; and then: child JVM " + second
                            + ": a task failed: java.lang.IllegalStateException: another one is gone");
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

    /** Of the batches from now on: the next may come too soon, and find that the others can do without the dead one. */
    private static Throwable firstFailure(TestPool pool) {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Leftovers.await(Duration.ofSeconds(20), () -> {
            failure.set(catchThrowable(pool::runAndCheck));
            return failure.get() != null;
        });
        return failure.get();
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
