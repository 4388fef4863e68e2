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

    /**
     * How far points are from a straight line beyond what forks differ by: of the distances between a place's mean and the
     * line, each less its half-width over forks, the largest, as a share of the line's rise from the first place to the last.
     * A slope's interval cannot tell: forks that all bend in the same way agree about a slope that none of them has.
     *
     * @param forks the points of each fork, all at the same places in the same order
     * @param confidence coverage wanted, between 0 and 1
     * @return 0 where nothing speaks against a straight line; with one fork its distances as they are
     * @throws IllegalArgumentException if there is no fork, or one without two places
     */
    public static double bend(List<List<Point>> forks, double confidence) {
        double rise = Math.abs(forks.stream()
                .mapToDouble(points -> slope(points)
                        * (points.getLast().x() - points.getFirst().x()))
                .average()
                .orElseThrow(() -> new IllegalArgumentException("no fork")));
        double farthest = 0;
        for (int place = 0; place < forks.getFirst().size(); place++) {
            int at = place;
            Moments distances = Moments.of(forks.stream()
                    .mapToDouble(points -> points.get(at).y()
                            - intercept(points)
                            - slope(points) * points.get(at).x())
                    .toArray());
            double half = forks.size() > 1 ? distances.halfWidth(StoppingRule.nominal(confidence, forks.size())) : 0;
            farthest = Math.max(farthest, Math.abs(distances.mean()) - half);
        }
        return farthest > 0 ? farthest / rise : 0;
    }
}
