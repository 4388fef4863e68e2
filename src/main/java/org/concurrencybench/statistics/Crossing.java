package org.concurrencybench.statistics;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Where a ratio that was measured at several sizes comes to 1 and stays above it: the size from which on something pays.
 *
 * <p>Between two sizes the ratio is taken to run straight on logarithmic scales. The interval holds every size at which the
 * ratios' own intervals do not tell which side of 1 they are on: its low end is where the upper ends come to 1 for good, its
 * high end where the lower ends do.
 */
public sealed interface Crossing {

    /**
     * A ratio at a size.
     *
     * @param size above 0
     * @param ratio with its interval, all of it above 0 where it is bounded
     */
    record Point(double size, Estimate ratio) {}

    /**
     * It comes to 1 between two of the sizes.
     *
     * @param size with its interval; from 0 where even the smallest size may do, without end where the largest may not
     */
    record At(Estimate size) implements Crossing {}

    /** It is 1 or more at the smallest size and at all others. */
    record Throughout() implements Crossing {}

    /** It is below 1 at the largest size. */
    record Nowhere() implements Crossing {}

    /**
     * Looks for it.
     *
     * @param points at least one; no two of the same size
     */
    static Crossing of(List<Point> points) {
        List<Point> inOrder =
                points.stream().sorted(Comparator.comparingDouble(Point::size)).toList();
        double at = comesToOne(inOrder, point -> point.ratio().value());
        if (at == 0) {
            return new Throughout();
        }
        if (at == Double.POSITIVE_INFINITY) {
            return new Nowhere();
        }
        double low = comesToOne(inOrder, point -> point.ratio().high());
        double high = comesToOne(inOrder, point -> point.ratio().low());
        return new At(new Estimate(at, low, high, inOrder.getFirst().ratio().confidence()));
    }

    /** The size after which no value is below 1; 0 if none is, infinite if the last one is. */
    private static double comesToOne(List<Point> points, ToDoubleFunction<Point> value) {
        int last = points.size() - 1;
        while (last >= 0 && value.applyAsDouble(points.get(last)) >= 1) {
            last--;
        }
        if (last < 0) {
            return 0;
        }
        if (last == points.size() - 1) {
            return Double.POSITIVE_INFINITY;
        }
        double below = value.applyAsDouble(points.get(last));
        double above = value.applyAsDouble(points.get(last + 1));
        if (!(below > 0) || !Double.isFinite(above)) {
            // An interval without an end says nothing of what lies between.
            return below > 0 ? points.get(last).size() : points.get(last + 1).size();
        }
        double share = StrictMath.log(below) / (StrictMath.log(below) - StrictMath.log(above));
        double from = StrictMath.log(points.get(last).size());
        double to = StrictMath.log(points.get(last + 1).size());
        return StrictMath.exp(from + share * (to - from));
    }
}
