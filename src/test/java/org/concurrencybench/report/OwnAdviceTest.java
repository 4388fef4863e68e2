package org.concurrencybench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.sample.Direction;
import org.concurrencybench.sample.FailedCase;
import org.concurrencybench.sample.Params;
import org.concurrencybench.sample.Phase;
import org.concurrencybench.sample.Sample;
import org.concurrencybench.sample.Summaries;
import org.concurrencybench.sample.WorkNature;
import org.junit.jupiter.api.Test;

class OwnAdviceTest {

    private static final WorkNature CONTENDED = new WorkNature(Map.of(
            WorkNature.TASKS, "1000",
            WorkNature.BATCH_MILLIS, "100",
            WorkNature.TASK_MILLIS, "0.1",
            WorkNature.WAITING, "0.02",
            WorkNature.BYTES, "2048",
            WorkNature.GC, "0.001",
            WorkNature.GC_IN_THREADS, "0.08",
            WorkNature.LOCKS, "0.2",
            WorkNature.LOCK, "com.acme.Cache"));

    private final List<Sample> samples = new ArrayList<>();

    @Test
    void theWinnerStandsWithItsIntervalItsParallelismsAndWhatKeepsItFromTheIdeal() {
        measured("serial", 1, 1000, 100);
        measured("platform-threads", 2, 1000, 60);
        measured("platform-threads", 4, 1000, 40);

        List<String> advice = OwnAdvice.of(summaries(), List.of(), CONTENDED);

        assertThat(advice)
                .anySatisfy(
                        line -> assertThat(line)
                                .matches(
                                        "Fastest: platform-threads with 4 units at 2\\.5.* times one thread's speed \\[2.*\\]\\."));
        assertThat(advice)
                .anySatisfy(line ->
                        assertThat(line).matches("By parallelism, platform-threads: 2 units 1\\.6.*; 4 units 2\\.5.*"));
        assertThat(advice)
                .anySatisfy(line -> assertThat(line)
                        .contains("The hardware allows 4× with 4 units; 6", "does not get faster with more units, 20")
                        .contains("locks, 20% of the threads' time; garbage collections, 8% of the time"));
        assertThat(advice).anySatisfy(line -> assertThat(line).contains("most of it before com.acme.Cache"));
    }

    @Test
    void notWorthItIsAnAnswer() {
        measured("serial", 1, 1000, 100);
        measured("virtual-threads", 2, 1000, 99);

        assertThat(OwnAdvice.of(summaries(), List.of(), new WorkNature(Map.of())))
                .first()
                .asString()
                .startsWith(
                        "Not worth it, as far as this run can tell: the best, virtual-threads with 2 units, is at 1.01");
    }

    @Test
    void theSizesSayFromHowManyTasksOnAPoolPaysAndItsLossFromWhichLength() {
        for (int calls : List.of(10, 100, 1000)) {
            measured("serial", 1, calls, calls * 0.1);
            // 2 ms a batch, and 0.01 ms a task beside half of the work.
            measured("child-jvms", 2, calls, 2 + calls * 0.06);
        }

        List<String> advice = OwnAdvice.of(summaries(), List.of(), new WorkNature(Map.of()));

        assertThat(advice)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("With child-jvms with 2 units a pool pays from some ")
                        .endsWith(" 10 were too few, 100 were enough."));
        assertThat(advice)
                .anySatisfy(line -> assertThat(line)
                        .contains("With 2 of them a task loses 12.0 µs [", "so it pays for tasks of 24.0 µs or more [")
                        .contains("and yours take 100"));
    }

    @Test
    void aModelThatFailedIsOutWithItsReason() {
        measured("serial", 1, 1000, 100);
        measured("virtual-threads", 2, 1000, 50);

        assertThat(OwnAdvice.of(
                        summaries(),
                        List.of(new FailedCase(key("platform-threads", 2, 1000), 1, "not thread-safe")),
                        new WorkNature(Map.of())))
                .contains("Out of the question as it is: platform-threads failed (not thread-safe).");
    }

    @Test
    void nothingMeasuredIsNoAdvice() {
        assertThat(OwnAdvice.of(List.of(), List.of(), new WorkNature(Map.of()))).isEmpty();
    }

    private void measured(String model, int units, int calls, double millis) {
        for (int fork = 1; fork <= 5; fork++) {
            samples.add(new Sample(
                    key(model, units, calls),
                    fork,
                    1,
                    Phase.MEASUREMENT,
                    millis * (1 + 0.001 * (fork - 3)),
                    "ms/op",
                    Direction.LOWER,
                    OptionalDouble.of(millis),
                    OptionalDouble.of(60)));
        }
    }

    private static CaseKey key(String model, int units, int calls) {
        return new CaseKey(
                "org.concurrencybench.benchmark.OwnCodeBenchmark.run",
                "own-function",
                "cpu-bound",
                model,
                Params.parse("calls=%d;parallelism=%d".formatted(calls, units)));
    }

    private List<CaseSummary> summaries() {
        return Summaries.of(
                samples,
                key -> OptionalDouble.of(
                        Double.parseDouble(key.params().get(CaseKey.PARALLELISM).orElseThrow())),
                0.95);
    }
}
