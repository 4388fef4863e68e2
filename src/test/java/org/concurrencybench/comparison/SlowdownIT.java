package org.concurrencybench.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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
                        limits(Duration.ofMinutes(2)))
                .orElseThrow();

        List<MeasuredCase> before = ((Forks.Answer.Measured) answers.baseline()).cases();
        List<MeasuredCase> after = ((Forks.Answer.Measured) answers.candidate()).cases();
        assertThat(before).extracting(MeasuredCase::mode).containsExactlyInAnyOrder("avgt", "ss");
        assertThat(LiveCase.score(of(after, "avgt")) / LiveCase.score(of(before, "avgt")))
                .isGreaterThan(3);
    }

    @Test
    void aSideWhoseJmhIsNotAskedForTurnsIsNotBelieved() throws Exception {
        Forks.InTurns answers = new JmhCalls(scratch)
                .forksInTurns(
                        LiveSide.own(),
                        silent(),
                        true,
                        Ruler.BENCHMARK,
                        List.of("-wi", "1", "-i", "1"),
                        limits(Duration.ofMinutes(2)))
                .orElseThrow();

        Forks.Answer unequal = new Forks.Answer.Failed("1 and 0 forks took 3 and 0 turns");
        assertThat(answers).isEqualTo(new Forks.InTurns(unequal, unequal, Forks.Holder.NEITHER));
    }

    @Test
    void whereOneSideFailsTheOtherIsEndedAndNothingIsLeft() throws Exception {
        Forks.InTurns answers = new JmhCalls(scratch)
                .forksInTurns(
                        LiveSide.own().with(List.of("-i", "1000")),
                        LiveSide.own().with(List.of("-jvmArgsPrepend", "-XX:NoSuchFlag")),
                        true,
                        Ruler.BENCHMARK,
                        List.of(),
                        limits(Duration.ofMinutes(10)))
                .orElseThrow();

        assertThat(answers.baseline()).isInstanceOf(Forks.Answer.Ended.class);
        assertThat(answers.candidate()).isInstanceOf(Forks.Answer.Failed.class);
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }

    @Test
    void whereNeitherSideGoesOnBothAreEndedLongBeforeTheirTimeIsOver() throws Exception {
        // The one waits for its turn, and the other, which asks for none, does not end.
        Forks.InTurns answers = new JmhCalls(scratch)
                .forksInTurns(
                        LiveSide.own(),
                        silent(),
                        true,
                        Ruler.BENCHMARK,
                        List.of("-i", "100000"),
                        new Forks.Limits(Duration.ofHours(1), Duration.ofSeconds(5)))
                .orElseThrow();

        assertThat(answers.baseline()).isInstanceOf(Forks.Answer.Ended.class);
        assertThat(answers.candidate()).isInstanceOf(Forks.Answer.Ended.class);
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }

    /** A side that is measured without ever asking for a turn. */
    private static LiveSide silent() {
        List<String> command = new ArrayList<>(LiveSide.own().command());
        command.set(command.size() - 1, WithoutProfilers.class.getName());
        return new LiveSide("silent", command, "");
    }

    private static Forks.Limits limits(Duration both) {
        return new Forks.Limits(both, both);
    }

    @Test
    void whatIsInterruptedLeavesNothing() throws Exception {
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                new JmhCalls(scratch)
                        .forksInTurns(
                                LiveSide.own(),
                                LiveSide.own(),
                                true,
                                Ruler.BENCHMARK,
                                List.of("-i", "1000"),
                                limits(Duration.ofMinutes(10)));
            } catch (IOException | InterruptedException e) {
                // As it should be.
            }
        });
        while (ProcessHandle.current().descendants().count() < 4) {
            assertThat(thread.isAlive()).isTrue();
            TimeUnit.MILLISECONDS.sleep(20);
        }

        thread.interrupt();

        assertThat(thread.join(Duration.ofSeconds(60))).isTrue();
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }

    /** A program around JMH that knows nothing of profilers. */
    static final class WithoutProfilers {

        private WithoutProfilers() {}

        public static void main(String[] args) throws IOException {
            List<String> words = new ArrayList<>(List.of(args));
            int profiler = words.indexOf("-prof");
            words.subList(profiler, profiler + 2).clear();
            org.openjdk.jmh.Main.main(words.toArray(String[]::new));
        }
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
