package org.concurrencybench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.concurrencybench.runner.Machine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three functions measured from the README's words alone: its commands, as they stand there, in a directory of their own. */
class OwnCodeReadmeIT {

    /** What OwnAdvice asks of a speed-up. */
    private static final double WORTH_IT = 1.05;

    private static final double ROUNDED = 0.006;

    private static final Pattern ROW = Pattern.compile(
            "(?m)^ +(?<model>platform-threads|child-jvms) +(?<units>[0-9]+) .* (?<speedup>[0-9.]+)x +\\[(?<low>[0-9.]+), (?<high>[0-9.]+)\\]");

    @TempDir
    private Path directory;

    @Test
    void theFirstTwoGetTheAdviceThatTheirNatureCallsForAndTheThirdIsCaught() throws Exception {
        List<String> commands = commands();
        assertThat(commands).hasSize(4);
        Program program = Program.throughScript(directory);
        Path source = Path.of("src/examples/com/acme/Thumbnails.java");
        Files.createDirectories(program.file(source.toString()).getParent());
        Files.copy(Program.PROJECT.resolve(source), program.file(source.toString()));
        // Newer than the build as it stands here, though no part of it.
        Files.setLastModifiedTime(
                program.file("target/.built"), FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(program.shell(commands.getFirst()).exitCode()).isZero();

        Program.Outcome waits = program.shell(commands.get(1));
        Program.Outcome computes = program.shell(commands.get(2));
        Program.Outcome unsafe = program.shell(commands.get(3));

        assertThat(waits.exitCode()).as(waits.err()).isZero();
        assertThat(waits.out())
                .containsPattern("Your tasks wait (9[0-9]|100)% of the time \\(.*asleep or parked")
                .containsPattern("Of our workloads, seen by the same clock, square-cube is the nearest")
                .containsPattern("Fastest: (virtual|platform)-threads with [0-9]+ units at [0-9]");
        assertThat(computes.exitCode()).as(computes.err()).isZero();
        assertThat(computes.out())
                .containsPattern("Your tasks wait [0-9]% of the time")
                .contains("cpu-bound: own-function");
        assertAdvisesWhatComputes(computes.out());
        assertThat(unsafe.exitCode()).as(unsafe.err()).isEqualTo(ExitCode.SOME_FAILED.number());
        assertThat(unsafe.out())
                .contains("Out of the question as it is: platform-threads failed (")
                .contains("usually means that the function is not thread-safe");
    }

    /**
     * What the table calls for: how fast threads are here and now is the machine's business, and what follows from it is ours. A
     * printed interval may be rounded to the other side of what is worth it.
     */
    private static void assertAdvisesWhatComputes(String out) {
        List<Row> rows = ROW.matcher(out).results().map(Row::of).toList();
        assertThat(rows).as(out).isNotEmpty();
        Set<String> called = new TreeSet<>();
        for (double worthIt : new double[] {WORTH_IT - ROUNDED, WORTH_IT + ROUNDED}) {
            List<Row> worth = rows.stream().filter(row -> row.low() >= worthIt).toList();
            double best = worth.stream().mapToDouble(Row::speedup).max().orElse(0);
            worth.stream()
                    .filter(row -> row.speedup() >= best - ROUNDED)
                    .forEach(row -> called.add("Fastest: %s with %d units at ".formatted(row.model(), row.units())));
            if (worth.isEmpty()) {
                called.add(rows.stream().anyMatch(row -> row.high() >= worthIt) ? "Undecided: " : "Not worth it: ");
            }
        }
        assertThat(called).as(out).anyMatch(out::contains);
        if (new Machine().cores() == 1) {
            assertThat(out).doesNotContain("Fastest: ");
        }
    }

    /** A model's row of the table: its speed-up with its interval. */
    private record Row(String model, int units, double speedup, double low, double high) {

        static Row of(MatchResult found) {
            return new Row(
                    found.group("model"),
                    Integer.parseInt(found.group("units")),
                    Double.parseDouble(found.group("speedup")),
                    Double.parseDouble(found.group("low")),
                    Double.parseDouble(found.group("high")));
        }
    }

    /** The commands of the section's first block that are about the examples. */
    private static List<String> commands() throws Exception {
        String readme = Files.readString(Program.PROJECT.resolve("README.md"));
        String section = readme.substring(readme.indexOf("## Your own code"));
        int start = section.indexOf("```sh\n") + "```sh\n".length();
        return section.substring(start, section.indexOf("```", start))
                .replace("\\\n", "")
                .lines()
                .toList();
    }
}
