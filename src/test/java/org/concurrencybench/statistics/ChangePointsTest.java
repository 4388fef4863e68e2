package org.concurrencybench.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Histories of known truth: 2 % noise, with and without steps. */
class ChangePointsTest {

    private static final double NOISE = 0.02;

    private final SplittableRandom random = new SplittableRandom(7);

    @Test
    void flatNoiseIsHardlyEverCut() {
        int cut = 0;
        int series = 0;
        for (int length : new int[] {6, 10, 30, 60}) {
            for (int i = 0; i < 100; i++) {
                cut += ChangePoints.of(level(length, 1)).isEmpty() ? 0 : 1;
                series++;
            }
        }
        // One in a hundred by design; 400 draws of that exceed 12 once in a thousand times.
        assertThat(cut).as("of " + series).isLessThanOrEqualTo(12);
    }

    @Test
    void aStepOfTenPercentIsFoundWithinOneCommitAndNoOtherIs() {
        int found = 0;
        for (int i = 0; i < 100; i++) {
            int before = random.nextInt(8, 20);
            List<Double> series = level(before, 1);
            series.addAll(level(random.nextInt(8, 20), 1.1));
            List<Integer> points = ChangePoints.of(series);
            found += points.size() == 1 && Math.abs(points.getFirst() - before) <= 1 ? 1 : 0;
        }
        assertThat(found).isGreaterThanOrEqualTo(94);
    }

    @Test
    void aStepAndItsMendingAreTwoChangePoints() {
        List<Double> series = level(15, 1);
        series.addAll(level(15, 1.2));
        series.addAll(level(15, 1));

        assertThat(ChangePoints.of(series)).hasSize(2).satisfies(points -> {
            assertThat(points.getFirst()).isBetween(14, 16);
            assertThat(points.getLast()).isBetween(29, 31);
        });
    }

    @Test
    void oneBadDayIsNoChange() {
        List<Double> series = level(30, 1);
        series.set(12, 1.5);

        assertThat(ChangePoints.of(series)).isEmpty();
    }

    @Test
    void theSameHistoryAlwaysHasTheSameChangePoints() {
        List<Double> series = level(12, 1);
        series.addAll(level(12, 1.04));

        assertThat(ChangePoints.of(series)).isEqualTo(ChangePoints.of(List.copyOf(series)));
    }

    @Test
    void fewScoresOrEqualOnesHaveNone() {
        assertThat(ChangePoints.of(List.of())).isEmpty();
        assertThat(ChangePoints.of(List.of(1.0, 1.0, 2.0, 2.0))).isEmpty();
        assertThat(ChangePoints.of(List.of(1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0))).isEmpty();
        assertThatThrownBy(() -> ChangePoints.of(List.of(1.0, 0.0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not above 0");
    }

    private List<Double> level(int length, double score) {
        List<Double> scores = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            double u = random.nextDouble();
            double v = random.nextDouble();
            double normal = Math.sqrt(-2 * Math.log(1 - u)) * Math.cos(2 * Math.PI * v);
            scores.add(score * Math.exp(NOISE * normal));
        }
        return scores;
    }
}
