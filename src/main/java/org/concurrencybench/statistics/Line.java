package org.concurrencybench.statistics;

import java.util.List;

/** A straight line through points. */
public final class Line {

    /**
     * A point.
     *
     * @param x where
     * @param y what was measured there
     */
    public record Point(double x, double y) {}

    private Line() {}

    /**
     * The slope of the line that has the least sum of squared vertical distances.
     *
     * @throws IllegalArgumentException if the points have fewer than two places
     */
    public static double slope(List<Point> points) {
        double meanX = points.stream().mapToDouble(Point::x).average().orElse(Double.NaN);
        double meanY = points.stream().mapToDouble(Point::y).average().orElse(Double.NaN);
        double products = 0;
        double squares = 0;
        for (Point point : points) {
            products += (point.x() - meanX) * (point.y() - meanY);
            squares += (point.x() - meanX) * (point.x() - meanX);
        }
        if (!(squares > 0)) {
            throw new IllegalArgumentException("a line needs points at two places at least");
        }
        return products / squares;
    }

    /**
     * Where that line stands at 0.
     *
     * @throws IllegalArgumentException if the points have fewer than two places
     */
    public static double intercept(List<Point> points) {
        double meanX = points.stream().mapToDouble(Point::x).average().orElse(Double.NaN);
        double meanY = points.stream().mapToDouble(Point::y).average().orElse(Double.NaN);
        return meanY - slope(points) * meanX;
    }

    /**
     * The mean of the slopes of several lines, one for each fork, with its interval. Points of one fork share whatever that
     * fork had of memory or luck, so they are no replication of each other; forks are.
     *
     * @param forks the points of each fork
     * @param confidence coverage wanted, between 0 and 1
     * @throws IllegalArgumentException if there is no fork, or one without two places
     */
    public static Estimate slopeOverForks(List<List<Point>> forks, double confidence) {
        return ForkScores.of(forks.stream().map(Line::slope).toList()).score(confidence);
    }
}
