package org.concurrencybench.statistics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Where a series of positive scores changes for good: E-divisive (Matteson and James, "A nonparametric approach for multiple
 * change point analysis of multivariate data", JASA 2014, doi:10.1080/01621459.2013.849605, with exponent 1), which MongoDB
 * (Daly et al., ICPE 2020, doi:10.1145/3358960.3375791) and Hunter (Fleming et al., ICPE 2023, doi:10.1145/3578244.3583719) use
 * for histories of benchmarks.
 *
 * <p>A series is cut where the energy distance between its two parts, weighted by their lengths, is largest, if random
 * orders of the same scores hardly ever reach that; then each part likewise. Distances are between logarithms, so that a
 * step counts by its share. Orders are drawn from a fixed seed: the same history always has the same change points.
 */
public final class ChangePoints {

    /** How rarely a series without a change is cut: once in a hundred. */
    private static final double SIGNIFICANCE = 0.01;

    private static final int ORDERS = 999;

    /** A part of fewer is no level, but an outlier. */
    private static final int SHORTEST = 3;

    /** What is left of nothing after many subtractions. */
    private static final double LEAST = 1e-12;

    private static final long SEED = 20_261_123;

    private final double[] logs;
    private final List<Integer> cuts = new ArrayList<>();

    private ChangePoints(double[] logs) {
        this.logs = logs;
    }

    /**
     * Finds them.
     *
     * @param scores positive, in the order of time; the work grows with the square of their number
     * @return places in {@code scores}, ascending, each the first of a new level; none where there are fewer than six scores
     * @throws IllegalArgumentException where a score is not positive
     */
    public static List<Integer> of(List<Double> scores) {
        if (scores.stream().anyMatch(score -> !(score > 0) || Double.isInfinite(score))) {
            throw new IllegalArgumentException("a score that is not above 0 has no logarithm");
        }
        ChangePoints points =
                new ChangePoints(scores.stream().mapToDouble(StrictMath::log).toArray());
        points.cut(0, scores.size());
        Collections.sort(points.cuts);
        return List.copyOf(points.cuts);
    }

    /** A place to cut, and how far apart the parts are. */
    private record Split(int length, double statistic) {}

    private void cut(int from, int to) {
        int length = to - from;
        if (length < 2 * SHORTEST) {
            return;
        }
        int[] order = new int[length];
        for (int i = 0; i < length; i++) {
            order[i] = from + i;
        }
        Split best = bestSplit(order);
        if (best.statistic() > LEAST && isSignificant(best.statistic(), order)) {
            cuts.add(from + best.length());
            cut(from, from + best.length());
            cut(from + best.length(), to);
        }
    }

    private boolean isSignificant(double statistic, int[] order) {
        Random random = new Random(SEED);
        // The order that was observed counts as one of them.
        int allowed = (int) Math.floor(SIGNIFICANCE * (ORDERS + 1)) - 1;
        int reached = 0;
        for (int i = 0; i < ORDERS; i++) {
            shuffle(order, random);
            if (bestSplit(order).statistic() >= statistic) {
                reached++;
                if (reached > allowed) {
                    return false;
                }
            }
        }
        return true;
    }

    private static void shuffle(int[] order, Random random) {
        for (int i = order.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int moved = order[i];
            order[i] = order[other];
            order[other] = moved;
        }
    }

    /**
     * The split of scores in this order whose parts differ most. The second part may end before the series does (the paper's
     * kappa): otherwise a step that was mended later would hide behind its mending.
     */
    private Split bestSplit(int[] order) {
        int n = order.length;
        double[][] sums = sums(order);
        Split best = new Split(0, Double.NEGATIVE_INFINITY);
        for (int end = 2 * SHORTEST; end <= n; end++) {
            double total = sums[end][end] / 2;
            for (int m = SHORTEST; m <= end - SHORTEST; m++) {
                int k = end - m;
                double left = sums[m][m] / 2;
                double right = (sums[end][end] - 2 * sums[m][end] + sums[m][m]) / 2;
                double between = total - left - right;
                double energy = 2 * between / ((double) m * k)
                        - 2 * left / ((double) m * (m - 1))
                        - 2 * right / ((double) k * (k - 1));
                double statistic = energy * m * k / end;
                if (statistic > best.statistic()) {
                    best = new Split(m, statistic);
                }
            }
        }
        return best;
    }

    /** At [i][j] the sum of distances of the first i scores to the first j, so that any part's sum is a few subtractions. */
    private double[][] sums(int[] order) {
        int n = order.length;
        double[][] sums = new double[n + 1][n + 1];
        for (int i = 1; i <= n; i++) {
            double row = 0;
            for (int j = 1; j <= n; j++) {
                row += Math.abs(logs[order[i - 1]] - logs[order[j - 1]]);
                sums[i][j] = sums[i - 1][j] + row;
            }
        }
        return sums;
    }
}
