package org.concurrencybench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.concurrencybench.runner.RunDirectory;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.Direction;
import org.concurrencybench.sample.FailedCase;
import org.concurrencybench.sample.Params;
import org.concurrencybench.sample.Phase;
import org.concurrencybench.sample.RunEnvironment;
import org.concurrencybench.sample.Sample;
import org.concurrencybench.sample.SampleCsv;
import org.concurrencybench.workload.WrongAnswerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run of a user's code in which one model was wrong in the third fork with 4 units, and right by luck with 2. */
class WrongAnswerReportTest {

    private static final CaseKey WRONG = key("platform-threads", 4);

    @TempDir
    private Path root;

    private static CaseKey key(String model, int units) {
        return new CaseKey(
                "org.concurrencybench.benchmark.OwnCodeBenchmark.run",
                "own-function",
                "cpu-bound",
                model,
                Params.of(Map.of("calls", "1000", "parallelism", Integer.toString(units))));
    }

    private static void measured(SampleCsv.Writer writer, CaseKey key, int forks, double millis) throws Exception {
        for (int fork = 1; fork <= forks; fork++) {
            writer.append(List.of(new Sample(
                    key,
                    fork,
                    1,
                    Phase.MEASUREMENT,
                    millis * (1 + 0.001 * (fork - 3)),
                    "ms/op",
                    Direction.LOWER,
                    OptionalDouble.empty(),
                    OptionalDouble.empty())));
        }
    }

    private void run(String profile) throws Exception {
        Path run = Files.createDirectories(root.resolve("results/r"));
        try (SampleCsv.Writer writer = SampleCsv.create(run.resolve(RunDirectory.SAMPLES))) {
            measured(writer, key("serial", 1), 5, 100);
            measured(writer, key("virtual-threads", 2), 5, 60);
            measured(writer, key("platform-threads", 2), 5, 50);
            measured(writer, WRONG, 2, 30);
        }
        String reason = Objects.requireNonNull(new WrongAnswerException("lost an order").getMessage());
        new RunEnvironment("r", profile, 1, 5, "then", "later", 4, Map.of(), Map.of(), Map.of(), List.of())
                .withFailures(List.of(new FailedCase(WRONG, 3, reason)))
                .write(run.resolve(RunDirectory.ENVIRONMENT));
    }

    @Test
    void itIsNowhereTheFastestAndWhereItsCasesStoodStandsWhy() throws Exception {
        run("own");

        Call report = Call.of(root, "report", "r");

        assertThat(report.exitCode()).isEqualTo(ExitCode.SOME_FAILED.number());
        assertThat(report.out())
                .contains("Fastest: virtual-threads with 2 units at 1.6")
                .contains("Out of the question as it is: platform-threads failed (wrong answer: lost an order).")
                .containsPattern("CPU-bound work: virtual-threads")
                .containsPattern(
                        "own-function platform-threads calls=1000;parallelism=2, fork 3:\\s+left out: no answer of this\\s+case")
                .doesNotContain("50.0", "29.9");
        String page = Files.readString(root.resolve("charts/r/index.html"));
        assertThat(page)
                .contains("left out: no answer of this case was wrong, but one of platform-threads with 4 units was");
        List<String> summary = Files.readAllLines(root.resolve("results/r/summary.csv"));
        assertThat(summary)
                .filteredOn(row -> row.contains(",platform-threads,"))
                .hasSize(2)
                .allSatisfy(row -> assertThat(row).contains(",lower,,,,"))
                .anySatisfy(row -> assertThat(row).contains("wrong answer: lost an order"))
                .anySatisfy(row -> assertThat(row).contains("left out: no answer of this case was wrong"));
    }

    @Test
    void runsOfOursKeepWhatTheyMeasured() throws Exception {
        run("standard");

        assertThat(Call.of(root, "report", "r").out()).contains("50.0");
    }
}
