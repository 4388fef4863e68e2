package org.concurrencybench.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How speed-up grows with the processors that a program uses: the Universal Scalability Law, and where there are too few
 * sizes for it Amdahl's law, which is the same without its last term.
 *
 * <pre>S(p) = unit · p / (1 + contention · (p − 1) + coherency · p · (p − 1))</pre>
 *
 * <p>{@code contention} is the share of the work that is not parallel (Amdahl, "Validity of the single processor approach to
 * achieving large scale computing capabilities", AFIPS 1967, doi:10.1145/1465482.1465560); {@code coherency} is the price of
 * each pair of processors that must agree (Gunther, "Guerrilla Capacity Planning", Springer 2007,
 * doi:10.1007/978-3-540-31010-5, chapter 4); {@code unit} is the speed-up of a single processor over the program that knows no
 * parallelism.
 *
 * <p>As Gunther does, it is fitted in the form {@code p / S = a + b (p − 1) + c p (p − 1)}, which is linear; each point is
 * weighted by the square of its {@code S / p}, so that relative and not absolute errors are least. Each fork is fitted by
 * itself, and the parameters are means over forks with Student's interval: points of one fork share its luck, forks do not, so
 * the residuals of one line would say too little about its uncertainty. Parameters below 0 are not forbidden, as that would
 * move the mean of what is 0; they mean that nothing was lost that could be seen.
 *
 * @param unit speed-up with one processor
 * @param contention share that is not parallel
 * @param coherency price of agreement; empty where Amdahl's law was fitted
 * @param error relative distance of the points from the curve, root mean square over the points' scores
 * @param places different numbers of processors
 */
public record Scaling(Estimate unit, Estimate contention, Optional<Estimate> coherency, double error, int places) {

    /** For two parameters; with two places the line goes through both, and the error says nothing. */
    static final int LEAST_PLACES = 2;

    /** For three parameters, and one place to be wrong at. */
    static final int LEAST_PLACES_WITH_COHERENCY = 4;

    /**
     * The speed-up of every fork at one place.
     *
     * @param processors that could work at once, above 0
     * @param speedups one for each fork, in an order that is the same at all places; above 0
     */
    public record Point(double processors, List<Double> speedups) {

        public Point {
            speedups = List.copyOf(speedups);
        }
    }

    /** What one fit found. */
    private record Fit(double unit, double contention, double coherency) {

        double at(double processors) {
            return unit * processors / (1 + contention * (processors - 1) + coherency * processors * (processors - 1));
        }
    }

    /** Whether points beyond those that determine the curve say how well it fits. */
    public boolean isTested() {
        return places > (coherency.isPresent() ? LEAST_PLACES_WITH_COHERENCY - 1 : LEAST_PLACES);
    }

    /**
     * Fits.
     *
     * @param points several at one number of processors count each; forks beyond those that all points have are left out
     * @param confidence of the parameters' intervals, between 0 and 1; with one fork they have no end
     * @return empty where there are fewer than {@value #LEAST_PLACES} different numbers of processors, or no fork
     */
    public static Optional<Scaling> fit(List<Point> points, double confidence) {
        int places =
                (int) points.stream().mapToDouble(Point::processors).distinct().count();
        int forks =
                points.stream().mapToInt(point -> point.speedups().size()).min().orElse(0);
        if (places < LEAST_PLACES || forks == 0) {
            return Optional.empty();
        }
        int parameters = places >= LEAST_PLACES_WITH_COHERENCY ? 3 : 2;
        List<Fit> fits = new ArrayList<>();
        for (int fork = 0; fork < forks; fork++) {
            int own = fork;
            fits.add(fit(
                    points.stream().mapToDouble(Point::processors).toArray(),
                    points.stream()
                            .mapToDouble(point -> point.speedups().get(own))
                            .toArray(),
                    parameters));
        }
        Estimate unit = mean(fits.stream().mapToDouble(Fit::unit).toArray(), confidence);
        Estimate contention = mean(fits.stream().mapToDouble(Fit::contention).toArray(), confidence);
        Estimate coherency = mean(fits.stream().mapToDouble(Fit::coherency).toArray(), confidence);
        if (!Double.isFinite(unit.value()) || !Double.isFinite(contention.value())) {
            return Optional.empty();
        }
        Fit whole = new Fit(unit.value(), contention.value(), coherency.value());
        double error = Math.sqrt(points.stream()
                .mapToDouble(point -> {
                    double score =
                            ForkScores.of(point.speedups()).score(confidence).value();
                    double off = whole.at(point.processors()) / score - 1;
                    return off * off;
                })
                .average()
                .orElse(0));
        return Optional.of(new Scaling(
                unit, contention, parameters == 3 ? Optional.of(coherency) : Optional.empty(), error, places));
    }

    /** The speed-up that the curve gives with so many processors. */
    public double at(double processors) {
        return new Fit(
                        unit.value(),
                        contention.value(),
                        coherency.map(Estimate::value).orElse(0.0))
                .at(processors);
    }

    /** Weighted least squares of the linear form. */
    private static Fit fit(double[] processors, double[] speedups, int parameters) {
        double[][] left = new double[parameters][parameters];
        double[] right = new double[parameters];
        for (int i = 0; i < processors.length; i++) {
            double p = processors[i];
            double[] terms = {1, p - 1, p * (p - 1)};
            double value = p / speedups[i];
            double weight = 1 / (value * value);
            for (int row = 0; row < parameters; row++) {
                for (int column = 0; column < parameters; column++) {
                    left[row][column] += weight * terms[row] * terms[column];
                }
                right[row] += weight * terms[row] * value;
            }
        }
        double[] found = solve(left, right);
        return new Fit(1 / found[0], found[1] / found[0], parameters == 3 ? found[2] / found[0] : 0);
    }

    /** By Gauss's elimination with pivots; the matrix is symmetric and, with enough places, not singular. */
    private static double[] solve(double[][] left, double[] right) {
        int size = right.length;
        for (int step = 0; step < size; step++) {
            int pivot = step;
            for (int row = step + 1; row < size; row++) {
                pivot = Math.abs(left[row][step]) > Math.abs(left[pivot][step]) ? row : pivot;
            }
            double[] swapped = left[step];
            left[step] = left[pivot];
            left[pivot] = swapped;
            double value = right[step];
            right[step] = right[pivot];
            right[pivot] = value;
            for (int row = step + 1; row < size; row++) {
                double factor = left[row][step] / left[step][step];
                for (int column = step; column < size; column++) {
                    left[row][column] -= factor * left[step][column];
                }
                right[row] -= factor * right[step];
            }
        }
        double[] solution = new double[size];
        for (int row = size - 1; row >= 0; row--) {
            double sum = right[row];
            for (int column = row + 1; column < size; column++) {
                sum -= left[row][column] * solution[column];
            }
            solution[row] = sum / left[row][row];
        }
        return solution;
    }

    /** Arithmetic: what may be 0 or less has no logarithm. */
    private static Estimate mean(double[] values, double confidence) {
        if (!Arrays.stream(values).allMatch(Double::isFinite)) {
            return new Estimate(
                    Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, confidence);
        }
        Moments moments = Moments.of(values);
        double half = moments.halfWidth(StoppingRule.nominal(confidence, values.length));
        return new Estimate(moments.mean(), moments.mean() - half, moments.mean() + half, confidence);
    }
}
