package org.concurrencybench.execution.childjvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.concurrencybench.execution.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
class PeerProgramTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void whatItPrintsIsHandedOver() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")));

        assertThat(PeerProgram.run(List.of("/bin/sh", "-c", "echo 0.5; echo said >&2"), PATIENCE))
                .isEqualTo("0.5\nsaid");
    }

    @Test
    void aFailureComesWithItsCodeAndItsLastWords() {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")));

        assertThatThrownBy(() -> PeerProgram.run(List.of("/bin/sh", "-c", "echo broken >&2; exit 3"), PATIENCE))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("exited with code 3: broken");
        assertThatThrownBy(() -> PeerProgram.run(List.of("no-such-program-anywhere"), PATIENCE))
                .isInstanceOf(ExecutionException.class)
                .hasMessageStartingWith("'no-such-program-anywhere' cannot be started");
    }

    @Test
    void whatTakesTooLongIsEndedWithItsDescendants() {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")));
        List<Long> before = descendants();

        assertThatThrownBy(() -> PeerProgram.run(List.of("/bin/sh", "-c", "sleep 100 & wait"), Duration.ofSeconds(2)))
                .isInstanceOf(ExecutionException.class)
                .hasMessageEndingWith("took more than 2 s");

        List<Long> left = new ArrayList<>(descendants());
        left.removeAll(before);
        assertThat(left)
                .allSatisfy(pid -> ProcessHandle.of(pid)
                        .ifPresent(handle -> assertThat(
                                        handle.onExit().orTimeout(30, java.util.concurrent.TimeUnit.SECONDS))
                                .succeedsWithin(Duration.ofSeconds(30))));
    }

    static Stream<List<String>> smallPrograms() {
        Stream<List<String>> inOneWay = Stream.of(
                        "result-sharing threads way=shared-list",
                        "result-sharing processes way=isolated",
                        "result-sharing processes way=array list=3:6:9 function=squares",
                        "result-sharing processes way=array list=2:3:5 function=squares valueHundredths=567",
                        "result-sharing processes way=array list=2:3:4:5 function=squares room=3",
                        "result-sharing processes way=queue list=2:3:5 function=squares",
                        "queue serial items=3",
                        "queue processes shape=two-to-one items=5",
                        "queue threads shape=ten-workers items=20 first=0",
                        "queue threads shape=ten-workers items=19",
                        "bank-balance processes transfers=3 thinkMicros=100 lock=none",
                        "bank-balance processes transfers=3 thinkMicros=100 order=deposits-first",
                        "lost-update threads lock=own waitMillis=1",
                        "lost-update threads updates=10 waitMillis=0",
                        "shared-counter processes additions=2 waitMillis=1",
                        "shared-counter processes shape=array additions=1 waitMillis=0",
                        "ticker threads tickMillis=1",
                        "ticker threads tickMillis=1 slowTimes=3 ticks=3",
                        "failure threads",
                        "failure threads fault=throws",
                        "pool-map processes numbers=10 function=cube",
                        "pool-map processes numbers=1 first=9 function=cube")
                .map(words -> List.of(words.split(" ")));
        Stream<List<String>> inEach = Stream.of(
                        "square-cube numbers=2 sleepMillis=1",
                        "square-cube numbers=2:3:8:9 sleepMillis=1",
                        "bank-balance transfers=3 thinkMicros=100",
                        "sum-of-squares tasks=10 terms=10",
                        "pool-map numbers=5 first=1 parallelism=3",
                        "spawn units=2 squares=10")
                .flatMap(program -> Stream.of("serial", "threads", "processes").map(mode -> {
                    List<String> words = new ArrayList<>(List.of(program.split(" ")));
                    words.add(1, mode);
                    return words;
                }));
        return Stream.concat(inOneWay, inEach);
    }

    /** It checks its own answers, and exits with 1 where one is wrong. */
    @ParameterizedTest
    @MethodSource("smallPrograms")
    void theTextbooksProgramsRunUnderCPythonAndTellTheirSeconds(List<String> words) throws Exception {
        assumeTrue(hasPython(), "no python3");
        List<String> command = new ArrayList<>(List.of("python3", "src/peers/python/textbook.py"));
        command.addAll(words);

        // Workers that are meant to fail leave their tracebacks before it.
        assertThat(Double.parseDouble(
                        PeerProgram.run(command, PATIENCE).lines().toList().getLast()))
                .isPositive();
    }

    private static boolean hasPython() throws InterruptedException {
        try {
            PeerProgram.run(List.of("python3", "--version"), PATIENCE);
            return true;
        } catch (ExecutionException e) {
            return false;
        }
    }

    private static List<Long> descendants() {
        return ProcessHandle.current().descendants().map(ProcessHandle::pid).toList();
    }
}
