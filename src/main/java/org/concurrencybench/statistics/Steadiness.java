package org.concurrencybench.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Whether a fork had come to rest while it was measured.
 *
 * <p>Drift is a trend that Kendall's S shows at 5 % to either side (exact distribution; Kendall,
 * doi:10.1093/biomet/30.1-2.81) and that matters: the median slope of Theil and Sen (doi:10.1080/01621459.1968.10480934)
 * over all iterations makes more than {@value #TOLERANCE} of the median. Without a trend a fork is steady if some window of
 * half its iterations, three at least, has a coefficient of variation of no more than {@value #TOLERANCE}, the criterion of
 * Georges, Buytaert and Eeckhout (doi:10.1145/1297027.1297033) with a tolerance for iterations of tenths of a second on
 * a machine that does other things too. With fewer than {@value #FEWEST} iterations no trend can be told from chance.
 */
public enum Steadiness {
    /** Some window is at rest, and there is no trend. */
    STEADY,
    /** It was still getting faster or slower. */
    DRIFTING,
    /** No trend, and no window at rest. */
    NEVER_STEADY,
    /** Too few iterations to judge by. */
    NOT_JUDGED;

    /** Iterations needed: with four, all of them in order is a chance of 1 in 24. */
    static final int FEWEST = 4;

    /** Relative change that matters. */
    static final double TOLERANCE = 0.05;

    private static final double SIGNIFICANCE = 0.05;

    /** In words: {@code never steady}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Judges the measured iterations of one fork, in their order. */
    public static Steadiness of(List<Double> iterations) {
        double[] scores = iterations.stream().mapToDouble(Double::doubleValue).toArray();
        if (scores.length < FEWEST) {
            return NOT_JUDGED;
        }
        double median = ForkScores.median(iterations);
        double change = Math.abs(Trend.slope(scores)) * (scores.length - 1);
        if (change > TOLERANCE * Math.abs(median) && Trend.chance(scores) <= SIGNIFICANCE) {
            return DRIFTING;
        }
        return hasWindowAtRest(scores) ? STEADY : NEVER_STEADY;
    }

    /**
     * Where a series comes to rest: the first position from which on no value lies further than {@value #TOLERANCE} from
     * the median of its second half; the length of the series if there is none.
     */
    public static int restsFrom(List<Double> series) {
        if (series.isEmpty()) {
            return 0;
        }
        double median = ForkScores.median(series.subList(series.size() / 2, series.size()));
        int from = series.size();
        while (from > 0 && Math.abs(series.get(from - 1) - median) <= TOLERANCE * Math.abs(median)) {
            from--;
        }
        return from;
    }

    private static boolean hasWindowAtRest(double[] scores) {
        int width = Math.max(3, (scores.length + 1) / 2);
        for (int from = 0; from + width <= scores.length; from++) {
            double[] window = Arrays.copyOfRange(scores, from, from + width);
            Moments moments = Moments.of(window);
            double deviation = Math.sqrt(moments.varianceOfMean() * width);
            if (deviation <= TOLERANCE * Math.abs(moments.mean())) {
                return true;
            }
        }
        return false;
    }
}
