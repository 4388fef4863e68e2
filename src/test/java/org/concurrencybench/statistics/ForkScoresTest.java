package org.concurrencybench.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ForkScoresTest {

    private static final double E = Math.E;

    /** Logarithms 1, 2 and 3: mean 2, variance 1. */
    private static final ForkScores ONE_TWO_THREE = ofLogs(1, 2, 3);

    @Test
    void aForksScoreIsTheMedianOfItsIterations() {
        ForkScores scores = ForkScores.ofIterations(List.of(List.of(9.0, 1.0, 2.0), List.of(4.0, 100.0, 1.0, 6.0)));

        assertThat(scores.asList()).containsExactly(2.0, 5.0);
        assertThat(scores.count()).isEqualTo(2);
    }

    @Test
    void nothingMeasuredIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> ForkScores.of(List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> ForkScores.ofIterations(List.of(List.<Double>of())));
    }

    @Test
    void positiveScoresGiveTheGeometricMeanWithStudentsIntervalOfTheLogarithms() {
        Estimate score = ONE_TWO_THREE.score(0.95);

        // t(2 degrees of freedom, 97.5 %) = 4.302653; times √(1/3) = 2.484138.
        assertThat(score.value()).isCloseTo(Math.exp(2), within(1e-9));
        assertThat(Math.log(score.low())).isCloseTo(2 - 2.484138, within(1e-6));
        assertThat(Math.log(score.high())).isCloseTo(2 + 2.484138, within(1e-6));
        assertThat(score.confidence()).isEqualTo(0.95);
    }

    @Test
    void moreForksThanTheFirstLookWaitsForSpendAFifthOfTheErrorOnTheLooks() {
        Estimate score = ofLogs(1, 2, 3, 1, 2, 3).score(0.95);

        // Mean 2, variance of the mean 4 / 5 / 6; t(5 degrees of freedom, 98 %) = 2.756509.
        assertThat(Math.log(score.high())).isCloseTo(2 + 2.756509 * Math.sqrt(4.0 / 30), within(1e-6));
        // Mean 2, variance of the mean 2 / 3 / 4; t(3 degrees of freedom, 98 %) = 3.481909.
        assertThat(Math.log(ofLogs(1, 2, 3, 2).score(0.95).high()))
                .isCloseTo(2 + 3.481909 * Math.sqrt(1.0 / 6), within(1e-6));
    }

    @Test
    void aScoreThatIsNotPositiveMakesTheMeanArithmetic() {
        Estimate score = ForkScores.of(List.of(-1.0, 0.0, 1.0)).score(0.95);

        assertThat(score.value()).isZero();
        assertThat(score.low()).isCloseTo(-2.484138, within(1e-6));
        assertThat(score.high()).isCloseTo(2.484138, within(1e-6));
    }

    @Test
    void welchsIntervalOfEqualVariancesHasAllDegreesOfFreedom() {
        Estimate ratio = ONE_TWO_THREE.ratioTo(ofLogs(0, 1, 2), 0.95);

        // Variances of the means 1/3 each; degrees (2/3)² / (2 · (1/3)²/2) = 4; t = 2.776445; times √(2/3) = 2.266958.
        assertThat(ratio.value()).isCloseTo(E, within(1e-9));
        assertThat(Math.log(ratio.low())).isCloseTo(1 - 2.776445 * Math.sqrt(2.0 / 3), within(1e-6));
        assertThat(Math.log(ratio.high())).isCloseTo(1 + 2.776445 * Math.sqrt(2.0 / 3), within(1e-6));
    }

    @Test
    void welchsIntervalOfUnequalVariancesLosesDegreesOfFreedom() {
        Estimate ratio = ONE_TWO_THREE.ratioTo(ofLogs(0, 2, 4), 0.95);

        // Variances of the means 1/3 and 4/3; degrees (5/3)² / ((1/9 + 16/9) / 2) = 50/17; t(50/17, 97.5 %) = 3.218759.
        assertThat(ratio.value()).isCloseTo(1, within(1e-9));
        assertThat(Math.log(ratio.high())).isCloseTo(3.218759 * Math.sqrt(5.0 / 3), within(1e-6));
    }

    @Test
    void aConstantAgainstAVaryingOneKeepsTheDegreesOfTheVaryingOne() {
        Estimate ratio = ONE_TWO_THREE.ratioTo(ForkScores.of(List.of(1.0, 1.0, 1.0)), 0.95);

        assertThat(Math.log(ratio.high())).isCloseTo(2 + 2.484138, within(1e-6));
    }

    @Test
    void equalForksGiveExactlyTheirScoreAndAnIntervalWithoutWidth() {
        ForkScores constant = ForkScores.of(List.of(10.0, 10.0, 10.0, 10.0));

        assertThat(constant.score(0.95).value()).isEqualTo(10.0);
        assertThat(constant.score(0.95).relativeHalfWidth()).isLessThan(1e-15);
        assertThat(constant.ratioTo(constant, 0.95)).isEqualTo(new Estimate(1, 1, 1, 0.95));
    }

    @Test
    void oneForkHasItsScoreAndAnUnboundedInterval() {
        ForkScores one = ForkScores.of(List.of(10.0));

        assertThat(one.score(0.95)).isEqualTo(new Estimate(10, 0, Double.POSITIVE_INFINITY, 0.95));
        assertThat(ForkScores.of(List.of(-1.0)).score(0.95).low()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(ONE_TWO_THREE.ratioTo(one, 0.95).isBounded()).isFalse();
        assertThat(one.ratioTo(ONE_TWO_THREE, 0.95).isBounded()).isFalse();
    }

    @Test
    void aRatioOfScoresThatAreNotPositiveIsRefused() {
        ForkScores zero = ForkScores.of(List.of(0.0, 1.0));

        assertThatIllegalArgumentException().isThrownBy(() -> zero.ratioTo(ONE_TWO_THREE, 0.95));
        assertThatIllegalArgumentException().isThrownBy(() -> ONE_TWO_THREE.ratioTo(zero, 0.95));
    }

    @Test
    void theIntervalOfTheScoreCoversTheTruthAsOftenAsItSays() {
        Random random = new Random(20261122);

        assertCoverage(repetition -> covers(logNormal(random, 5, 3, 0.2).score(0.95), Math.exp(3)));
    }

    @Test
    void theIntervalOfTheRatioCoversTheTruthAsOftenAsItSays() {
        Random random = new Random(20261123);

        assertCoverage(repetition ->
                covers(logNormal(random, 5, 3, 0.05).ratioTo(logNormal(random, 8, 2, 0.3), 0.95), Math.exp(1)));
    }

    private static void assertCoverage(Predicate<Integer> covered) {
        long hits = IntStream.range(0, 4000).boxed().filter(covered).count();

        assertThat(hits / 4000.0).isBetween(0.93, 0.97);
    }

    private static boolean covers(Estimate estimate, double truth) {
        return estimate.low() <= truth && truth <= estimate.high();
    }

    private static ForkScores logNormal(Random random, int forks, double mean, double deviation) {
        return ofLogs(DoubleStream.generate(() -> random.nextGaussian(mean, deviation))
                .limit(forks)
                .toArray());
    }

    private static ForkScores ofLogs(double... logs) {
        return ForkScores.of(DoubleStream.of(logs).map(StrictMath::exp).boxed().toList());
    }
}
