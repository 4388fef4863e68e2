package org.concurrencybench.statistics;

import java.util.Arrays;

/** Whether and how fast a short series rises or falls. */
final class Trend {

    private Trend() {}

    /** The median of the slopes between all pairs, per step (Theil and Sen). */
    static double slope(double[] values) {
        double[] slopes = new double[values.length * (values.length - 1) / 2];
        int next = 0;
        for (int i = 0; i < values.length; i++) {
            for (int j = i + 1; j < values.length; j++) {
                slopes[next++] = (values[j] - values[i]) / (j - i);
            }
        }
        Arrays.sort(slopes);
        int middle = slopes.length / 2;
        return slopes.length % 2 == 1 ? slopes[middle] : (slopes[middle - 1] + slopes[middle]) / 2;
    }

    /** The chance of an order at least as trending, in the direction in which it trends, if all orders are as likely. */
    static double chance(double[] values) {
        int inversions = 0;
        int pairs = 0;
        int ties = 0;
        for (int i = 0; i < values.length; i++) {
            for (int j = i + 1; j < values.length; j++) {
                pairs++;
                inversions += values[j] < values[i] ? 1 : 0;
                ties += values[j] == values[i] ? 1 : 0;
            }
        }
        // Ties speak for neither side, so they count as the weaker evidence.
        int against = Math.min(inversions, pairs - inversions - ties) + ties;
        double[] chances = inversionChances(values.length);
        double sum = 0;
        for (int count = 0; count <= Math.min(against, pairs); count++) {
            sum += chances[count];
        }
        return sum;
    }

    /** The chance of each number of inversions of a random order: adding the k-th element adds 0 to k - 1 of them. */
    private static double[] inversionChances(int elements) {
        double[] chances = {1};
        for (int k = 2; k <= elements; k++) {
            double[] longer = new double[chances.length + k - 1];
            // Each is the mean of the k before it, which is a sum that slides.
            double sum = 0;
            for (int i = 0; i < longer.length; i++) {
                sum += i < chances.length ? chances[i] : 0;
                sum -= i >= k ? chances[i - k] : 0;
                longer[i] = sum / k;
            }
            chances = longer;
        }
        return chances;
    }
}
