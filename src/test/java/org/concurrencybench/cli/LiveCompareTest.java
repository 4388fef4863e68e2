package org.concurrencybench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Jars that are measured live, as far as that goes without measuring: what they say, and what is said of them. */
class LiveCompareTest {

    @TempDir
    private Path root;

    @Test
    void jarsWithoutACaseInCommonAreListedAndNothingIsCompared() throws IOException {
        Call call = compare(jar("a.jar", "a.B.old"), jar("b.jar", "a.B.fresh"));

        assertThat(call.exitCode()).isEqualTo(4);
        assertThat(call.out())
                .containsPattern("only in baseline +a.B.old")
                .containsPattern("only in candidate +a.B.fresh");
        assertThat(complaints(call)).singleElement().asString().contains("are they of the same benchmarks?");
    }

    @Test
    void jarsOfWhichEveryCaseCrashesAreSaidToHaveFailedAndTheReportHasTheSelfTestsNote() throws IOException {
        Path jar = jar("a.jar", "a.B.c crashes");

        Call call = compare(jar, jar, "-wi", "0", "-w", "1s", "-i", "2", "-r", "50ms");

        assertThat(call.exitCode()).isEqualTo(5);
        assertThat(call.out())
                .contains("it failed in the baseline: exit code 1: boom, called with -wi 0 -w 1000ms -i 2 -r 50ms ")
                .contains("it failed in the candidate: ")
                .contains("no self-test of this machine is kept here; compare --self-test takes one");
        assertThat(complaints(call))
                .singleElement()
                .asString()
                .contains("every case that could have been compared failed");
    }

    @Test
    void aBudgetThatHoldsNoPairOfForksIsSaidToHaveComparedNothing() throws IOException {
        Path jar = jar("a.jar", "a.B.c");

        Call call = compare(jar, jar, "--budget", "1ms");

        assertThat(call.exitCode()).isEqualTo(4);
        assertThat(call.out()).contains("undecided", "the budget ended before both sides were measured");
        assertThat(complaints(call)).singleElement().asString().contains("take a longer --budget");
        assertThat(root.resolve("charts/comparison")).isDirectoryContaining("glob:**index.html");
    }

    @Test
    void whereFlagsDifferTheSidesAreNamedByThemAndThatIsSaidFirst() throws IOException {
        Path jar = jar("a.jar", "a.B.c crashes");

        Call call = compare(jar, jar, "--jvm-args", "-Xmx64m", "--baseline-jvm-args", "", "--format", "json");

        JsonNode whole = JsonMapper.shared().readTree(call.out());
        assertThat(whole.path("baseline").stringValue())
                .startsWith(jar + " (JDK " + Runtime.version().feature())
                .endsWith(", no flags)");
        assertThat(whole.path("candidate").stringValue()).endsWith(", -Xmx64m)");
        assertThat(whole.path("warnings").get(0).stringValue())
                .isEqualTo("the sides run with different flags: baseline with no flags, candidate with -Xmx64m");
    }

    @Test
    void jarsThatCannotBeMeasuredAreRefusedInOneLine() throws IOException {
        Path good = jar("good.jar", "a.B.c");

        refused(compare(good, FakeJmh.jarOfSomethingElse(root.resolve("other.jar"))), "other.jar is not a JMH jar");
        refused(
                compare(good, jar("mute.jar", "mute")),
                "mute.jar does not list its benchmarks (exit code 3): no list today");
    }

    @Test
    void anEarlierSelfTestStaysBesideTheOneThatIsBegun() throws IOException {
        Path file = root.resolve("results/self-test.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "hours of it");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-11-24T01:02:03Z")));

        Call call = Call.of(
                root,
                "compare",
                "--self-test",
                jar("a.jar", "a.B.c").toString(),
                "--same-code",
                "1",
                "--slowdown",
                "none",
                "--budget",
                "1ms");

        assertThat(call.exitCode()).as(call.err()).isEqualTo(ExitCode.NOTHING_MEASURED.number());
        assertThat(complaints(call))
                .singleElement()
                .asString()
                .contains("nothing was put on trial; take a longer --budget");
        assertThat(call.out()).contains("0 of 0 comparisons gave a false alarm");
        assertThat(root.resolve("results/self-test-2026-11-24T010203Z.json")).hasContent("hours of it");
        assertThat(Files.readString(file)).contains("\"trials\"");
    }

    private static void refused(Call call, String message) {
        assertThat(call.exitCode()).isEqualTo(2);
        assertThat(complaints(call)).singleElement().asString().contains(message);
        assertThat(call.out()).isEmpty();
    }

    private static List<String> complaints(Call call) {
        return call.err()
                .lines()
                .filter(line -> line.startsWith("run-benchmarks: ") && !line.contains(" warning: "))
                .toList();
    }

    private Path jar(String name, String... lines) throws IOException {
        return FakeJmh.jar(root.resolve(name), lines);
    }

    private Call compare(Path baseline, Path candidate, String... options) {
        List<String> words = new ArrayList<>(List.of("compare", baseline.toString(), candidate.toString()));
        words.addAll(List.of(options));
        return Call.of(root, words.toArray(new String[0]));
    }
}
