package org.concurrencybench.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class PooledIterationsTest {

    @Test
    void meanIsArithmeticWithStudentsInterval() {
        Estimate mean = PooledIterations.mean(List.of(1.0, 2.0, 3.0), 0.95);

        // Standard deviation 1, and the 97.5 % quantile of t with 2 degrees of freedom is 4.302653: 4.302653 / √3.
        assertThat(mean.value()).isEqualTo(2);
        assertThat(mean.high() - mean.value()).isCloseTo(2.484138, within(1e-6));
        assertThat(mean.value() - mean.low()).isCloseTo(2.484138, within(1e-6));
    }

    @Test
    void oneScoreHasAnUnboundedInterval() {
        assertThat(PooledIterations.mean(List.of(7.0), 0.95).isBounded()).isFalse();
    }

    @Test
    void percentilesInterpolateBetweenNeighboursAndStayWithinTheScores() {
        double[] sorted = {10, 20, 40};

        assertThat(PooledIterations.percentile(sorted, 0)).isEqualTo(10);
        assertThat(PooledIterations.percentile(sorted, 50)).isEqualTo(20);
        // 60 % of 4 is 2.4: the second score and four tenths of the way to the third.
        assertThat(PooledIterations.percentile(sorted, 60)).isCloseTo(28, within(1e-9));
        assertThat(PooledIterations.percentile(sorted, 99)).isEqualTo(40);
        assertThat(PooledIterations.percentile(sorted, 100)).isEqualTo(40);
        assertThat(PooledIterations.percentile(new double[] {5}, 50)).isEqualTo(5);
    }
}
