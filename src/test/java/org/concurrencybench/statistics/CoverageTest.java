package org.concurrencybench.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whether intervals of 95 % cover a truth that is known, with looks after every fork and the rule that stops them.
 *
 * <p>Quick by default. The long form: {@code mvn test -Dtest=CoverageTest -Dcoverage.repetitions=50000}.
 */
class CoverageTest {

    private static final int REPETITIONS = Integer.getInteger("coverage.repetitions", 2000);

    private static final double PRECISION = 0.03;

    /** Logarithms of the true scores. */
    private static final double REFERENCE = 3;

    private static final double CASE = 2.2;

    /** What may be in the numbers, each with a truth that needs no estimating: its part of the logarithm has mean 0. */
    enum Noise {
        GAUSSIAN {
            @Override
            double ofFork(Random random) {
                return random.nextGaussian();
            }
        },
        /** Gamma of shape 8: skewness 0.7; iterations are exponentially late, which their median hardly sees. */
        SKEWED {
            @Override
            double ofFork(Random random) {
                double gamma = IntStream.range(0, 8)
                        .mapToDouble(_ -> exponential(random))
                        .sum();
                return (gamma - 8) / Math.sqrt(8);
            }

            @Override
            double ofIteration(Random random, int iteration) {
                return exponential(random) - Math.log(2);
            }
        },
        /** One fork of twenty has four times the spread; one iteration of twenty takes far longer than the others. */
        OUTLIERS {
            @Override
            double ofFork(Random random) {
                return random.nextGaussian() * (random.nextInt(20) == 0 ? 4 : 1);
            }

            @Override
            double ofIteration(Random random, int iteration) {
                return random.nextGaussian() + (random.nextInt(20) == 0 ? 20 : 0);
            }
        },
        /** The iterations of a fork get faster by two deviations around their middle. */
        DRIFTING_FORKS {
            @Override
            double ofFork(Random random) {
                return random.nextGaussian();
            }

            @Override
            double ofIteration(Random random, int iteration) {
                return random.nextGaussian() + 4 * ((ITERATIONS - 1) / 2.0 - iteration) / ITERATIONS;
            }
        },
        /** The machine wanders: each round has a shift of its own that all cases share, half as large as the noise. */
        DRIFTING_MACHINE {
            @Override
            double ofFork(Random random) {
                return random.nextGaussian();
            }

            @Override
            double shared(Random random) {
                return random.nextGaussian() / 2;
            }
        };

        static final int ITERATIONS = 5;

        abstract double ofFork(Random random);

        double ofIteration(Random random, int iteration) {
            return random.nextGaussian();
        }

        /** What a round does to all cases. */
        double shared(Random random) {
            return 0;
        }

        List<Double> fork(Random random, double logTruth, double deviation) {
            double fork = logTruth + deviation * ofFork(random);
            return IntStream.range(0, ITERATIONS)
                    .mapToObj(iteration -> StrictMath.exp(fork + deviation / 2 * ofIteration(random, iteration)))
                    .toList();
        }

        private static double exponential(Random random) {
            return -Math.log(1 - random.nextDouble());
        }
    }

    /** Deviations in per cent: decided at the first look, after some, hardly ever; caps from 3 to 20 forks. */
    @ParameterizedTest
    @CsvSource({
        "GAUSSIAN,         0.3,  3", "GAUSSIAN,         3,    3", "GAUSSIAN,         1,    5",
        "GAUSSIAN,         2,   10", "GAUSSIAN,         4,   20", "GAUSSIAN,         10,  20",
        "SKEWED,           1,    3", "SKEWED,           2,    5", "SKEWED,           2,   10",
        "SKEWED,           10,  20", "OUTLIERS,         2,    3", "OUTLIERS,         2,   10",
        "OUTLIERS,         4,   20", "DRIFTING_FORKS,   2,    5", "DRIFTING_FORKS,   3,   20",
        "DRIFTING_MACHINE, 2,    5", "DRIFTING_MACHINE, 3,   20"
    })
    void intervalsOfScoreAndOfSpeedUpCoverTheTruthAsOftenAsTheySay(Noise noise, double percent, int cap) {
        Random random = new Random(20261123);
        StoppingRule rule = new StoppingRule(PRECISION, cap);
        int scores = 0;
        int speedups = 0;
        for (int repetition = 0; repetition < REPETITIONS; repetition++) {
            Measured measured = measure(random, noise, percent / 100, rule);
            scores += covers(measured.one.score(0.95), Math.exp(CASE)) ? 1 : 0;
            speedups += covers(measured.reference.ratioTo(measured.one, 0.95), Math.exp(REFERENCE - CASE)) ? 1 : 0;
        }
        System.out.printf(
                "%s %s %% up to %d forks: score %.4f, speed-up %.4f%n",
                noise, percent, cap, scores / (double) REPETITIONS, speedups / (double) REPETITIONS);
        assertThat(scores / (double) REPETITIONS).as("score").isBetween(0.93, 0.97);
        assertThat(speedups / (double) REPETITIONS).as("speed-up").isBetween(0.93, 0.97);
    }

    private record Measured(ForkScores reference, ForkScores one) {}

    /** The reference closes by its score and the case by its speed-up, as in a run. */
    private static Measured measure(Random random, Noise noise, double deviation, StoppingRule rule) {
        List<List<Double>> reference = new ArrayList<>();
        List<List<Double>> one = new ArrayList<>();
        int referenceLast = rule.most();
        int oneLast = rule.most();
        boolean referenceDecided = false;
        boolean oneDecided = false;
        for (int fork = 1; fork <= Math.max(referenceLast, oneLast); fork++) {
            double shared = noise.shared(random) * deviation;
            if (fork <= referenceLast) {
                reference.add(noise.fork(random, REFERENCE + shared, deviation));
            }
            if (fork <= oneLast) {
                one.add(noise.fork(random, CASE + shared, deviation));
            }
            if (fork < StoppingRule.FEWEST) {
                continue;
            }
            if (!referenceDecided
                    && rule.isPrecise(ForkScores.ofIterations(reference).score(0.95), fork)) {
                referenceDecided = true;
                referenceLast = rule.last(fork);
            }
            Estimate speedup = ForkScores.ofIterations(reference).ratioTo(ForkScores.ofIterations(one), 0.95);
            if (!oneDecided && rule.isPrecise(speedup, fork)) {
                oneDecided = true;
                oneLast = rule.last(fork);
            }
        }
        return new Measured(ForkScores.ofIterations(reference), ForkScores.ofIterations(one));
    }

    private static boolean covers(Estimate estimate, double truth) {
        return estimate.low() <= truth && truth <= estimate.high();
    }
}
