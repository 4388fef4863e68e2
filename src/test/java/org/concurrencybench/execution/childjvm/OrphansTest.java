package org.concurrencybench.execution.childjvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Child JVMs whose parent is killed without warning end by themselves, busy or idle. */
@Timeout(60)
class OrphansTest {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    @AfterEach
    void nothingIsLeft() {
        Leftovers.assertNone();
    }

    @ParameterizedTest
    @ValueSource(strings = {"busy", "idle"})
    void endSoonAfterTheirParentWasKilled(String state) throws Exception {
        Process parent = start(ParentMain.command(state));
        try {
            List<Long> children = awaitPids(parent);
            assertThat(children).hasSize(1 + ParentMain.CHILDREN).noneMatch(Leftovers::isGone);
            assertThat(children.removeFirst()).isEqualTo(parent.pid());

            parent.destroyForcibly().waitFor();

            assertAllGoneSoon(children);
        } finally {
            parent.destroyForcibly().waitFor();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"busy", "idle"})
    @EnabledOnOs(OS.LINUX)
    void endAsSoonWhereNobodyEverWaitsForTheirDeadParent(String state) throws Exception {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "\"$@\" & exec sleep 60", "sh"));
        command.addAll(ParentMain.command(state));
        Process neglectful = start(command);
        try {
            List<Long> children = awaitPids(neglectful);
            long parent = children.removeFirst();

            ProcessHandle.of(parent).orElseThrow().destroyForcibly();

            assertAllGoneSoon(children);
            // Dead, and yet there: or this test shows nothing.
            assertThat(ProcessHandle.of(parent)).isPresent();
        } finally {
            neglectful.destroyForcibly().waitFor();
        }
    }

    private static void assertAllGoneSoon(List<Long> children) {
        Leftovers.await(LIMIT, () -> children.stream().allMatch(Leftovers::isGone));
        assertThat(children).hasSize(ParentMain.CHILDREN).allMatch(Leftovers::isGone);
    }

    private static Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** The parent's process id, then its children's. */
    private static List<Long> awaitPids(Process process) throws IOException {
        String line = process.inputReader().readLine();
        assertThat(line).isNotNull();
        return new ArrayList<>(Arrays.stream(line.split(" ")).map(Long::valueOf).toList());
    }
}
