package org.concurrencybench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.concurrencybench.runner.Machine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three functions measured from the README's words alone: its commands, as they stand there, in a directory of their own. */
class OwnCodeReadmeIT {

    /** As many as the command's inputs. */
    private static final int CALLS = 20;

    private static final Pattern UNDECIDED =
            Pattern.compile("Undecided: .* times one thread's speed \\[(?<low>-?[0-9.]+), (?<high>[0-9.]+)\\]");

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

    /** Units for all cores; where a busy machine leaves the answer open, its interval has to say so. */
    private static void assertAdvisesWhatComputes(String out) {
        int cores = new Machine().cores();
        if (cores == 1) {
            assertThat(out).containsPattern("(Not worth it|Undecided): ").doesNotContain("Fastest: ");
            return;
        }
        Matcher open = UNDECIDED.matcher(out);
        if (open.find()) {
            assertThat(Double.parseDouble(open.group("low"))).as(open.group()).isLessThanOrEqualTo(1.05);
            assertThat(Double.parseDouble(open.group("high"))).as(open.group()).isGreaterThanOrEqualTo(1.05);
        } else {
            assertThat(out)
                    .containsPattern("Fastest: [a-z-]+ with %d units at [1-9]".formatted(Math.min(cores, CALLS)));
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
