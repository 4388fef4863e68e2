package org.concurrencybench.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SerialFractionTest {

    @Property(tries = 100)
    void aFractionThatWasPutInIsFoundAgain(
            @ForAll @DoubleRange(min = 0, max = 1) double serial, @ForAll @IntRange(min = 2, max = 8) int most) {
        List<SerialFraction.Point> points = IntStream.rangeClosed(2, most)
                .mapToObj(units -> point(units, 1 / (serial + (1 - serial) / units), 0))
                .toList();

        assertThat(SerialFraction.of(points).orElseThrow().value()).isCloseTo(serial, within(1e-9));
    }

    @Test
    void theIntervalOfTheSpeedupTurnsRound() {
        Estimate serial = SerialFraction.of(List.of(point(2, 1.6, 0.1))).orElseThrow();

        // Karp and Flatt: (1/1.6 - 1/2) / (1 - 1/2)
        assertThat(serial.value()).isCloseTo(0.25, within(1e-9));
        assertThat(serial.low()).isCloseTo(2 / 1.7 - 1, within(1e-9));
        assertThat(serial.high()).isCloseTo(2 / 1.5 - 1, within(1e-9));
    }

    @Test
    void oneUnitOrOneForkTellsNothing() {
        assertThat(SerialFraction.of(List.of(
                        point(1, 1, 0.1),
                        new SerialFraction.Point(2, new Estimate(1.6, 0, Double.POSITIVE_INFINITY, 0.95)))))
                .isEmpty();
    }

    private static SerialFraction.Point point(double units, double speedup, double half) {
        return new SerialFraction.Point(units, new Estimate(speedup, speedup - half, speedup + half, 0.95));
    }
}
