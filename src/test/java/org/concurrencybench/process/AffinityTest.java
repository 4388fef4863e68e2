package org.concurrencybench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** With processes of one thread, which {@code /proc} tells the core of. */
@EnabledOnOs(OS.LINUX)
class AffinityTest {

    /** The field of proc_pid_stat(5), counted from the state, that holds the core it ran on last. */
    private static final int CORE_AFTER_STATE = 36;

    private final Affinity affinity = new Affinity();
    private final List<Integer> cores = affinity.cores(ProcessHandle.current().pid());
    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void end() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void whatComputesIsMovedToEachCoreAndIsFreeAfterwards() throws Exception {
        assumeTrue(cores.size() > 1);
        Process process = start("while :; do :; done");
        int there = 0;
        for (int number = 0; number < 20; number++) {
            // In between it may be off its core, waiting; that is running as well.
            assertThat(affinity.moveTheOneThatRuns(process.pid(), number)).isTrue();
            there += core(process) == cores.get(number % cores.size()) ? 1 : 0;
            assertThat(affinity.cores(process.pid())).isEqualTo(cores);
        }
        // The scheduler may have taken it elsewhere again.
        assertThat(there).isGreaterThan(10);
    }

    @Test
    void whatSleepsAndWhatIsBoundIsLeftAlone() throws Exception {
        assertThat(affinity.moveTheOneThatRuns(start("exec sleep 60").pid(), 0)).isFalse();

        Process process = start("while :; do :; done");
        affinity.keepTo(process.pid(), cores.getLast());
        assertThat(affinity.cores(process.pid())).containsExactly(cores.getLast());
        assertThat(affinity.moveTheOneThatRuns(process.pid(), 0)).isFalse();
        assertThat(affinity.cores(process.pid())).containsExactly(cores.getLast());
    }

    @Test
    void whatComputesRunsAndWhatSleepsDoesNot() throws Exception {
        assertThat(Affinity.runs(start("while :; do :; done").pid())).isTrue();
        assertThat(Affinity.runs(start("exec sleep 60").pid())).isFalse();
    }

    @Test
    void ofAProcessThatHasEndedNothingIsKnownAndNothingIsDone() throws Exception {
        Process process = start("exit 0");
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();

        affinity.keepTo(process.pid(), cores.getFirst());

        assertThat(affinity.moveTheOneThatRuns(process.pid(), 0)).isFalse();
        assertThat(affinity.cores(process.pid())).isEmpty();
        assertThat(Affinity.runs(process.pid())).isFalse();
    }

    /** Once it runs what it was given, in place of the JVM that forked it. */
    private Process start(String script) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c", "echo; " + script).start();
        started.add(process);
        assertThat(process.getInputStream().read()).isEqualTo('\n');
        // A moment, in which sh gets from its echo to what it is about.
        boolean _ = process.waitFor(200, TimeUnit.MILLISECONDS);
        return process;
    }

    private static int core(Process process) throws IOException {
        String line = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        return Integer.parseInt(line.substring(line.lastIndexOf(')') + 2).split(" ", -1)[CORE_AFTER_STATE]);
    }
}
