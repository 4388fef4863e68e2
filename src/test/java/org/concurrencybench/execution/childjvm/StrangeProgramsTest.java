package org.concurrencybench.execution.childjvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.concurrencybench.execution.ExecutionException;
import org.concurrencybench.execution.childjvm.FaultyWorkload.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is started in place of a child JVM, its owner says so, soon, in one line, and leaves nothing behind. */
@Timeout(60)
class StrangeProgramsTest {

    @AfterEach
    void nothingIsLeft() {
        Leftovers.assertNone();
    }

    @Test
    void childrenThatNeverBecomeReadyAreNamed() throws Exception {
        try (TestPool pool = new TestPool(Fault.NONE, 1, 0, 2, StrangeMain.command("nothing"), TestPool.LONG)) {
            List<Long> pids = pool.pool().pids();

            assertOneLine(
                    catchThrowable(() -> pool.pool().awaitReady(Duration.ofMillis(500))),
                    "child JVM %d was not ready after 0.5 s (not ready: %d, %d)"
                            .formatted(pids.get(0), pids.get(0), pids.get(1)));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "farewell|ended before its work was done; it exited with code 0; its stderr is empty;",
                "ready-but-deaf|takes no more work; it still runs; its stderr is empty;",
                "text|nonsense (bytes 48656c6c where a frame should begin)",
                "half-a-frame|ended in the middle of an answer; it exited with code 0",
                "unknown-type|nonsense (a frame of type 99)",
                "endless-frame|nonsense (a frame of 2147483647 bytes)",
                "work-for-its-owner|nonsense (a frame RUN from a child)",
                "answer-to-nothing|nonsense (an answer that nobody asked for)",
                "ready-twice|nonsense (ready for a second time)"
            })
    void aProgramThatDoesNotSpeakTheLanguageIsFoundOut(String what, String expected) throws Exception {
        try (TestPool pool = new TestPool(Fault.NONE, 1, 0, 1, StrangeMain.command(what), TestPool.LONG)) {
            Throwable failure = catchThrowable(() -> {
                pool.pool().awaitReady(TestPool.LONG);
                // For the one that is ready, and then says so again.
                pool.runAndCheck();
            });

            assertOneLine(failure, expected);
            assertThat(failure).message().contains("StrangeMain " + what);
        }
    }

    @Test
    void aJavaThatIsNotThereIsToldInOneLine() {
        assertOneLine(
                catchThrowable(() -> new TestPool(Fault.NONE, 1, 0, 2, List.of("/no/such/java"), TestPool.LONG)),
                "a child JVM cannot be started: Cannot run program \"/no/such/java\"");
    }

    @Test
    void aClassPathThatIsNotThereIsToldInOneLine() {
        List<String> command = new ArrayList<>(ChildCommand.words());
        command.set(command.indexOf("-cp") + 1, "/no/such/classes");

        Throwable failure = catchThrowable(() -> {
            try (TestPool pool = new TestPool(Fault.NONE, 1, 0, 2, command, TestPool.LONG)) {
                pool.runAndCheck();
            }
        });

        assertOneLine(failure, "exited with code 1");
        assertThat(failure).message().contains("Could not find or load main class", "-cp /no/such/classes");
    }

    private static void assertOneLine(Throwable failure, String expected) {
        assertThat(failure).isInstanceOf(ExecutionException.class).hasMessageContaining(expected);
        assertThat(failure).message().doesNotContain("\n", "\r");
    }
}
