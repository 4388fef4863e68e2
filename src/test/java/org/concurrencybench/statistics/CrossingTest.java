package org.concurrencybench.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.concurrencybench.statistics.Crossing.Point;
import org.junit.jupiter.api.Test;

class CrossingTest {

    @Test
    void halfWayOnALogarithmicScaleIsTheGeometricMean() {
        Crossing crossing = Crossing.of(List.of(point(10, 0.5), point(1000, 2)));

        assertThat(crossing).isInstanceOfSatisfying(Crossing.At.class, at -> {
            assertThat(at.size().value()).isCloseTo(100, within(1e-9));
            // Lower ends 0.4 and 1.6, upper ends 0.6 and 2.4: crossings after 66 % and 37 % of the way.
            assertThat(at.size().low())
                    .isCloseTo(10 * Math.pow(100, Math.log(0.6) / Math.log(0.6 / 2.4)), within(1e-9));
            assertThat(at.size().high())
                    .isCloseTo(10 * Math.pow(100, Math.log(0.4) / Math.log(0.4 / 1.6)), within(1e-9));
        });
    }

    @Test
    void whatDipsBelowOneAgainHasNotCrossedYet() {
        Crossing crossing = Crossing.of(List.of(point(1, 0.5), point(10, 1.5), point(100, 0.5), point(1000, 2)));

        assertThat(crossing)
                .isInstanceOfSatisfying(
                        Crossing.At.class, at -> assertThat(at.size().value()).isBetween(100.0, 1000.0));
    }

    @Test
    void allAboveIsThroughoutAndTheLastBelowIsNowhere() {
        assertThat(Crossing.of(List.of(point(1, 1), point(2, 3)))).isEqualTo(new Crossing.Throughout());
        assertThat(Crossing.of(List.of(point(1, 2), point(2, 0.9)))).isEqualTo(new Crossing.Nowhere());
    }

    @Test
    void intervalsThatNeverMakeUpTheirMindLeaveTheCrossingOpenAtBothEnds() {
        Crossing crossing = Crossing.of(List.of(
                new Point(1, new Estimate(0.9, 0.5, 1.2, 0.95)), new Point(2, new Estimate(1.1, 0.6, 1.4, 0.95))));

        assertThat(crossing).isInstanceOfSatisfying(Crossing.At.class, at -> {
            assertThat(at.size().low()).isZero();
            assertThat(at.size().high()).isEqualTo(Double.POSITIVE_INFINITY);
        });
    }

    /** Speed-up of a pool that costs c a batch and halves the rest: it pays beyond 2c. */
    @Property(tries = 200)
    void theCostOfAHandOverIsFoundAgain(@ForAll @DoubleRange(min = 2, max = 400) double cost, @ForAll Random random) {
        List<Point> points = new ArrayList<>();
        for (double size = 1; size < 10_000; size *= 1.2) {
            points.add(point(size, size / (cost + size / 2)));
        }
        Collections.shuffle(points, random);

        assertThat(Crossing.of(points)).isInstanceOfSatisfying(Crossing.At.class, at -> {
            assertThat(at.size().value() / (2 * cost)).isCloseTo(1, within(0.01));
            assertThat(at.size().low()).isLessThanOrEqualTo(at.size().value());
            assertThat(at.size().high()).isGreaterThanOrEqualTo(at.size().value());
        });
    }

    private static Point point(double size, double ratio) {
        return new Point(size, new Estimate(ratio, 0.8 * ratio, 1.2 * ratio, 0.95));
    }
}
