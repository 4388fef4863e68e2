package org.concurrencybench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that end before anything is measured. */
class CommandLineTest {

    @TempDir
    Path root;

    private static void assertIsOneLineOnStderr(Call call) {
        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.out()).isEmpty();
        assertThat(call.err()).startsWith("run-benchmarks: ").hasLineCount(1).endsWith(System.lineSeparator());
    }

    /** The last two columns: what must be suggested, and one more of the names that are allowed. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "run --workload sum-of-squars,         workload,  sum-of-squares,   bank-balance",
                "run --workload Bank_Balance,          workload,  bank-balance,     square-cube",
                "run --model seriel,                   model,     serial,           child-jvms-cold",
                "run --model VIRTUAL_THREADS,          model,     virtual-threads,  platform-threads",
                "run --profile smok,                   profile,   smoke,            textbook",
                "run -p taks=3,                        parameter, tasks,            thinkMicros",
                "run -p sleepmillis=3,                 parameter, sleepMillis,      parallelism",
                "run --modle serial,                   option,    --model,          --workload",
                "--modle=serial,                       option,    --model,          --profile",
                "report --nmae x y,                    option,    --name,           --help",
                "list --hepl,                          option,    --help,           --version",
                "rnu,                                  command,   run,              report",
                "lsit,                                 command,   list,             jmh"
            })
    void anUnknownNameIsToldWithTheNearestAndAllThatAreAllowed(
            String words, String what, String nearest, String another) {
        Call call = Call.of(root, words.split(" ", -1));

        assertIsOneLineOnStderr(call);
        assertThat(call.err()).contains("unknown " + what + " '", "did you mean " + nearest + "?", nearest, another);
        assertThat(root).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run --model fibers",
                "-x",
                "zzz",
                "-p tasks=0",
                "-p tasks=-1",
                "-p tasks=010",
                "-p tasks=1e3",
                "-p tasks=",
                "-p tasks=99999999999999999999",
                "-p tasks=10,0",
                "-p split=by-colour",
                "-p parallelism=0",
                "-p tasks",
                "-p =3",
                "-p",
                "--profile",
                "--seed many",
                "--profile smoke --profile full",
                "run more",
                "run run",
                "list more",
                "report",
                "report a b",
                "report nosuch",
                "report nosuch --name ../x",
                "--name ../x",
                "--name latest",
                "--name=",
                "--name -x",
                "--workload sum-of-squares -p numbers=3",
                "--workload="
            })
    void aWrongCallEndsInOneLine(String words) {
        assertIsOneLineOnStderr(Call.of(root, words.split(" ", -1)));
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void aParameterOutOfRangeIsToldWithItsWorkloadItsValueAndItsRange() {
        Call call = Call.of(root, "--workload", "sum-of-squares", "-p", "tasks=100000001");

        assertThat(call.err())
                .contains(
                        "sum-of-squares: parameter tasks is '100000001', but must be a whole number from 1 to 100000000");
    }

    @Test
    void aWordWithALineBreakStillMakesOneLine() {
        assertIsOneLineOnStderr(Call.of(root, "--workload", "a\nb"));
        assertIsOneLineOnStderr(Call.of(root, "-p", "tasks=1\r\n2"));
        assertIsOneLineOnStderr(Call.of(root, "report", "a\nb"));
    }

    @ParameterizedTest
    @CsvSource({
        "--help,        Commands:",
        "-h,            Commands:",
        "run --help,    --workload",
        "list --help,   'Shows the cases'",
        "report --help, RUN-or-FILE",
        "--version,     concurrency-benchmarks",
        "run --version, concurrency-benchmarks"
    })
    void helpAndVersionGoToStdout(String words, String expected) {
        Call call = Call.of(root, words.split(" ", -1));

        assertThat(call.exitCode()).isZero();
        assertThat(call.out()).contains(expected);
        assertThat(call.err()).isEmpty();
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void listShowsWorkloadsParametersModelsAndProfiles() {
        Call call = Call.of(root, "list");

        assertThat(call.exitCode()).isZero();
        assertThat(call.err()).isEmpty();
        assertThat(call.out())
                .contains("square-cube (sleep-bound)", "sum-of-squares (cpu-bound)", "bank-balance (lock-contended)")
                .contains("-p sleepMillis=50", "-p parallelism=")
                .contains("  teaches: waiting overlaps", "  models: serial, platform-threads, ", "-p list=2:3:4:5:6")
                .contains("serial×1", "child-jvms-cold×2")
                .contains("smoke", "standard", "full", "textbook");
    }

    @Test
    void theNameOfARunThatIsThereIsRefused() throws IOException {
        Files.createDirectories(root.resolve("results/mine"));

        Call call = Call.of(root, "--name", "mine");

        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.err()).contains("mine is there already").hasLineCount(1);
        assertThat(root.resolve("results/mine")).isEmptyDirectory();
        assertThat(root.resolve("charts")).doesNotExist();
    }

    @Test
    void theNameOfChartsThatAreThereIsRefused() throws IOException {
        Files.createDirectories(root.resolve("charts/mine"));

        Call call = Call.of(root, "--name", "mine");

        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.err()).contains("mine is there already").hasLineCount(1);
        assertThat(root.resolve("results")).doesNotExist();
    }

    /** What they say is part of the plan that was begun. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--profile smoke",
                "--precision 3%",
                "--budget 5m",
                "--jvm-args flags",
                "--timeout 60s",
                "--workload square-cube",
                "--model serial",
                "-p tasks=3",
                "--name other",
                "--seed 7",
                "--function a.B::c",
                "--inputs 1..3"
            })
    void whatWouldBeIgnoredBesideResumeIsRefused(String words) {
        Call call = Call.of(root, ("--resume mine " + words).split(" ", -1));

        assertIsOneLineOnStderr(call);
        assertThat(call.err()).contains("the plan of 'mine'", "leave out " + words.split(" ", -1)[0]);
    }

    @Test
    void chartsThatAreNoDirectoryAreRefusedBeforeAnythingIsMeasured() throws IOException {
        Files.writeString(root.resolve("charts"), "a file");

        Call call = Call.of(root, "--name", "mine");

        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.err()).contains("charts: it is no directory").hasLineCount(1);
        assertThat(root.resolve("results")).doesNotExist();
    }

    @Test
    void resultsThatAreNoDirectoryAreRefused() throws IOException {
        Files.writeString(root.resolve("results"), "a file");

        Call call = Call.of(root, "--name", "mine");

        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(call.err()).contains("results").hasLineCount(1);
    }
}
