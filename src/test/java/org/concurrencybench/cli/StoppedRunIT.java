package org.concurrencybench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.concurrencybench.sample.Phase;
import org.concurrencybench.sample.RunEnvironment;
import org.concurrencybench.sample.Sample;
import org.concurrencybench.sample.SampleCsv;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can happen to a run, through {@code run-benchmarks.sh}. */
class StoppedRunIT {

    /** Two cases, three forks each, half a second of measuring in each. */
    private static final String[] SMALL = {
        "--profile",
        "smoke",
        "--workload",
        "square-cube",
        "--model",
        "serial,platform-threads",
        "-p",
        "numbers=2",
        "-p",
        "sleepMillis=50",
        "--name",
        "small",
        "--seed",
        "7"
    };

    @TempDir
    Path directory;

    private Program program;

    @BeforeEach
    void aProgram() throws IOException {
        program = Program.throughScript(directory);
    }

    private List<Sample> samples() throws Exception {
        return SampleCsv.read(program.file("results/small/samples.csv")).samples();
    }

    private Program.Running startAndAwaitSamples(int rows) throws Exception {
        Program.Running running = program.startAtTerminal(SMALL);
        program.awaitSamples("small", rows);
        return running;
    }

    @Test
    void ctrlCOnceReportsWhatThereIs() throws Exception {
        assumeTrue(Program.canHearSignals(), "no env that resets signals");
        Program.Running running = startAndAwaitSamples(3);

        Program.Running.signal("INT", running.all());
        Program.Outcome outcome = running.await();

        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(130);
        assertThat(outcome.out()).contains("square-cube", "index.html");
        assertThat(program.files("results/small")).contains("samples.csv", "summary.csv", "forks.csv");
        assertThat(program.files("charts/small")).contains("index.html");
    }

    /** JMH's forks; the script has children too before it hands on. */
    private static List<ProcessHandle> forks(Program.Running running) {
        return running.process()
                .children()
                .filter(child -> child.info()
                        .arguments()
                        .filter(words -> List.of(words).contains("org.openjdk.jmh.runner.ForkedMain"))
                        .isPresent())
                .toList();
    }

    /** The only fork is frozen, so that it cannot end at the first signal; the second must not wait for it. */
    @Test
    void ctrlCTwiceEndsAtOnce() throws Exception {
        assumeTrue(Program.canHearSignals(), "no env that resets signals");
        // A fork of minutes: the one that is seen is the one that is measured when the signals come.
        Program.Running running = program.startAtTerminal(
                "--profile",
                "smoke",
                "--workload",
                "square-cube",
                "--model",
                "serial",
                "-p",
                "sleepMillis=60000",
                "--name",
                "small");
        Program.awaitThat(() -> !forks(running).isEmpty(), "no fork was started");
        List<ProcessHandle> forks = forks(running);
        List<ProcessHandle> main = List.of(running.process().toHandle());
        try {
            Program.Running.signal("STOP", forks);
            Program.Running.signal("INT", main);
            // Twice the time within which a second signal counts as the same one, and no longer than a person takes.
            TimeUnit.MILLISECONDS.sleep(400);
            assertThat(running.process().isAlive()).isTrue();
            Program.Running.signal("INT", main);

            assertThat(running.await().exitCode()).isEqualTo(130);
            Program.Running.signal("CONT", forks);
            Program.awaitThat(() -> forks.stream().noneMatch(Program::runs), "a fork is left");
        } finally {
            Program.Running.signal("KILL", forks);
        }
        assertThat(program.file("results/small/samples.csv"))
                .content()
                .isEqualTo(String.join(",", SampleCsv.HEADER) + "\r\n");
        assertThat(program.files("charts")).isEmpty();
    }

