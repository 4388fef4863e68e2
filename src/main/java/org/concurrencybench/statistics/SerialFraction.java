package org.concurrencybench.statistics;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The part of a batch that does not get faster with more units, as speed-ups at several parallelisms tell it: the s of
 * {@code 1/S = s + (1 - s)/u} (Amdahl, AFIPS 1967, doi:10.1145/1465482.1465560) by least squares. At a single parallelism that
 * is the experimentally determined serial fraction of Karp and Flatt (CACM 1990, doi:10.1145/78607.78614). Whatever keeps from
 * the ideal counts as serial: locks, hand-over, collections, memory that all share.
 */
public final class SerialFraction {

    private SerialFraction() {}

    /**
     * A speed-up with so many units.
     *
     * @param units as many as can work at once
     * @param speedup over one of them
     */
    public record Point(double units, Estimate speedup) {}

    /**
     * The fraction, from 0 to 1.
     *
     * @return its interval comes from the ends of the intervals of all speed-ups at once, which is cautious; empty where no
     *     speed-up with more than one unit has an interval
     */
    public static Optional<Estimate> of(List<Point> points) {
        List<Point> useful = points.stream()
                .filter(point -> point.units > 1 && point.speedup.isBounded() && point.speedup.low() > 0)
                .toList();
        if (useful.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Estimate(
                fit(useful, Estimate::value),
                fit(useful, Estimate::high),
                fit(useful, Estimate::low),
                useful.getFirst().speedup.confidence()));
    }

    private static double fit(List<Point> points, Function<Estimate, Double> speedup) {
        double above = 0;
        double below = 0;
        for (Point point : points) {
            double parallel = 1 - 1 / point.units;
            above += parallel * (1 / speedup.apply(point.speedup) - 1 / point.units);
            below += parallel * parallel;
        }
        return Math.clamp(above / below, 0, 1);
    }
}
