package org.concurrencybench.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Stream;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.Direction;
import org.concurrencybench.sample.Params;
import org.concurrencybench.sample.Phase;
import org.concurrencybench.sample.Sample;
import org.junit.jupiter.api.Test;

class LedgerTest {

    private static final int CAP = 10;

    private static final CaseKey SERIAL = key("serial");
    private static final CaseKey OTHER = key("other");

    private final Random random = new Random(7);
    private final Ledger ledger = new Ledger(plan(0.03));

    private static CaseKey key(String model) {
        return new CaseKey("bench.run", "work", "cpu-bound", model, Params.of(Map.of()));
    }

    private static Plan plan(double precision) {
        List<PlannedCase> cases = Stream.of(SERIAL, OTHER)
                .map(key -> new PlannedCase(key, Map.of(), OptionalDouble.empty(), 4, 100, 2, 100, List.of()))
                .toList();
        return new Plan("test", "smoke", 1, CAP, cases, precision, Optional.of(Duration.ofMinutes(1)));
    }

    private static Sample sample(CaseKey key, int fork, int iteration, Phase phase, double score) {
        return new Sample(
                key,
                fork,
                iteration,
                phase,
                score,
                "ms/op",
                Direction.LOWER,
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }

    private void measure(CaseKey key, double mean, double deviation) {
        int fork = ledger.forks(key) + 1;
        double score = mean * Math.exp(random.nextGaussian() * deviation);
        ledger.measured(
                key,
                List.of(
                        sample(key, fork, 1, Phase.WARMUP, score),
                        sample(key, fork, 1, Phase.MEASUREMENT, score),
                        sample(key, fork, 2, Phase.MEASUREMENT, score)));
    }

    private void rounds(int rounds, double serialDeviation, double otherDeviation) {
        for (int round = 0; round < rounds; round++) {
            if (ledger.isOpen(SERIAL)) {
                measure(SERIAL, 100, serialDeviation);
            }
            if (ledger.isOpen(OTHER)) {
                measure(OTHER, 50, otherDeviation);
            }
        }
    }

    @Test
    void noCaseClosesBeforeItsThirdForkHoweverAlikeTheFirstTwoAre() {
        rounds(2, 0, 0);

        assertThat(ledger.isOpen(SERIAL)).isTrue();
        assertThat(ledger.isOpen(OTHER)).isTrue();
    }

    @Test
    void aPreciseCaseHasTwoForksMoreThanItsFirstLookAndCloses() {
        rounds(CAP, 0.001, 0.001);

        assertThat(ledger.forks(SERIAL)).isEqualTo(5);
        assertThat(ledger.forks(OTHER)).isEqualTo(5);
        assertThat(ledger.imprecise()).isZero();
        assertThat(ledger.widest()).isEmpty();
    }

    @Test
    void aNoisyCaseGoesOnToItsCapAndIsTheWidestThen() {
        rounds(2 * CAP, 0.001, 0.3);

        assertThat(ledger.forks(OTHER)).isEqualTo(CAP);
        assertThat(ledger.isOpen(OTHER)).isFalse();
        assertThat(ledger.widest()).map(PlannedCase::key).contains(OTHER);
        assertThat(ledger.imprecise()).isEqualTo(1);
    }

    @Test
    void aNoisyReferenceIsMeasuredOnAsLongAsItMakesASpeedUpWide() {
        rounds(2 * CAP, 0.3, 0.001);

        assertThat(ledger.forks(SERIAL)).isEqualTo(CAP);
        assertThat(ledger.widest()).map(PlannedCase::key).contains(SERIAL);
    }

    @Test
    void whatIsLeftOfABudgetIsNotSpentOnOneCaseForEver() {
        rounds(2 * CAP, 0.001, 3);
        int spent = 0;
        while (ledger.widest().isPresent() && spent < 1000) {
            measure(ledger.widest().get().key(), 50, 3);
            spent++;
        }

        assertThat(spent).isPositive().isLessThan(4 * CAP);
    }

    @Test
    void aForkUnderOtherConditionsIsMeasuredAgainOnceAndBothCount() {
        rounds(CAP, 0.001, 0.001);

        ledger.repeat(OTHER);
        assertThat(ledger.isOpen(OTHER)).isTrue();
        measure(OTHER, 50, 0.001);
        ledger.repeat(OTHER);

        assertThat(ledger.isOpen(OTHER)).isFalse();
        assertThat(ledger.forks(OTHER)).isEqualTo(6);
    }

    @Test
    void withoutAPrecisionEveryCaseHasAllItsForks() {
        Ledger fixed = new Ledger(plan(0));
        for (int fork = 1; fork <= CAP; fork++) {
            assertThat(fixed.isOpen(SERIAL)).isTrue();
            fixed.measured(SERIAL, List.of(sample(SERIAL, fork, 1, Phase.MEASUREMENT, 5)));
        }

        assertThat(fixed.isOpen(SERIAL)).isFalse();
    }

    @Test
    void aCaseThatFailedIsClosed() {
        ledger.failed(OTHER);

        assertThat(ledger.isOpen(OTHER)).isFalse();
        assertThat(ledger.wanted()).isEqualTo(CAP);
    }

    private static PlannedCase piloted(double... scores) {
        List<Sample> samples = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            boolean warmup = i < 4;
            samples.add(
                    sample(SERIAL, 1, warmup ? i + 1 : i - 3, warmup ? Phase.WARMUP : Phase.MEASUREMENT, scores[i]));
        }
        return Pilot.timed(plan(0).cases().getFirst(), samples);
    }

    @Test
    void thePilotEndsTheWarmUpOneIterationAfterTheScoresComeToRest() {
        assertThat(piloted(30, 10, 10, 10, 10, 10).warmupIterations()).isEqualTo(2);
        assertThat(piloted(10, 10, 10, 10, 10, 10).warmupIterations()).isEqualTo(1);
    }

    @Test
    void thePilotDoublesAWarmUpThatWasTooShort() {
        assertThat(piloted(90, 70, 50, 40, 30, 10).warmupIterations()).isEqualTo(8);
    }

    @Test
    void thePilotGivesSlowCasesSingleShotsAndOthersAtLeastFiveBatchesAnIteration() {
        assertThat(piloted(5000, 5000, 5000, 5000, 5000, 5000).iterationMillis())
                .isEqualTo(1);
        assertThat(piloted(60, 60, 60, 60, 60, 60).iterationMillis()).isEqualTo(300);
        assertThat(piloted(1, 1, 1, 1, 1, 1).iterationMillis()).isEqualTo(100);
    }
}
