package org.concurrencybench.report;

import java.awt.geom.Point2D;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.statistics.Line;

/**
 * What a law says of a measured line. Sleepers: no fewer than N·sleep/units milliseconds pass if at most so many sleep at once
 * (Little, "A proof for the queuing formula L = λW", Operations Research 9, 1961, doi:10.1287/opre.9.3.383). Memory: a
 * straight line, least squares, where the points lie on one. Speed-up over units: {@link ScalingFits}.
 */
final class CurveLaws {

    /** Pieces of a line that is not straight on logarithmic axes. */
    private static final int PIECES = 40;

    /** Of the rise: points that lie farther from the line than this are on none, and its slope is nobody's memory. */
    private static final double MOST_BEND = 0.05;

    private CurveLaws() {}

    /** The law along the line, from its first point to its last; empty where there is none. */
    static List<Point2D.Double> of(Curve curve, Curve.Line line, List<CaseSummary> summaries) {
        return switch (curve) {
            case MANY_SLEEPERS -> bound(line);
            case FOOTPRINT -> hasSlope(line) ? straight(line) : List.of();
            case SUM_OF_SQUARES ->
                ScalingFits.of(line, summaries)
                        .map(fit -> {
                            double cores = line.points().stream()
                                    .mapToDouble(
                                            point -> point.summary().ideal().orElse(1))
                                    .max()
                                    .orElse(1);
                            return along(line).stream()
                                    .map(x -> new Point2D.Double(x, fit.at(Math.min(x, cores))))
                                    .toList();
                        })
                        .orElse(List.of());
            case SPAWN, POOL_MAP_WORK, POOL_MAP_CHUNK -> List.of();
        };
    }

    /** Whether its points lie on a straight line, as far as can be told, so that its slope is what one unit takes. */
    static boolean hasSlope(Curve.Line line) {
        return hasPlaces(line) && bend(line) <= MOST_BEND;
    }

    /** Whether it has points at two places at least, and a fork that was at all of them. */
    static boolean hasPlaces(Curve.Line line) {
        return line.points().stream().mapToDouble(Curve.Point::x).distinct().count() > 1;
    }

    /** See {@link Line#bend}. */
    static double bend(Curve.Line line) {
        return Line.bend(byFork(line), line.points().getFirst().y().confidence());
    }

    /** The mean slope between two neighbouring points. */
    static double slope(Curve.Line line, int from) {
        return byFork(line).stream()
                .mapToDouble(points -> Line.slope(points.subList(from, from + 2)))
                .average()
                .orElseThrow();
    }

    /**
     * The points, for each fork. A case's forks stand in the order in which they ran, and all sizes of a fork were read in it;
     * a fork that is missing at one size is left out at all.
     */
    static List<List<Line.Point>> byFork(Curve.Line line) {
        int forks = line.points().stream()
                .mapToInt(point -> point.summary().forks().count())
                .min()
                .orElse(0);
        return IntStream.range(0, forks)
                .mapToObj(fork -> line.points().stream()
                        .map(point -> new Line.Point(
                                point.x(), point.summary().forks().asList().get(fork)))
                        .toList())
                .toList();
    }

    private static List<Point2D.Double> bound(Curve.Line line) {
        List<Point2D.Double> bound = new ArrayList<>();
        // One timer keeps the time of all: it is one unit, and yet all of them sleep at once.
        boolean isBounded = !line.model().equals("timer-thread")
                && line.points().stream()
                        .anyMatch(point -> point.x() > Math.max(1, Curve.parallelism(point.summary())));
        if (isBounded) {
            for (Curve.Point point : line.points()) {
                OptionalDouble sleep = Curve.MANY_SLEEPERS.ideal(point);
                double units = Math.max(1, Curve.parallelism(point.summary()));
                sleep.ifPresent(millis ->
                        bound.add(new Point2D.Double(point.x(), millis * Math.max(1, Math.ceil(point.x() / units)))));
            }
        }
        return bound;
    }

    private static List<Point2D.Double> straight(Curve.Line line) {
        double slope = Findings.slope(line).value();
        double intercept =
                byFork(line).stream().mapToDouble(Line::intercept).average().orElse(0);
        return along(line).stream()
                .map(x -> new Point2D.Double(x, (intercept + slope * x) / 1024))
                .filter(point -> point.y > 0)
                .toList();
    }

    private static List<Double> along(Curve.Line line) {
        double low = Math.log(line.points().getFirst().x());
        double high = Math.log(line.points().getLast().x());
        return IntStream.rangeClosed(0, PIECES)
                .mapToObj(piece -> Math.exp(low + (high - low) * piece / PIECES))
                .toList();
    }
}
