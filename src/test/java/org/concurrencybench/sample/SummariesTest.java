package org.concurrencybench.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.concurrencybench.sample.TestSamples.SERIAL;
import static org.concurrencybench.sample.TestSamples.VIRTUAL;
import static org.concurrencybench.sample.TestSamples.asRate;
import static org.concurrencybench.sample.TestSamples.measured;
import static org.concurrencybench.sample.TestSamples.warmup;
import static org.concurrencybench.sample.TestSamples.withCosts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.concurrencybench.statistics.Estimate;
import org.junit.jupiter.api.Test;

class SummariesTest {

    @Test
    void aScoreIsTheMeanOverForksOfTheMedianOverIterations() {
        List<CaseSummary> summaries = summaries(
                measured(SERIAL, 1, 1, 10),
                measured(SERIAL, 1, 2, 900),
                measured(SERIAL, 1, 3, 9),
                measured(SERIAL, 2, 1, 40));

        assertThat(summaries).singleElement().satisfies(summary -> {
            assertThat(summary.forks().asList()).containsExactly(10.0, 40.0);
            assertThat(summary.score().value()).isCloseTo(20, within(1e-9));
            assertThat(summary.samples()).isEqualTo(4);
        });
    }

    @Test
    void aCountThatMostIterationsHaveNothingOfIsItsMeanAndStandsWithItsIntervalBesideTheTime() {
        CaseKey lost = TestSamples.key(
                "virtual-threads", Map.of("tasks", "100", "parallelism", "8", CaseKey.FIGURE, "lost-share"));

        List<CaseSummary> summaries = summaries(
                measured(VIRTUAL, 1, 1, 10),
                measured(VIRTUAL, 2, 1, 10),
                measured(lost, 1, 1, 0),
                measured(lost, 1, 2, 0),
                measured(lost, 1, 3, 3),
                measured(lost, 2, 1, 1.5),
                measured(lost, 3, 1, 0));

        // Student's t for three forks of 1, 1.5 and 0.
        assertThat(summaries.getFirst().note()).isEqualTo("not judged: 2 of 2 forks; lost-share 0.833 [-1.06, 2.73]");
        assertThat(summaries.getLast().forks().asList()).containsExactly(1.0, 1.5, 0.0);
    }

    @Test
    void aCountOfNothingIsNoWideInterval() {
        CaseKey lost = TestSamples.key("serial", Map.of("tasks", "100", CaseKey.FIGURE, "lost-share"));

        assertThat(summaries(measured(lost, 1, 1, 0), measured(lost, 2, 1, 0)))
                .singleElement()
                .satisfies(summary -> assertThat(summary.note()).isEmpty());
    }

    @Test
    void warmUpCountsNowhere() {
        List<CaseSummary> summaries = summaries(
                withCosts(warmup(SERIAL, 1, 1, 1e6), 1e6, 1e6),
                withCosts(measured(SERIAL, 1, 1, 10), 3, 50),
                withCosts(measured(SERIAL, 2, 1, 10), 5, 70),
                measured(SERIAL, 3, 1, 10),
                warmup(VIRTUAL, 1, 1, 5));

        assertThat(summaries).singleElement().satisfies(summary -> {
            assertThat(summary.score().value()).isEqualTo(10);
            assertThat(summary.samples()).isEqualTo(3);
            assertThat(summary.cpuMillis()).hasValue(4);
            assertThat(summary.rssMebibytes()).hasValue(70);
        });
    }

    @Test
    void aSpeedUpIsTakenAgainstSerialWhateverTheParallelism() {
        List<CaseSummary> summaries = summaries(
                measured(VIRTUAL, 1, 1, 5), measured(VIRTUAL, 2, 1, 5),
                measured(SERIAL, 1, 1, 40), measured(SERIAL, 2, 1, 40));

        assertThat(summaries).extracting(CaseSummary::key).containsExactly(VIRTUAL, SERIAL);
        assertThat(speedup(summaries, VIRTUAL).value()).isCloseTo(8, within(1e-9));
        assertThat(speedup(summaries, SERIAL)).isEqualTo(new Estimate(1, 1, 1, 0.95));
    }

    @Test
    void ofRatesTheHigherOneIsFaster() {
        List<CaseSummary> summaries = summaries(
                asRate(measured(VIRTUAL, 1, 1, 40)), asRate(measured(VIRTUAL, 2, 1, 40)),
                asRate(measured(SERIAL, 1, 1, 5)), asRate(measured(SERIAL, 2, 1, 5)));

        assertThat(speedup(summaries, VIRTUAL).value()).isCloseTo(8, within(1e-9));
    }

    @Test
    void thereIsNoSpeedUpWithoutSerialOfTheSameWork() {
        CaseKey otherWork = TestSamples.key("serial", Map.of("tasks", "7"));

        assertThat(summaries(measured(VIRTUAL, 1, 1, 5), measured(otherWork, 1, 1, 5)))
                .first()
                .satisfies(summary -> assertThat(summary.speedup()).isEmpty());
    }

    @Test
    void thereIsNoSpeedUpAcrossUnitsOrDirectionsOrFromScoresThatAreNotPositive() {
        assertThat(summaries(inSeconds(measured(VIRTUAL, 1, 1, 5)), measured(SERIAL, 1, 1, 5)))
                .first()
                .satisfies(summary -> assertThat(summary.speedup()).isEmpty());
        assertThat(summaries(asRate(measured(VIRTUAL, 1, 1, 5)), measured(SERIAL, 1, 1, 5)))
                .first()
                .satisfies(summary -> assertThat(summary.speedup()).isEmpty());
        assertThat(summaries(measured(VIRTUAL, 1, 1, 0), measured(SERIAL, 1, 1, 5)))
                .first()
                .satisfies(summary -> assertThat(summary.speedup()).isEmpty());
    }

