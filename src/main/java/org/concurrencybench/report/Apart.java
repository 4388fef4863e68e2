package org.concurrencybench.report;

import java.awt.geom.Point2D;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Moves points that lie on each other sideways, no farther than they must for each to be seen. */
final class Apart {

    /** Each pushes those that touch apart; a handful needs a few of them. */
    private static final int ROUNDS = 200;

    private Apart() {}

    /**
     * The points in the same order, each at its own height, and any two at least {@code distance} apart as long as there is
     * room for that.
     *
     * @param low least x
     * @param high greatest x
     */
    static List<Point2D.Double> sideways(List<Point2D.Double> points, double distance, double low, double high) {
        double[] xs = points.stream().mapToDouble(point -> point.x).toArray();
        // Who stands left of whom does not change.
        int[] order = IntStream.range(0, xs.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> xs[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        boolean moved = true;
        for (int round = 0; moved && round < ROUNDS; round++) {
            moved = false;
            for (int i = 0; i < order.length; i++) {
                for (int j = i + 1; j < order.length; j++) {
                    int left = order[i];
                    int right = order[j];
                    double up = points.get(left).y - points.get(right).y;
                    double needed = Math.sqrt(Math.max(0, distance * distance - up * up)) - (xs[right] - xs[left]);
                    if (Math.abs(up) < distance && needed > 0.01) {
                        xs[left] = Math.max(low, xs[left] - needed / 2);
                        xs[right] = Math.min(high, xs[right] + needed / 2);
                        moved = true;
                    }
                }
            }
        }
        return IntStream.range(0, xs.length)
                .mapToObj(i -> new Point2D.Double(xs[i], points.get(i).y))
                .toList();
    }
}
