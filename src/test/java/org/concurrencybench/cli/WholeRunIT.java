package org.concurrencybench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.concurrencybench.sample.Phase;
import org.concurrencybench.sample.RunEnvironment;
import org.concurrencybench.sample.Sample;
import org.concurrencybench.sample.SampleCsv;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One small run of the built program, and what its files are good for afterwards. */
class WholeRunIT {

    private static final String[] SMALL = {
        "--profile", "smoke", "--workload", "sum-of-squares", "-p", "tasks=1000", "--model", "serial,platform-threads"
    };

    @TempDir
    static Path shared;

    @TempDir
    Path directory;

    private static Program program;
    private static Program.Outcome outcome;

    @BeforeAll
    static void aRun() throws IOException, InterruptedException {
        program = new Program(shared);
        outcome = program.run(concat(SMALL, "--name", "small", "--seed", "7"));
    }

    private static String[] concat(String[] words, String... more) {
        return Stream.of(words, more).flatMap(Stream::of).toArray(String[]::new);
    }

    private static Map<String, byte[]> contents(String under) throws IOException {
        Map<String, byte[]> contents = new HashMap<>();
        for (String file : program.files(under)) {
            contents.put(file, Files.readAllBytes(program.file(under).resolve(file)));
        }
        return contents;
    }

    @Test
    void leavesItsFilesAndBothLinks() throws IOException {
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(program.files("results/small"))
                .containsExactly("environment.json", "forks.csv", "jmh.json", "samples.csv", "summary.csv");
        assertThat(program.files("charts/small"))
                .contains("index.html", "speedup.svg", "speedup.png", "time-sum-of-squares.svg");
        assertThat(Files.readSymbolicLink(program.file("results/latest"))).isEqualTo(Path.of("small"));
        assertThat(Files.readSymbolicLink(program.file("charts/latest"))).isEqualTo(Path.of("small"));
    }

    @Test
    void printsTheTableTheAnswerAndWhereThePageIs() {
        assertThat(outcome.out())
                .contains("sum-of-squares", "platform-threads", "speed-up", "CPU-bound work: ")
                .contains(program.file("charts/small/index.html").toString());
        assertThat(outcome.err())
                .contains("measuring 2 cases, up to 3 forks each", "order: seed 7", "[0/6]", "[5/6]")
                .doesNotContain("\r", "\u001b")
                .doesNotContainIgnoringCase("warning")
                .doesNotContainIgnoringCase("unsafe")
                .doesNotContainIgnoringCase("restricted")
                .doesNotContainIgnoringCase("slf4j");
        assertThat(outcome.err().lines().filter(line -> !line.startsWith("machine: ")))
                .hasSizeBetween(7, 8);
    }

    @Test
    void everyForkIsInTheTableWithAllItsIterations() throws Exception {
        SampleCsv.SampleFile file = SampleCsv.read(program.file("results/small/samples.csv"));

        assertThat(file.warnings()).isEmpty();
        // 2 cases × 3 forks × 3 measured; how many warm-ups there are, the first fork tells.
        assertThat(file.samples().stream().filter(sample -> sample.phase() == Phase.MEASUREMENT))
                .hasSize(18);
        assertThat(file.samples()).extracting(Sample::fork).containsOnly(1, 2, 3);
    }

    @Test
    void theEnvironmentSaysWhatWasMeasuredAndThatItEnded() throws Exception {
        RunEnvironment environment = RunEnvironment.read(program.file("results/small/environment.json"));

        assertThat(environment.profile()).isEqualTo("smoke");
        assertThat(environment.seed()).isEqualTo(7);
        assertThat(environment.endedAt()).isGreaterThanOrEqualTo(environment.startedAt());
        assertThat(environment.failures()).isEmpty();
    }

    /** Results get published. */
    @Test
    void noFileNamesADirectoryOfThisMachine() throws IOException {
        for (String under : List.of("results/small", "charts/small")) {
            contents(under)
                    .forEach((name, bytes) -> assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
                            .as(name)
                            .doesNotContain(
                                    program.root().toString(),
                                    Program.PROJECT.toAbsolutePath().toString(),
                                    System.getProperty("java.home"),
                                    System.getProperty("user.home") + "/"));
        }
    }

    @Test
    void reportMakesTheSamePageAndChartsAgain() throws Exception {
        Map<String, byte[]> charts = contents("charts/small");
        Map<String, byte[]> results = contents("results/small");
        assertThat(charts).isNotEmpty();
        for (String file : charts.keySet()) {
            Files.delete(program.file("charts/small").resolve(file));
        }
        Files.delete(program.file("results/small/summary.csv"));

        Program.Outcome again = program.run("report", "latest");

        assertThat(again.exitCode()).as(again.err()).isZero();
        assertThat(again.err()).isEmpty();
        assertThat(again.out()).isEqualTo(outcome.out());
        assertThat(contents("charts/small")).containsExactlyInAnyOrderEntriesOf(charts);
        assertThat(contents("results/small")).containsExactlyInAnyOrderEntriesOf(results);
    }

