package org.concurrencybench.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.concurrencybench.sample.MeasuredCase;
import org.concurrencybench.slowdown.Slowdown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent in real forks. What is burnt is many times the case's own time, so that no verdict hangs on the machine. */
class SlowdownIT {

    private static final double NINE_TIMES = 9;

    @TempDir
    Path scratch;

    @Test
    void whatIsBurntIsInJmhsScoreAndInTheReport() throws Exception {
        Slowdown control = Slowdown.in(Files.createDirectory(scratch.resolve("control")), 0, "");
        Slowdown burn = Slowdown.in(Files.createDirectory(scratch.resolve("slowed")), NINE_TIMES, "Ruler");

        double before = score(control, Ruler.BENCHMARK, List.of("-bm", "avgt"));
        double after = score(burn, Ruler.BENCHMARK, List.of("-bm", "avgt"));

        assertThat(after / before).isGreaterThan(3);
        assertThat(control.burnt().values()).containsExactly(0.0);
        assertThat(burn.burnt())
                .hasEntrySatisfying(
                        "org.concurrencybench.benchmark.RulerBenchmark.run-AverageTime",
                        share -> assertThat(share).isGreaterThan(0.95 * NINE_TIMES));
    }

    @Test
    void callsThatJmhTimesOneByOneAreSlowedWhereTheirParametersAreMeant() throws Exception {
        Slowdown burn = Slowdown.in(Files.createDirectory(scratch.resolve("slowed")), NINE_TIMES, "model-SERIAL");

        score(
                burn,
                "org.concurrencybench.benchmark.SumOfSquaresBenchmark.run",
                List.of("-p", "model=SERIAL,PLATFORM_THREADS", "-p", "tasks=1000", "-wi", "1", "-i", "1"));

        String id = "org.concurrencybench.benchmark.SumOfSquaresBenchmark.run-AverageTime-model-%s-parallelism-0"
                + "-tasks-1000-terms-1000";
        assertThat(burn.burnt()).hasSize(2);
        assertThat(burn.burnt().getOrDefault(id.formatted("SERIAL"), 0.0)).isGreaterThan(0.95 * NINE_TIMES);
        assertThat(burn.burnt()).containsEntry(id.formatted("PLATFORM_THREADS"), 0.0);
    }

    private double score(Slowdown slowdown, String benchmark, List<String> options) throws Exception {
        Forks.Answer answer = new JmhCalls(scratch)
                .fork(
                        LiveSide.own().with(List.of("-jvmArgsPrepend", slowdown.flag())),
                        benchmark,
                        options,
                        Duration.ofMinutes(2));
        assertThat(answer).isInstanceOf(Forks.Answer.Measured.class);
        MeasuredCase first = ((Forks.Answer.Measured) answer).cases().getFirst();
        return ((MeasuredCase.Scores.ByFork) first.scores())
                .forks().stream()
                        .flatMap(List::stream)
                        .mapToDouble(Double::doubleValue)
                        .average()
                        .orElseThrow();
    }
}
