package org.concurrencybench.execution.childjvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.concurrencybench.workload.ChannelKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Child JVMs whose parent is killed without warning end by themselves, busy or idle, and clear up after it. */
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
            addSocket(Leftovers.files(parent.pid()));

            parent.destroyForcibly().waitFor();

            assertAllGone(LIMIT, parent.pid(), children);
        } finally {
            parent.destroyForcibly().waitFor();
        }
    }

    @Test
    void endAndClearUpOnceTheyAreUpIfTheirParentWasKilledWhileTheyStarted() throws Exception {
        Process parent = start(ParentMain.command("starting"));
        try {
            List<Long> children = awaitPids(parent);
            assertThat(children.removeFirst()).isEqualTo(parent.pid());

            parent.destroyForcibly().waitFor();

            assertAllGone(Duration.ofSeconds(30), parent.pid(), children);
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
            addSocket(Leftovers.files(parent));

            ProcessHandle.of(parent).orElseThrow().destroyForcibly();

            assertAllGone(LIMIT, parent, children);
            // Dead, and yet there: or this test shows nothing.
            assertThat(ProcessHandle.of(parent)).isPresent();
        } finally {
            neglectful.destroyForcibly().waitFor();
        }
    }

    /** Beside the segment, a lock's file and a channel's pipe, where the name of a channel's socket would be. */
    private static void addSocket(List<String> files) throws IOException {
        int pipes = MappedState.unavailable(ChannelKind.PIPE).isEmpty() ? 1 : 0;
        assertThat(files).hasSize(2 + pipes);
        String segment =
                files.stream().min(Comparator.comparingInt(String::length)).orElseThrow();
        assertThat(files).allMatch(file -> file.startsWith(segment));
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(segment + "-256.sock"))
                .close();
        assertThat(Path.of(segment + "-256.sock")).exists();
    }

    private static void assertAllGone(Duration limit, long parent, List<Long> children) {
        Leftovers.await(
                limit,
                () -> children.stream().allMatch(Leftovers::isGone)
                        && Leftovers.files(parent).isEmpty());
        assertThat(children).hasSize(ParentMain.CHILDREN).allMatch(Leftovers::isGone);
        assertThat(Leftovers.files(parent)).isEmpty();
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
