package org.concurrencybench.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SteadinessTest {

    @Test
    void iterationsThatStayAreSteadyEvenIfTheyRiseALittle() {
        assertThat(Steadiness.of(List.of(10.0, 10.1, 9.9, 10.05, 10.0))).isEqualTo(Steadiness.STEADY);
        assertThat(Steadiness.of(List.of(10.0, 10.01, 10.02, 10.03, 10.04))).isEqualTo(Steadiness.STEADY);
        assertThat(Steadiness.of(List.of(5.0, 5.0, 5.0, 5.0))).isEqualTo(Steadiness.STEADY);
    }

    @Test
    void oneOutlierAmongIterationsAtRestIsNoUnrest() {
        assertThat(Steadiness.of(List.of(10.0, 10.1, 30.0, 9.9, 10.0, 10.1))).isEqualTo(Steadiness.STEADY);
    }

    @Test
    void iterationsThatKeepGettingFasterOrSlowerDrift() {
        assertThat(Steadiness.of(List.of(14.0, 13.0, 12.0, 11.0))).isEqualTo(Steadiness.DRIFTING);
        assertThat(Steadiness.of(List.of(10.0, 10.4, 10.8, 11.2, 11.6))).isEqualTo(Steadiness.DRIFTING);
    }

    @Test
    void iterationsThatJumpAboutAreNeverSteady() {
        assertThat(Steadiness.of(List.of(10.0, 15.0, 9.0, 16.0, 10.0, 14.0))).isEqualTo(Steadiness.NEVER_STEADY);
    }

    @Test
    void fewerThanFourIterationsAreNotJudged() {
        assertThat(Steadiness.of(List.of(14.0, 13.0, 12.0))).isEqualTo(Steadiness.NOT_JUDGED);
        assertThat(Steadiness.of(List.of())).isEqualTo(Steadiness.NOT_JUDGED);
    }

    /** The slopes between all pairs of them would be thousands of millions. */
    @Test
    void aHundredThousandIterationsAreJudgedLikeFew() {
        Random random = new Random(1);
        List<Double> resting = random.doubles(100_000, 9.9, 10.1).boxed().toList();
        List<Double> jumping = random.doubles(100_000, 5, 15).boxed().toList();
        List<Double> rising = IntStream.range(0, 100_000)
                .mapToObj(i -> 10 + i / 50_000.0 + random.nextDouble())
                .toList();

        assertThat(Steadiness.of(resting)).isEqualTo(Steadiness.STEADY);
        assertThat(Steadiness.of(jumping)).isEqualTo(Steadiness.NEVER_STEADY);
        assertThat(Steadiness.of(rising)).isEqualTo(Steadiness.DRIFTING);
    }

    @Test
    void aSeriesRestsFromWhereItStaysNearItsEnd() {
        assertThat(Steadiness.restsFrom(List.of(30.0, 20.0, 10.2, 10.0, 9.9, 10.1)))
                .isEqualTo(2);
        assertThat(Steadiness.restsFrom(List.of(10.0, 10.0))).isZero();
        assertThat(Steadiness.restsFrom(List.of(10.0, 20.0, 10.0, 20.0))).isEqualTo(4);
        assertThat(Steadiness.restsFrom(List.of())).isZero();
    }

    @Test
    void theChanceOfAnOrderIsExact() {
        // Of the 24 orders of four one is fully ascending, and three more have one inversion.
        assertThat(Trend.chance(new double[] {1, 2, 3, 4})).isCloseTo(1 / 24.0, within(1e-12));
        assertThat(Trend.chance(new double[] {4, 3, 2, 1})).isCloseTo(1 / 24.0, within(1e-12));
        assertThat(Trend.chance(new double[] {1, 2, 4, 3})).isCloseTo(4 / 24.0, within(1e-12));
        assertThat(Trend.chance(new double[] {1, 1, 1, 1})).isCloseTo(1, within(1e-12));
    }
}
