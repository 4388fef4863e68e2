package org.concurrencybench.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.concurrencybench.statistics.Line.Point;
import org.junit.jupiter.api.Test;

class LineTest {

    @Property(tries = 200)
    void pointsOnALineHaveItsSlope(
            @ForAll @DoubleRange(min = -1000, max = 1000) double slope,
            @ForAll @DoubleRange(min = -1000, max = 1000) double base,
            @ForAll @IntRange(min = 2, max = 20) int count) {
        List<Point> points = IntStream.range(0, count)
                .mapToObj(x -> new Point(x, base + slope * x))
                .toList();

        assertThat(Line.slope(points)).isCloseTo(slope, within(1e-6));
    }

    /** Worked by hand: means 2 and 3; products (-1)(-2) + 0 + 1·(1) = 3; squares 2. */
    @Test
    void pointsBesideALineHaveTheSlopeOfLeastSquares() {
        assertThat(Line.slope(List.of(new Point(1, 1), new Point(2, 4), new Point(3, 4))))
                .isEqualTo(1.5);
    }

    @Test
    void forksThatAgreeHaveANarrowIntervalAndForksThatDifferHoldBothInTheirs() {
        List<Point> two = List.of(new Point(1, 102), new Point(2, 104));
        List<Point> twoFromElsewhere = List.of(new Point(1, 902), new Point(2, 904));
        List<Point> eight = List.of(new Point(1, 8), new Point(2, 16));

        assertThat(Line.slopeOverForks(List.of(two, twoFromElsewhere), 0.95)).isEqualTo(new Estimate(2, 2, 2, 0.95));
        Estimate wide = Line.slopeOverForks(List.of(two, eight), 0.95);
        assertThat(wide.value()).isCloseTo(4, within(1e-9));
        assertThat(wide.low()).isLessThan(2);
        assertThat(wide.high()).isGreaterThan(8);
    }

    @Test
    void oneForkHasNoInterval() {
        List<Point> two = List.of(new Point(1, 102), new Point(2, 104));

        assertThat(Line.slopeOverForks(List.of(two), 0.95).isBounded()).isFalse();
    }

    @Test
    void onePlaceIsNoLine() {
        assertThatThrownBy(() -> Line.slope(List.of(new Point(1, 1), new Point(1, 2))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a line needs points at two places at least");
    }
}
