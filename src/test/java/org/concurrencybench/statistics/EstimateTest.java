package org.concurrencybench.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class EstimateTest {

    @Test
    void refusesAValueOutsideOfItsInterval() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Estimate(3, 1, 2, 0.95));
        assertThatIllegalArgumentException().isThrownBy(() -> new Estimate(Double.NaN, 1, 2, 0.95));
    }

    @Test
    void refusesAConfidenceThatIsNoProbability() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Estimate(1, 1, 1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Estimate(1, 1, 1, 0));
    }

    @Test
    void relativeHalfWidthIsHalfTheIntervalOverTheValue() {
        assertThat(new Estimate(10, 8, 14, 0.95).relativeHalfWidth()).isEqualTo(0.3);
        assertThat(new Estimate(-10, -14, -8, 0.95).relativeHalfWidth()).isEqualTo(0.3);
        assertThat(new Estimate(0, -1, 1, 0.95).relativeHalfWidth()).isInfinite();
        assertThat(new Estimate(1, 0, Double.POSITIVE_INFINITY, 0.95).relativeHalfWidth())
                .isInfinite();
    }

    @Test
    void intervalsThatTouchOverlap() {
        Estimate low = new Estimate(1, 0, 2, 0.95);
        assertThat(low.overlaps(new Estimate(3, 2, 4, 0.95))).isTrue();
        assertThat(low.overlaps(new Estimate(3, 2.1, 4, 0.95))).isFalse();
        assertThat(new Estimate(3, 2.1, 4, 0.95).overlaps(low)).isFalse();
    }
}
