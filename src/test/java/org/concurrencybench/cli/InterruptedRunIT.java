package org.concurrencybench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.concurrencybench.sample.RunEnvironment;
import org.concurrencybench.sample.SampleCsv;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that are stopped, killed, or whose children die. */
class InterruptedRunIT {

    /** Long enough to be caught in the middle: batches of a second, nine forks. */
    private static final String[] LONG = {
        "--profile", "smoke", "--workload", "square-cube", "--model", "serial,child-jvms,child-jvms-cold",
        "-p", "numbers=2", "-p", "sleepMillis=300", "--name", "long"
    };

    /** No fork of this one ends within the test. */
    private static final String[] ENDLESS = {
        "--profile",
        "smoke",
        "--workload",
        "square-cube",
        "--model",
        "child-jvms",
        "-p",
        "sleepMillis=10000",
        "--name",
        "endless"
    };

    private static final String CHILD_MAIN = "org.concurrencybench.execution.childjvm.ChildMain";

    @TempDir
    Path directory;

    private Program program;

    @BeforeEach
    void aProgram() throws IOException {
        program = new Program(directory);
    }

    private static void assertAllEndWithin(long millis, List<ProcessHandle> processes) throws InterruptedException {
        long start = System.nanoTime();
        long deadline = start + TimeUnit.MILLISECONDS.toNanos(millis);
        while (processes.stream().anyMatch(Program::runs) && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        System.out.printf(
                "%d processes: waited %d ms for their end%n",
                processes.size(), (System.nanoTime() - start) / 1_000_000);
        assertThat(processes).noneMatch(Program::runs);
    }

    /** One second is what the program promises; a machine that others load gets three. */
    @Test
    void sigkillLeavesAValidTableAndNoProcessAndAReportCanBeMadeOfIt() throws Exception {
        Program.Running running = program.start(LONG);
        program.awaitSamples("long", 3);
        Program.awaitThat(() -> !running.grandchildren().isEmpty(), "no child JVM was started");
        List<ProcessHandle> all = running.all();

        running.process().destroyForcibly();

        assertAllEndWithin(3000, all);
        assertThat(all).hasSizeGreaterThan(2);
        SampleCsv.SampleFile file = SampleCsv.read(program.file("results/long/samples.csv"));
        assertThat(file.samples()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(file.warnings()).hasSizeLessThanOrEqualTo(1);
        assertThat(RunEnvironment.read(program.file("results/long/environment.json"))
                        .endedAt())
                .isEmpty();
        assertThat(program.files("charts")).isEmpty();

        Program.Outcome report = program.run("report", "long");
        assertThat(report.exitCode()).as(report.err()).isZero();
        assertThat(report.out()).contains("square-cube");
        assertThat(program.files("charts/long")).contains("index.html");
    }

    /** A terminal signals all processes of the group; a supervisor only the one that it started. */
    @ParameterizedTest
    @ValueSource(strings = {"INT group", "INT", "TERM", "HUP"})
    void aSignalEndsTheRunWithWhatItHas(String how) throws Exception {
        assumeTrue(Program.canHearSignals(), "no env that resets signals");
        Program.Running running = program.startAtTerminal(LONG);
        program.awaitSamples("long", 3);
        Program.awaitThat(() -> running.all().size() > 1, "no further fork was started");
        List<ProcessHandle> all = running.all();

        Program.Running.signal(
                how.split(" ", -1)[0],
                how.endsWith("group") ? all : List.of(running.process().toHandle()));
        Program.Outcome outcome = running.await();

        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(130);
        assertAllEndWithin(3000, all);
        assertThat(outcome.out()).contains("square-cube", "index.html");
        assertThat(outcome.err()).doesNotContain("failed", "fault", "\tat ");
        assertThat(program.files("results/long"))
                .containsExactly("environment.json", "forks.csv", "jmh.json", "samples.csv", "summary.csv");
        assertThat(program.files("charts/long")).contains("index.html", "time-square-cube.png");
        RunEnvironment environment = RunEnvironment.read(program.file("results/long/environment.json"));
        assertThat(environment.failures()).isEmpty();
        assertThat(environment.endedAt()).isNotEmpty();
        assertThat(SampleCsv.read(program.file("results/long/samples.csv")).warnings())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT group", "INT"})
    void aSignalBeforeTheFirstForkHasEndedLeavesNothing(String how) throws Exception {
        assumeTrue(Program.canHearSignals(), "no env that resets signals");
        Program.Running running = program.startAtTerminal(ENDLESS);
        Program.awaitThat(() -> !running.grandchildren().isEmpty(), "no child JVM was started");
        List<ProcessHandle> all = running.all();

        Program.Running.signal(
                "INT", how.endsWith("group") ? all : List.of(running.process().toHandle()));
        Program.Outcome outcome = running.await();

        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(130);
        assertAllEndWithin(3000, all);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).contains("nothing is left");
        assertThat(program.files("results")).isEmpty();
        assertThat(program.files("charts")).isEmpty();
    }

    /** Child JVMs are killed as they appear, by somebody else, as the kernel does when memory is short. */
    private static Program.Outcome killChildJvms(Program.Running running) throws IOException, InterruptedException {
        Thread killer = Thread.ofPlatform().daemon().start(() -> {
            while (running.process().isAlive()) {
                // Not before it is one: what the JDK starts it through would fail in words of its own.
                running.grandchildren().stream()
                        .filter(child -> child.info()
                                .arguments()
                                .filter(words -> List.of(words).contains(CHILD_MAIN))
                                .isPresent())
                        .forEach(ProcessHandle::destroyForcibly);
                // Often enough that no child answers first, and the core is left to those that start.
                LockSupport.parkNanos(500_000);
            }
        });
        Program.Outcome outcome = running.await();
        killer.join();
        return outcome;
    }

    @Test
    void aCaseWhoseChildrenDieIsToldAndTheOthersAreMeasured() throws Exception {
        Program.Outcome outcome = killChildJvms(program.start(
                "--profile",
                "smoke",
                "--workload",
                "sum-of-squares",
                "-p",
                "tasks=1000",
                "--model",
                "serial,child-jvms",
                "--name",
                "some"));

        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(5);
        List<RunEnvironment.Failure> failures = RunEnvironment.read(program.file("results/some/environment.json"))
                .failures();
        assertThat(failures).hasSize(1);
        assertThat(failures.getFirst().model()).isEqualTo("child-jvms");
        assertThat(failures.getFirst().reason())
                .contains("child JVM", "signal 9", "137", "its stderr", "its command: ", "ChildMain")
                .hasLineCount(1);
        assertThat(outcome.out()).contains("failed", "signal 9", "serial");
        assertThat(outcome.err()).contains("failed: sum-of-squares child-jvms").doesNotContain("\tat ");
        assertThat(program.file("charts/some/index.html")).content().contains("signal 9", "ChildMain");
        assertThat(SampleCsv.read(program.file("results/some/samples.csv")).samples())
                .extracting(sample -> sample.key().model())
                .containsOnly("serial");

        assertThat(program.run("report", "some").exitCode()).isEqualTo(5);
    }

    @Test
    void aRunOfWhichEveryCaseFailsSaysSoAndLeavesAPage() throws Exception {
        Program.Outcome outcome = killChildJvms(program.start(
                "--profile", "smoke", "--workload", "sum-of-squares", "--model", "child-jvms", "--name", "none"));

        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(4);
        assertThat(outcome.out()).contains("signal 9");
        assertThat(program.file("charts/none/index.html")).content().contains("signal 9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"results", "charts"})
    void aFullDiskIsToldInOneLineBeforeAnythingIsWritten(String where) throws Exception {
        Path small = Files.createDirectory(program.file(where));
        Process mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", small.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assumeTrue(mount.waitFor() == 0, "this user may not mount");
        try {
            Program.Outcome outcome = program.run("--profile", "smoke", "--name", "full");

            assertThat(outcome.exitCode()).isEqualTo(2);
            assertThat(outcome.out()).isEmpty();
            assertThat(outcome.err()).contains("MB free").hasLineCount(1);
            assertThat(program.files("")).containsExactly(where);
        } finally {
            new ProcessBuilder("umount", small.toString()).start().waitFor();
        }
    }
}
