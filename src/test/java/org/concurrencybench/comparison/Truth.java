package org.concurrencybench.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.concurrencybench.sample.Direction;
import org.concurrencybench.sample.MeasuredCase;
import org.concurrencybench.sample.Params;

/**
 * Data whose truth is known: what forks and iterations do to a time that is really {@code 1}, or really something else.
 *
 * @param forkVariation standard deviation of forks on the log scale
 * @param forks of each side
 * @param outliers whether one fork in fifty is 5 to 30 % slower as a whole, and one iteration in fifty up to three times
 * @param drift by how much everything was slower while the candidate was measured, and less while the last of its own
 *     baseline was
 */
record Truth(double forkVariation, int forks, boolean outliers, double drift) {

    private static final int ITERATIONS = 8;

    /** Iterations scatter to the slow side: a lognormal with this deviation, cubed in its upper half. */
    private static final double ITERATION_VARIATION = 0.01;

    /** One case of one side. */
    MeasuredCase side(String name, double score, SplittableRandom random) {
        List<List<Double>> all = new ArrayList<>();
        for (int fork = 0; fork < forks; fork++) {
            double centre = score * Math.exp(forkVariation * random.nextGaussian());
            if (outliers && random.nextInt(50) == 0) {
                centre *= 1 + random.nextDouble(0.05, 0.3);
            }
            List<Double> iterations = new ArrayList<>();
            for (int i = 0; i < ITERATIONS; i++) {
                double noise = random.nextGaussian();
                double skewed = noise > 0 ? noise * (1 + noise) : noise;
                double slow = outliers && random.nextInt(50) == 0 ? random.nextDouble(1, 3) : 1;
                iterations.add(centre * slow * Math.exp(ITERATION_VARIATION * skewed));
            }
            all.add(iterations);
        }
        return new MeasuredCase(
                name, Params.none(), "avgt", 1, "ms/op", Direction.LOWER, new MeasuredCase.Scores.ByFork(all));
    }

    /** Both sides of a case whose true time is {@code 1 + change} times the baseline's, drift aside. */
    Pair pair(String name, double change, SplittableRandom random) {
        double machine = 1 + drift * (random.nextBoolean() ? 1 : -1);
        return new Pair(side(name, 1, random), side(name, (1 + change) * machine, random));
    }

    /** Both sides of a case. */
    record Pair(MeasuredCase baseline, MeasuredCase candidate) {}
}
