package org.concurrencybench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A fifth of a million of rows in three eighths of the heap that a million may have; for the million itself see
 * {@link LargeSamples#main}, {@code -Xmx512m} and a clock.
 */
class LargeReportIT {

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"4000, 5, 10", "20, 10, 1000"})
    void becomesAPageThatABrowserOpensAtOnce(int cases, int forks, int iterations) throws Exception {
        Program program = new Program(directory);
        Path file = LargeSamples.write(directory.resolve("large.csv"), cases, forks, iterations);

        Program.Outcome outcome = program.start(
                        List.of(), Map.of(), List.of("-Xmx192m"), "report", file.toString(), "--name", "large")
                .await();

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        Path page = program.file("charts/large/index.html");
        assertThat(Files.size(page)).isLessThan(5_000_000);
        assertThat(Files.size(page.resolveSibling("report.md"))).isLessThan(1_000_000);
        if (cases > 2000) {
            assertThat(Files.readString(page))
                    .contains("And %d more cases, which stand in <code>summary.csv</code>".formatted(cases - 2000))
                    .contains("of %d cases, the first settings of each workload".formatted(cases));
            assertThat(outcome.out()).contains("more cases; summary.csv has all of them");
            assertThat(Files.readAllLines(page.resolveSibling("summary.csv"))).hasSize(cases + 1);
        }
    }
}
