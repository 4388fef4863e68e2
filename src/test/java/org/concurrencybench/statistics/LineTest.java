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
    void pointsThatBendAreFartherFromTheLineThanTheirForksDiffer() {
        // 76.0, 94.8, 105.3, 109.1 and 112.9: a slope of 8.8 with a narrow interval that no two neighbours have.
        List<List<Point>> bent = List.of(
                fork(76.0, 94.8, 105.3, 109.1, 112.9),
                fork(76.1, 94.9, 105.4, 109.2, 113.0),
                fork(75.9, 94.7, 105.2, 109.0, 112.8));

        assertThat(Line.slopeOverForks(bent, 0.95).relativeHalfWidth()).isLessThan(0.01);
        assertThat(Line.bend(bent, 0.95)).isCloseTo(0.17, within(0.005));
    }

    @Test
    void noiseIsNoBend() {
        assertThat(Line.bend(List.of(fork(10, 21, 30), fork(10, 19, 30), fork(10.5, 20, 30.5)), 0.95))
                .isZero();
        assertThat(Line.bend(List.of(fork(10, 20, 30), fork(110, 120, 130)), 0.95))
                .isCloseTo(0, within(1e-9));
    }

    @Test
    void oneForkThatBendsIsTakenAsItIs() {
        assertThat(Line.bend(List.of(fork(0, 10, 10)), 0.95)).isCloseTo(1 / 3.0, within(1e-9));
    }

    private static List<Point> fork(double... values) {
        return IntStream.range(0, values.length)
                .mapToObj(i -> new Point(i + 1.0, values[i]))
                .toList();
    }

    @Test
    void onePlaceIsNoLine() {
        assertThatThrownBy(() -> Line.slope(List.of(new Point(1, 1), new Point(1, 2))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a line needs points at two places at least");
    }
}