    @Test
    void ofSeveralSerialCasesTheFirstIsTheReferenceOfTheOthersToo() {
        CaseKey second = TestSamples.key("serial", Map.of("tasks", "100", "parallelism", "4"));
        List<CaseSummary> summaries =
                summaries(measured(SERIAL, 1, 1, 40), measured(second, 1, 1, 20), measured(VIRTUAL, 1, 1, 10));

        assertThat(speedup(summaries, second).value()).isCloseTo(2, within(1e-9));
        assertThat(speedup(summaries, VIRTUAL).value()).isCloseTo(4, within(1e-9));
    }

    @Test
    void oneForkHasNoInterval() {
        assertThat(summaries(measured(SERIAL, 1, 1, 10), measured(SERIAL, 1, 2, 11)))
                .singleElement()
                .satisfies(summary -> {
                    assertThat(summary.score().isBounded()).isFalse();
                    assertThat(summary.note()).startsWith("one fork: no interval");
                });
    }

    @Test
    void aWideIntervalIsCalledWideAndANarrowOneIsNot() {
        assertThat(summaries(measured(SERIAL, 1, 1, 10), measured(SERIAL, 2, 1, 20)))
                .singleElement()
                .satisfies(summary -> assertThat(summary.note()).startsWith("wide interval: ±"));
        assertThat(summaries(measured(SERIAL, 1, 1, 10), measured(SERIAL, 2, 1, 10.01)))
                .singleElement()
                .satisfies(summary -> assertThat(summary.note()).doesNotContain("wide"));
    }

    @Test
    void forksThatWereNotSteadyAreCountedInTheNote() {
        List<Sample> samples = new ArrayList<>();
        double[][] forks = {{10, 10, 10, 10}, {14, 13, 12, 11}, {10, 15, 9, 16}, {10, 10, 10, 10}};
        for (int fork = 0; fork < forks.length; fork++) {
            for (int iteration = 0; iteration < 4; iteration++) {
                samples.add(measured(SERIAL, fork + 1, iteration + 1, forks[fork][iteration]));
            }
        }

        assertThat(Summaries.of(samples, _ -> OptionalDouble.empty(), 0.95))
                .singleElement()
                .satisfies(summary ->
                        assertThat(summary.note()).contains("drifting: 1 of 4 forks", "never steady: 1 of 4 forks"));
    }

    @Test
    void forksWithTooFewIterationsToBeJudgedAreCountedInTheNoteAndSteadyOnesNeedNone() {
        List<Sample> samples = new ArrayList<>();
        for (int iteration = 1; iteration <= 4; iteration++) {
            samples.add(measured(SERIAL, 1, iteration, 10));
            samples.add(measured(SERIAL, 2, iteration, 10));
            samples.add(measured(VIRTUAL, 1, iteration, 10));
        }
        samples.add(measured(VIRTUAL, 2, 1, 10));

        List<CaseSummary> summaries = Summaries.of(samples, _ -> OptionalDouble.empty(), 0.95);

        assertThat(summaries.getFirst().note()).isEmpty();
        assertThat(summaries.getLast().note()).isEqualTo("not judged: 1 of 2 forks");
    }

    @Test
    void forksUnderOtherConditionsAreCountedInTheNote() {
        List<Sample> samples =
                List.of(measured(SERIAL, 1, 1, 10), measured(SERIAL, 2, 1, 10), measured(VIRTUAL, 2, 1, 10));
        // The fifth fork of serial is not among the samples.
        Disturbances disturbed = Disturbances.NONE.with(SERIAL, 2).with(SERIAL, 5);

        List<CaseSummary> summaries = Summaries.of(samples, _ -> OptionalDouble.empty(), 0.95, disturbed);

        assertThat(summaries.getFirst().note()).startsWith("disturbed: 1 of 2 forks");
        assertThat(summaries.getLast().note()).doesNotContain("disturbed");
    }

    @Test
    void efficiencyIsTheShareOfTheIdealThatIsReached() {
        List<Sample> samples = List.of(measured(SERIAL, 1, 1, 40), measured(VIRTUAL, 1, 1, 10));
        List<CaseSummary> summaries =
                Summaries.of(samples, key -> key.equals(VIRTUAL) ? OptionalDouble.of(8) : OptionalDouble.empty(), 0.95);

        assertThat(summaries.getFirst().efficiency()).isEmpty();
        assertThat(summaries.getLast().efficiency().orElseThrow()).isCloseTo(0.5, within(1e-9));
    }

    private static Sample inSeconds(Sample sample) {
        return new Sample(
                sample.key(),
                sample.fork(),
                sample.iteration(),
                sample.phase(),
                sample.score(),
                "s/op",
                sample.direction(),
                sample.cpuMillis(),
                sample.rssMebibytes());
    }

    private static List<CaseSummary> summaries(Sample... samples) {
        return Summaries.of(List.of(samples), key -> OptionalDouble.empty(), 0.95);
    }

    private static Estimate speedup(List<CaseSummary> summaries, CaseKey key) {
        return summaries.stream()
                .filter(summary -> summary.key().equals(key))
                .findFirst()
                .flatMap(CaseSummary::speedup)
                .orElseThrow();
    }
}