    @Test
    void reportWorksOnACsvAloneWhereverItLies() throws Exception {
        Program elsewhere = new Program(directory);
        Path copy = Files.copy(program.file("results/small/samples.csv"), directory.resolve("copied here.csv"));

        Program.Outcome unnamed = elsewhere.run("report", copy.toString());
        Program.Outcome named = elsewhere.run("report", copy.toString(), "--name", "copy");

        assertThat(unnamed.exitCode()).isEqualTo(2);
        assertThat(unnamed.err()).contains("--name").hasLineCount(1);
        assertThat(named.exitCode()).as(named.err()).isZero();
        assertThat(named.out()).contains("platform-threads", "charts/copy/index.html");
        assertThat(elsewhere.files("charts/copy")).contains("index.html", "speedup.svg");
        assertThat(elsewhere.files("results")).isEmpty();
    }

    @Test
    void reportWorksOnARunWhoseEnvironmentIsGoneOrBroken() throws Exception {
        Program other = new Program(directory);
        Path run = Files.createDirectories(other.file("results/bare"));
        Files.copy(program.file("results/small/samples.csv"), run.resolve("samples.csv"));

        Program.Outcome without = other.run("report", "bare");
        Files.writeString(run.resolve("environment.json"), "{");
        Program.Outcome broken = other.run("report", "bare");

        assertThat(without.exitCode()).as(without.err()).isZero();
        assertThat(other.file("charts/bare/index.html")).content().contains("machine unknown");
        assertThat(broken.exitCode()).isEqualTo(2);
        assertThat(broken.err()).contains("environment.json").hasLineCount(1);
    }

    @Test
    void aBrokenCsvIsToldWithItsFileAndLine() throws Exception {
        Program other = new Program(directory);
        Path csv = directory.resolve("broken.csv");
        List<String> lines = Files.readAllLines(program.file("results/small/samples.csv"));
        Files.writeString(
                csv,
                String.join("\r\n", lines.get(0), lines.get(1), lines.get(2).replace("ms/op,lower", "ms/op,sideways"))
                        + "\r\n");

        Program.Outcome broken = other.run("report", csv.toString());

        assertThat(broken.exitCode()).isEqualTo(2);
        assertThat(broken.err()).contains("broken.csv:3:").hasLineCount(1);
        assertThat(other.files("")).isEmpty();
    }

    @Test
    void theNameOfARunThatIsThereIsRefused() throws Exception {
        Program.Outcome again = program.run(concat(SMALL, "--name", "small"));

        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.out()).isEmpty();
        assertThat(again.err()).contains("small is there already").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--workload sum-of-squars",
                "--model seriel",
                "--profile smok",
                "-p taks=1",
                "--modle serial",
                "rnu",
                "report nosuch"
            })
    void anUnknownNameEndsTheProgramWithOneLineAndExitCodeTwo(String words) throws Exception {
        Program.Outcome wrong = new Program(directory).run(words.split(" ", -1));

        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.out()).isEmpty();
        assertThat(wrong.err()).hasLineCount(1);
    }

    @Test
    void aMachineWithoutFontsGetsAWarningAndEverythingButCharts() throws Exception {
        Program other = new Program(directory);
        Path noFonts = Files.writeString(directory.resolve("fonts.conf"), "<?xml version=\"1.0\"?><fontconfig/>");

        Program.Outcome plain = other.start(
                        List.of(),
                        Map.of("FONTCONFIG_FILE", noFonts.toString()),
                        // The JDK remembers in the home directory which fonts it found before.
                        List.of("-Duser.home=" + directory),
                        concat(SMALL, "--name", "plain", "--model", "serial"))
                .await();

        assertThat(plain.exitCode()).as(plain.err()).isZero();
        assertThat(plain.err()).contains("warning: no charts");
        assertThat(plain.out()).contains("sum-of-squares", "serial");
        assertThat(other.files("results/plain")).contains("samples.csv", "summary.csv", "jmh.json");
        assertThat(other.files("charts/plain")).containsExactlyInAnyOrder("index.html", "report.md");
    }

    @Test
    void theSeedAloneGivesTheOrderOfForks() throws Exception {
        Program other = new Program(directory);

        Program.Outcome again = other.run(concat(SMALL, "--name", "again", "--seed", "7"));

        assertThat(order(again)).isEqualTo(order(outcome)).hasSize(6);
    }

    private static List<String> order(Program.Outcome of) {
        return of.err()
                .lines()
                .filter(line -> line.startsWith("["))
                .map(line -> line.substring(line.indexOf("left: ")))
                .toList();
    }
}
