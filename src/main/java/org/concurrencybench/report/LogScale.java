package org.concurrencybench.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * One logarithmic axis of a curve: from values to places, with round ticks.
 *
 * @param low lowest value that it shows, above 0
 * @param high highest, above {@code low}
 * @param from place of {@code low}
 * @param to place of {@code high}; below {@code from} for an axis that goes up
 */
record LogScale(double low, double high, double from, double to) implements AxisScale {

    /** The digits of a decade that get a tick, coarse choices first. */
    private static final List<List<Integer>> DIGITS = List.of(List.of(1), List.of(1, 3), List.of(1, 2, 5));

    /** With some room beyond the lowest and the highest value, and never less than a factor of two in all. */
    static LogScale over(double lowest, double highest, double from, double to) {
        // Files are anybody's: neither the ratio of their numbers nor the room beside them need be a number of ours.
        double margin = Math.max(1.1, Math.exp(0.05 * (Math.log(highest) - Math.log(lowest))));
        double low = Math.max(Double.MIN_NORMAL, lowest / margin);
        double high = Math.min(Double.MAX_VALUE, highest * margin);
        if (high / low < 2) {
            double middle = Math.sqrt(low * high);
            low = middle / Math.sqrt(2);
            high = middle * Math.sqrt(2);
        }
        return new LogScale(low, high, from, to);
    }

    @Override
    public double place(double value) {
        double clamped = Math.clamp(value, low, high);
        return from + (to - from) * (Math.log(clamped) - Math.log(low)) / (Math.log(high) - Math.log(low));
    }

    /** Round values, at most {@code most} of them where the axis spans a decade or more. */
    @Override
    public List<Double> ticks(int most) {
        List<Double> best = List.of();
        for (int every = 4; every >= 1; every--) {
            best = better(best, powers(every, List.of(1)), most);
        }
        for (List<Integer> digits : DIGITS) {
            best = better(best, powers(1, digits), most);
        }
        if (high / low >= 10) {
            return best;
        }
        List<Double> within = LinearScale.multiples(low, high, most);
        return best.size() >= within.size() ? best : within;
    }

    private static List<Double> better(List<Double> best, List<Double> candidate, int most) {
        return candidate.size() > best.size() && candidate.size() <= most ? candidate : best;
    }

    private List<Double> powers(int every, List<Integer> digits) {
        List<Double> ticks = new ArrayList<>();
        for (int exponent = (int) Math.floor(Math.log10(low)); exponent <= Math.ceil(Math.log10(high)); exponent++) {
            for (int digit : digits) {
                double value = new BigDecimal(digit).scaleByPowerOfTen(exponent).doubleValue();
                if (Math.floorMod(exponent, every) == 0 && holds(value)) {
                    ticks.add(value);
                }
            }
        }
        return ticks;
    }

    /** {@code 100}, {@code 20k}, {@code 0.05}. */
    static String label(double value) {
        if (value >= 1e6) {
            return short3(value / 1e6) + "M";
        }
        return value >= 1e4 ? short3(value / 1e3) + "k" : short3(value);
    }

    private static String short3(double value) {
        return new BigDecimal(value)
                .round(new MathContext(3))
                .stripTrailingZeros()
                .toPlainString();
    }
}
