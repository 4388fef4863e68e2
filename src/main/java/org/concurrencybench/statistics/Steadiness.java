package org.concurrencybench.statistics;

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
 * a machine that does other things too. With fewer than {@value #FEWEST} iterations no trend can be told from chance; of more
 * than {@value #MOST} the trend is that of the medians of so many blocks, because the slopes between all pairs of a hundred
 * thousand iterations would fill any memory.
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

    /** Points that a trend is looked for in. */
    static final int MOST = 40;

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
        double[] points = blocks(iterations, scores);
        double change = Math.abs(Trend.slope(points)) * (points.length - 1);
        if (change > TOLERANCE * Math.abs(median) && Trend.chance(points) <= SIGNIFICANCE) {
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

    /** The series itself, or where it is long the medians of {@value #MOST} stretches of it. */
    private static double[] blocks(List<Double> iterations, double[] scores) {
        if (scores.length <= MOST) {
            return scores;
        }
        double[] medians = new double[MOST];
        for (int block = 0; block < MOST; block++) {
            int from = (int) ((long) block * scores.length / MOST);
            int to = (int) ((block + 1L) * scores.length / MOST);
            medians[block] = ForkScores.median(iterations.subList(from, to));
        }
        return medians;
    }

    private static boolean hasWindowAtRest(double[] scores) {
        int width = Math.max(3, (scores.length + 1) / 2);
        // Sums that slide, of differences from one of the values, so that squares do not swallow the spread.
        double origin = scores[scores.length / 2];
        double sum = 0;
        double squares = 0;
        for (int end = 0; end < scores.length; end++) {
            double entering = scores[end] - origin;
            sum += entering;
            squares += entering * entering;
            if (end >= width) {
                double leaving = scores[end - width] - origin;
                sum -= leaving;
                squares -= leaving * leaving;
            }
            if (end >= width - 1) {
                double variance = Math.max(0, squares - sum * sum / width) / (width - 1);
                if (Math.sqrt(variance) <= TOLERANCE * Math.abs(origin + sum / width)) {
                    return true;
                }
            }
        }
        return false;
    }
}