    @Test
    void afterASigkillTheTableIsValidAndResumeGoesOnWithTheSamePlan() throws Exception {
        Program.Running running = startAndAwaitSamples(4);
        List<ProcessHandle> all = running.all();
        running.process().destroyForcibly().waitFor();
        Program.awaitThat(() -> all.stream().noneMatch(Program::runs), "a process is left");
        List<Sample> before = samples();
        Path table = program.file("results/small/samples.csv");
        // As if it had been killed while it wrote the next row.
        Files.writeString(table, Files.readString(table) + "org.concurrencybench.Half,a-r");
        Files.deleteIfExists(program.file("charts/latest"));

        Program.Outcome resumed = program.run("--resume", "small");

        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(resumed.err()).contains("going on with small", "found ", "are left");
        List<Sample> after = samples();
        assertThat(after).hasSizeGreaterThan(before.size());
        assertThat(after.stream()
                        .filter(sample -> sample.phase() == Phase.MEASUREMENT)
                        .collect(Collectors.groupingBy(
                                sample -> sample.key().model(), Collectors.mapping(Sample::fork, Collectors.toSet()))))
                .hasSize(2)
                .allSatisfy((model, forks) -> assertThat(forks).containsExactly(1, 2, 3));
        assertThat(after.stream()
                        .map(sample -> sample.key() + "#" + sample.fork() + sample.phase() + sample.iteration()))
                .doesNotHaveDuplicates();
        assertThat(program.files("results/small")).contains("summary.csv");
        RunEnvironment environment = RunEnvironment.read(program.file("results/small/environment.json"));
        assertThat(environment.seed()).isEqualTo(7);
        assertThat(environment.endedAt()).isNotEmpty();
        assertThat(environment.after()).containsKey(RunCommand.RUNNERS_SHARE);
        assertThat(Files.getLastModifiedTime(program.file("results/small/environment.json")))
                .as("the runner's share holds the time that the page took")
                .isGreaterThanOrEqualTo(Files.getLastModifiedTime(program.file("charts/small/index.html")));

        for (String name : List.of("jar", "jdk", "cores")) {
            String noted = Objects.requireNonNull(environment.machine().get(name));
            Path file = program.file("results/small/environment.json");
            String text = Files.readString(file);
            Files.writeString(
                    file,
                    text.replace("\"%s\" : \"%s\"".formatted(name, noted), "\"%s\" : \"another\"".formatted(name)));
            Program.Outcome refused = program.run("--resume", "small");
            assertThat(refused.exitCode()).isEqualTo(2);
            assertThat(refused.err())
                    .contains("begun with another " + name + " (another then, " + noted + " now)")
                    .hasLineCount(1);
            Files.writeString(file, text);
        }
    }

    /** The lock file of another user, which may be read and not written. */
    @Test
    void whoHoldsALockFileThatCannotBeOpenedIsNamedToo() throws Exception {
        Path lock = Files.writeString(
                directory.resolve("tmp/jmh.lock"), ProcessHandle.current().pid() + "\n");
        assumeTrue(run("mount", "--bind", lock.toString(), lock.toString()), "this user may not mount");
        try {
            assumeTrue(run("mount", "-o", "remount,bind,ro", lock.toString()), "this user may not remount");
            Program.Outcome outcome = program.run(SMALL);

            assertThat(outcome.exitCode()).isEqualTo(2);
            assertThat(outcome.err())
                    .contains("process " + ProcessHandle.current().pid(), lock.toString())
                    .hasLineCount(1);
        } finally {
            unmount(lock);
        }
    }

