package org.concurrencybench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    private String setting = "";

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
    void notWorthItIsAnAnswerWhereNoIntervalReachesWhatIs() {
        measured("serial", 1, 1000, 100);
        measured("virtual-threads", 2, 1000, 99);

        assertThat(advice())
                .first()
                .asString()
                .startsWith("Not worth it: the best, virtual-threads with 2 units, is at 1.01");
    }

    @Test
    void wantOfEvidenceIsUndecidedWithWhatWouldDecide() {
        measured("serial", 1, 1000, 100);
        measured("virtual-threads", 2, 1000, 80, 0.2);

        assertThat(advice())
                .first()
                .asString()
                .matches(
                        "Undecided: virtual-threads with 2 units is at 1\\.[0-9]+ times one thread's speed \\[[01].*\\], .*")
                .contains("from 1.05 on", "More forks would decide", "--budget");
    }

    @Test
    void aModelThatMayBeWorthItKeepsTheAnswerOpenThoughTheBestIsNot() {
        measured("serial", 1, 1000, 100);
        measured("virtual-threads", 2, 1000, 98);
        measured("platform-threads", 2, 1000, 105, 0.2);

        assertThat(advice()).first().asString().startsWith("Undecided: platform-threads with 2 units");
    }

    @Test
    void whatIsSurelyWorthItStandsBeforeWhatMayBeFaster() {
        measured("serial", 1, 1000, 100);
        measured("virtual-threads", 2, 1000, 65, 0.3);
        measured("platform-threads", 2, 1000, 70);

        assertThat(advice())
                .first()
                .asString()
                .startsWith("Fastest: platform-threads with 2 units at 1.4")
                .endsWith("; not told apart from it: virtual-threads with 2 units.");
    }

    @Test
    void aModelThatWasWrongOnceIsNoRivalAtAnyParallelism() {
        measured("serial", 1, 1000, 100);
        measured("virtual-threads", 2, 1000, 60);
        // Right by luck.
        measured("platform-threads", 2, 1000, 40);
        // Right in the forks before the last.
        measured("platform-threads", 4, 1000, 20);
        FailedCase wrong = new FailedCase(key("platform-threads", 4, 1000), 3, "wrong answer: the result for '1' is 2");

        List<String> advice = OwnAdvice.of(summaries(), List.of(wrong), new WorkNature(Map.of()));

        assertThat(advice)
                .first()
                .asString()
                .startsWith("Fastest: virtual-threads with 2 units at 1.6")
                .endsWith("].");
        assertThat(advice)
                .contains(
                        "Out of the question as it is: platform-threads failed (wrong answer: the result for '1' is 2).");
    }

    @Test
    void whatFailedOtherwiseLeavesTheModelsOtherCases() {
        measured("serial", 1, 1000, 100);
        measured("platform-threads", 2, 1000, 60);
        measured("platform-threads", 4, 1000, 20);
        FailedCase hangs = new FailedCase(key("platform-threads", 4, 1000), 3, "the call for '1' has not returned");

        List<String> advice = OwnAdvice.of(summaries(), List.of(hangs), new WorkNature(Map.of()));

        assertThat(advice).first().asString().startsWith("Fastest: platform-threads with 2 units at 1.6");
        assertThat(advice)
                .contains(
                        "Out of the question as it is: platform-threads with 4 units failed (the call for '1' has not returned).");
    }

    @Test
    void whereOneThreadWasWrongThereIsNothingToCompareWith() {
        measured("serial", 1, 1000, 100);
        measured("platform-threads", 2, 1000, 60);
        FailedCase random = new FailedCase(key("serial", 1, 1000), 3, "wrong answer: the result for '1' is 2");

        assertThat(OwnAdvice.of(summaries(), List.of(random), new WorkNature(Map.of())))
                .containsExactly(
                        "Out of the question as it is: serial failed (wrong answer: the result for '1' is 2).");
    }

    @Test
    void eachSettingOfAWorkloadHasItsOwnAdviceAndWhatWasSeenIsOfOneOfThem() {
        setting("lock=own");
        measured("serial", 1, 100);
        measured("platform-threads", 2, 100);
        setting("lock=none");
        measured("serial", 1, 100);
        measured("platform-threads", 2, 55);
        measured("child-jvms", 2, 90);
        FailedCase wrong = new FailedCase(key("platform-threads", 2), 3, "wrong answer: lost");
        Map<String, String> seen = new HashMap<>(CONTENDED.found());
        seen.put(WorkNature.SETTING, "lock=own");

        List<String> advice = OwnAdvice.of(summaries(), List.of(wrong), new WorkNature(seen));

        assertThat(advice)
                .contains("All this was seen in forks of their own, whose times are no samples, with lock=own.")
                .anySatisfy(line -> assertThat(line).startsWith("lock own: Not worth it: the best, platform-threads"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("lock own: The hardware allows")
                        .contains("locks, 20%"))
                .anySatisfy(line -> assertThat(line).startsWith("lock none: Fastest: child-jvms with 2 units at 1.1"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("lock none: The hardware allows")
                        .doesNotContain("locks, 20%"))
                .anySatisfy(line -> assertThat(line).startsWith("lock none: From how many tasks on a pool"))
                .contains("lock none: Out of the question as it is: platform-threads failed (wrong answer: lost).");
    }

    @ParameterizedTest
    @CsvSource({"0.4, 3.33, 60%", "0.6, 5, 40%"})
    void coresAreNamedWhereTheyAndNotTheUnitsAreTheLimit(String waiting, double ideal, String computing) {
        measured("serial", 1, 1600, 100);
        measured("virtual-threads", 16, 1600, 50);

        List<String> advice = OwnAdvice.of(
                summaries(_ -> OptionalDouble.of(ideal)),
                List.of(),
                new WorkNature(Map.of(WorkNature.WAITING, waiting)));

        assertThat(advice)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("The hardware allows %s× with 16 units (cores: your tasks compute %s of the time); "
                                .formatted(Numbers.ideal(ideal), computing))
                        .contains("What else stands between: "));
    }

    @Test
    void coresAreNotNamedWhereTasksWaitSoMuchThatUnitsAreTheLimit() {
        measured("serial", 1, 1600, 100);
        measured("virtual-threads", 16, 1600, 50);

        assertThat(OwnAdvice.of(summaries(), List.of(), new WorkNature(Map.of(WorkNature.WAITING, "0.93"))))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("The hardware allows 16× with 16 units; ")
                        .contains("What stands between: "));
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

    private List<String> advice() {
        return OwnAdvice.of(summaries(), List.of(), new WorkNature(Map.of()));
    }

    private void setting(String params) {
        setting = params;
    }

    /** Of a workload, with the setting. */
    private void measured(String model, int units, double millis) {
        measured(key(model, units), millis, 0.001);
    }

    private void measured(String model, int units, int calls, double millis) {
        measured(model, units, calls, millis, 0.001);
    }

    /** The second and the fourth of five forks lie {@code spread} from the third. */
    private void measured(String model, int units, int calls, double millis, double spread) {
        measured(key(model, units, calls), millis, spread);
    }

    private void measured(CaseKey key, double millis, double spread) {
        for (int fork = 1; fork <= 5; fork++) {
            samples.add(new Sample(
                    key,
                    fork,
                    1,
                    Phase.MEASUREMENT,
                    millis * (1 + spread * (fork - 3)),
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

    private CaseKey key(String model, int units) {
        return new CaseKey(
                "org.concurrencybench.benchmark.OwnCodeBenchmark.run",
                "orders",
                "cpu-bound",
                model,
                Params.parse("%s;parallelism=%d".formatted(setting, units)));
    }

    private List<CaseSummary> summaries() {
        return summaries(key -> OptionalDouble.of(
                Double.parseDouble(key.params().get(CaseKey.PARALLELISM).orElseThrow())));
    }

    private List<CaseSummary> summaries(Function<CaseKey, OptionalDouble> ideals) {
        return Summaries.of(samples, ideals, 0.95);
    }
}
