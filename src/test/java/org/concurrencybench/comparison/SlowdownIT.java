package org.concurrencybench.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.concurrencybench.sample.MeasuredCase;
import org.concurrencybench.slowdown.Slowdown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent in real forks. What is burnt is many times the case's own time, so that no verdict hangs on the machine. */
class SlowdownIT {

    private static final double NINE_TIMES = 9;

    private static final String SILENT = """
            package org.concurrencybench.runner.turns;

            public final class TakeTurns implements org.openjdk.jmh.profile.ExternalProfiler {
                public String getDescription() { return ""; }
                public java.util.Collection<String> addJVMInvokeOptions(org.openjdk.jmh.infra.BenchmarkParams params) {
                    return java.util.List.of();
                }
                public java.util.Collection<String> addJVMOptions(org.openjdk.jmh.infra.BenchmarkParams params) {
                    return java.util.List.of();
                }
                public void beforeTrial(org.openjdk.jmh.infra.BenchmarkParams params) {}
                public java.util.Collection<? extends org.openjdk.jmh.results.Result> afterTrial(
                        org.openjdk.jmh.results.BenchmarkResult result, long pid, java.io.File out, java.io.File err) {
                    return java.util.List.of();
                }
                public boolean allowPrintOut() { return true; }
                public boolean allowPrintErr() { return true; }
            }
            """;

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

    /** Which side is which is not lost on the way; that turns were taken is what makes an answer one that is believed. */
    @Test
    void sidesThatTakeTurnsAreBothMeasuredAndKeepTheirPlaces() throws Exception {
        Slowdown burn = Slowdown.in(Files.createDirectory(scratch.resolve("slowed")), NINE_TIMES, "");

        Forks.InTurns answers = new JmhCalls(scratch)
                .forksInTurns(
                        LiveSide.own(),
                        LiveSide.own().with(List.of("-jvmArgsPrepend", burn.flag())),
                        true,
                        Ruler.BENCHMARK,
                        List.of("-bm", "avgt,ss"),
                        Duration.ofMinutes(2))
                .orElseThrow();

        List<MeasuredCase> before = ((Forks.Answer.Measured) answers.baseline()).cases();
        List<MeasuredCase> after = ((Forks.Answer.Measured) answers.candidate()).cases();
        assertThat(before).extracting(MeasuredCase::mode).containsExactlyInAnyOrder("avgt", "ss");
        assertThat(LiveCase.score(of(after, "avgt")) / LiveCase.score(of(before, "avgt")))
                .isGreaterThan(3);
    }

    @Test
    void aSideWhoseJmhIsNotAskedForTurnsIsNotBelieved() throws Exception {
        // Another one of the same name, which JMH is content with, and which never asks.
        List<String> command = new ArrayList<>(LiveSide.own().command());
        Path other = scratch.resolve("other");
        Path profiler = other.resolve("org/concurrencybench/runner/turns/TakeTurns.java");
        Files.createDirectories(profiler.getParent());
        Files.writeString(profiler, SILENT);
        Process javac = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "javac").toString(),
                        "-proc:none",
                        "-cp",
                        System.getProperty("java.class.path"),
                        profiler.toString())
                .inheritIO()
                .start();
        assertThat(javac.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(javac.exitValue()).isZero();
        int classPath = command.indexOf("-cp") + 1;
        command.set(classPath, other + File.pathSeparator + command.get(classPath));

        Forks.InTurns answers = new JmhCalls(scratch)
                .forksInTurns(
                        LiveSide.own(),
                        new LiveSide("silent", command, ""),
                        true,
                        Ruler.BENCHMARK,
                        List.of("-wi", "0", "-i", "1"),
                        Duration.ofMinutes(2))
                .orElseThrow();

        assertThat(answers.candidate()).isEqualTo(new Forks.Answer.Failed("its JMH took no turns"));
        assertThat(answers.baseline()).isInstanceOf(Forks.Answer.Measured.class);
    }

    private static MeasuredCase of(List<MeasuredCase> cases, String mode) {
        return cases.stream().filter(one -> one.mode().equals(mode)).findFirst().orElseThrow();
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
