package org.concurrencybench.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * A plain axis from 0.
 *
 * @param high highest value that it shows, above 0
 * @param from place of 0
 * @param to place of {@code high}; below {@code from} for an axis that goes up
 */
record LinearScale(double high, double from, double to) implements AxisScale {

    @Override
    public double low() {
        return 0;
    }

    @Override
    public double place(double value) {
        return from + (to - from) * Math.clamp(value / high, 0, 1);
    }

    @Override
    public List<Double> ticks(int most) {
        return multiples(0, high, most);
    }

    /** Of a round step, so small that there are as many as may be. */
    static List<Double> multiples(double low, double high, int most) {
        for (int exponent = (int) Math.floor(Math.log10(high - low)) - 2; ; exponent++) {
            for (int digit : new int[] {1, 2, 5}) {
                BigDecimal step = new BigDecimal(digit).scaleByPowerOfTen(exponent);
                List<Double> ticks = new ArrayList<>();
                for (long i = (long) Math.ceil(low / step.doubleValue()); step.doubleValue() * i <= high; i++) {
                    ticks.add(step.multiply(new BigDecimal(i)).doubleValue());
                }
                if (ticks.size() <= most) {
                    return ticks;
                }
            }
        }
    }
}
