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

    /** Forks whose spread is what an interval within the precision, but not far within, has. */
    private void preciseRounds() {
        double[] spread = {1, 1.006, 0.994};
        for (int round = 0; round < CAP; round++) {
            for (CaseKey key : List.of(SERIAL, OTHER)) {
                if (ledger.isOpen(key)) {
                    measure(key, 50 * spread[ledger.forks(key) % spread.length], 0);
                }
            }
        }
    }

    private void scores(CaseKey key, double... means) {
        for (double mean : means) {
            measure(key, mean, 0);
        }
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
        preciseRounds();

        assertThat(ledger.forks(SERIAL)).isEqualTo(5);
        assertThat(ledger.forks(OTHER)).isEqualTo(5);
        assertThat(ledger.imprecise()).isZero();
        assertThat(ledger.widest()).isEmpty();
        assertThat(ledger.late()).isEmpty();
    }

    @Test
    void aQuietCaseWantsOneMoreForkAndThatLate() {
        rounds(CAP, 0.0001, 0.0001);

        assertThat(ledger.forks(SERIAL)).isEqualTo(3);
        assertThat(ledger.forks(OTHER)).isEqualTo(3);
        assertThat(ledger.wanted()).isEqualTo(2);
        assertThat(ledger.late()).containsExactly(SERIAL, OTHER);

        measure(SERIAL, 100, 0);
        measure(OTHER, 50, 0);
        assertThat(ledger.late()).isEmpty();
        assertThat(ledger.wanted()).isZero();
    }

    @Test
    void aCaseThatIsWideAfterTheForksThatItsClosingCostsIsOpenAgain() {
        scores(SERIAL, 100, 100, 100, 100);
        scores(OTHER, 50, 50.2, 49.8, 40, 60);

        assertThat(ledger.imprecise()).isEqualTo(1);
        assertThat(ledger.isOpen(OTHER)).isTrue();
        assertThat(ledger.wanted()).isEqualTo(CAP - 5);
    }

    @Test
    void everyWideCaseIsThereForWhatIsLeftOfABudget() {
        scores(SERIAL, 100, 100, 100, 100);
        // Precise at eight, and wide after the two that this costs, which are the last of the rounds.
        scores(OTHER, 50, 52.8, 47.2, 50, 50, 50, 50, 50, 30, 70);

        assertThat(ledger.isOpen(OTHER)).isFalse();
        assertThat(ledger.imprecise()).isEqualTo(1);
        assertThat(ledger.widest()).map(PlannedCase::key).contains(OTHER);
    }

    @Test
    void aCaseThatGetsPreciseBeyondTheRoundsHasTheForksThatThisCostsToo() {
        scores(SERIAL, 100, 100, 100, 100);
        scores(OTHER, 50, 55, 45, 50, 55, 45, 50, 55, 45, 50);
        assertThat(ledger.isOpen(OTHER)).isFalse();
        int looks = CAP;
        while (ledger.imprecise() > 0) {
            scores(OTHER, 50);
            looks++;
        }

        assertThat(looks).isGreaterThan(CAP).isLessThan(CAP * RunDefaults.CAP_FACTOR - 8);
        assertThat(ledger.isOpen(OTHER)).isTrue();
        assertThat(ledger.wanted()).isEqualTo((looks + 3) / 4);
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
        preciseRounds();

        ledger.repeat(OTHER);
        assertThat(ledger.isOpen(OTHER)).isTrue();
        measure(OTHER, 50, 0);
        ledger.repeat(OTHER);

        assertThat(ledger.isOpen(OTHER)).isFalse();
        assertThat(ledger.forks(OTHER)).isEqualTo(6);
    }

    @Test
    void aForkUnderOtherConditionsBeforeTheCaseIsDecidedIsMeasuredAgainToo() {
        measure(OTHER, 50, 0);
        ledger.repeat(OTHER);
        preciseRounds();

        assertThat(ledger.forks(SERIAL)).isEqualTo(5);
        assertThat(ledger.forks(OTHER)).isEqualTo(6);
    }

    @Test
    void aForkUnderOtherConditionsBeyondTheRoundsIsMeasuredAgainToo() {
        rounds(2 * CAP, 0.001, 0.3);
        measure(OTHER, 50, 0.3);
        ledger.repeat(OTHER);

        assertThat(ledger.isOpen(OTHER)).isTrue();
        measure(OTHER, 50, 0.3);
        assertThat(ledger.isOpen(OTHER)).isFalse();
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