    @Test
    void aRunThatIsNotThereCannotGoOn() throws Exception {
        Program.Outcome outcome = program.run("--resume", "nosuch");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err()).contains("no run 'nosuch'").hasLineCount(1);
    }

    @Test
    void aSecondRunIsRefusedAndToldWhoHoldsTheMachine() throws Exception {
        Program.Running running = startAndAwaitSamples(1);

        Program.Outcome second = program.run("--profile", "smoke", "--name", "second");
        long holder = running.process().pid();
        running.process().destroyForcibly().waitFor();

        assertThat(second.exitCode()).isEqualTo(2);
        assertThat(second.err()).contains("process " + holder).hasLineCount(1);
        assertThat(program.files("results/second")).isEmpty();
    }

    private static boolean mount(Path where, String options) throws IOException, InterruptedException {
        Files.createDirectories(where);
        return run("mount", "-t", "tmpfs", "-o", options, "tmpfs", where.toString());
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    private static void unmount(Path where) throws IOException, InterruptedException {
        run("umount", where.toString());
    }

    @Test
    void aDiskThatBecomesFullStopsTheRunWithWhatItHas() throws Exception {
        Path results = program.file("results");
        assumeTrue(mount(results, "size=40m"), "this user may not mount");
        try {
            Program.Running running = startAndAwaitSamples(3);
            fill(results.resolve("filler"));
            Program.Outcome outcome = running.await();

            assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(2);
            assertThat(outcome.out()).contains("square-cube");
            assertThat(outcome.err())
                    .contains("stopped: ", "No space left", "--resume small")
                    .doesNotContain("\tat ");
            assertThat(SampleCsv.read(results.resolve("small/samples.csv")).warnings())
                    .isEmpty();
            assertThat(samples()).isNotEmpty();
        } finally {
            unmount(results);
        }
    }

    /** Until not a byte more goes in; a table may have room left in its last page. */
    private static void fill(Path filler) throws IOException {
        byte[] block = new byte[1 << 16];
        Arrays.fill(block, (byte) 'x');
        try (var out = Files.newOutputStream(filler)) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    @Test
    void aReadOnlyDirectoryIsToldBeforeTheFirstFork() throws Exception {
        Path results = program.file("results");
        assumeTrue(mount(results, "ro"), "this user may not mount");
        try {
            Program.Outcome outcome = program.run(SMALL);

            assertThat(outcome.exitCode()).isEqualTo(2);
            assertThat(outcome.out()).isEmpty();
            assertThat(outcome.err())
                    .contains("results cannot be written", "make that directory writable")
                    .hasLineCount(1);
        } finally {
            unmount(results);
        }
    }

    /** Results may be a disk of their own; charts would then be made beside it, after everything was measured. */
    @Test
    void aPlaceWhereNoChartsCanBeMadeIsToldBeforeTheFirstFork() throws Exception {
        Path root = program.root();
        Path results = program.file("results");
        assumeTrue(run("mount", "--bind", root.toString(), root.toString()), "this user may not mount");
        try {
            assumeTrue(mount(results, "size=40m"), "this user may not mount");
            try {
                assumeTrue(run("mount", "-o", "remount,bind,ro", root.toString()), "this user may not remount");
                Program.Outcome outcome = program.run(SMALL);

                assertThat(outcome.exitCode()).isEqualTo(2);
                assertThat(outcome.out()).isEmpty();
                assertThat(outcome.err())
                        .contains("cannot be written: no permission for " + root)
                        .hasLineCount(1);
                assertThat(program.files("results")).isEmpty();
            } finally {
                unmount(results);
            }
        } finally {
            unmount(root);
        }
    }

    @Test
    void severalJvmsAndFlagsStandSideBySideInOneRun() throws Exception {
        String java = System.getProperty("java.home");

        Program.Outcome outcome = program.run(
                "--profile",
                "smoke",
                "--workload",
                "square-cube",
                "--model",
                "serial",
                "-p",
                "numbers=2",
                "--name",
                "two",
                "--jvm",
                java,
                "--jvm-args=-XX:+UseSerialGC",
                "--jvm-args=-XX:+UseParallelGC");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(SampleCsv.read(program.file("results/two/samples.csv")).samples())
                .extracting(sample -> sample.key().params().get("flags").orElse("") + " "
                        + sample.key().params().get("jvm").orElse(""))
                .contains(
                        "-XX:+UseSerialGC " + Runtime.version().feature() + versionTail(),
                        "-XX:+UseParallelGC " + Runtime.version().feature() + versionTail());
    }

    private static String versionTail() {
        String version = System.getProperty("java.version");
        return version.substring(Integer.toString(Runtime.version().feature()).length());
    }
}
