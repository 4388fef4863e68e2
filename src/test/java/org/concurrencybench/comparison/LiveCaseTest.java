package org.concurrencybench.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.concurrencybench.sample.Direction;
import org.concurrencybench.sample.MeasuredCase;
import org.concurrencybench.sample.Params;
import org.concurrencybench.statistics.ChangeRule;
import org.concurrencybench.statistics.LogRatio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LiveCaseTest {

    private static final ChangeRule RULE = ChangeRule.once(0.05, 0.99, 1);
    private static final int CASES = 6;

    /** Quick by default. The long form: {@code mvn test -Dtest=LiveCaseTest -Dlooks.repetitions=100000}. */
    private static final int REPETITIONS = Integer.getInteger("looks.repetitions", 600);

    @Test
    void aLastLookAtNothingNewIsTheLookBeforeWithAllThatIsLeft() {
        LiveCase live = open();
        live.look(RULE, false);
        double early = confidence(live);
        live.look(RULE, true);

        assertThat(confidence(live)).isEqualTo(confidence(RULE.atLook(1, true))).isLessThan(early);
    }

    @Test
    void aLastLookAtMoreHasWhatTheFirstLeft() {
        LiveCase live = open();
        live.look(RULE, false);
        live.add(one(1), one(1.2));
        live.look(RULE, true);

        assertThat(confidence(live)).isEqualTo(confidence(RULE.atLook(2, true)));
    }

    /**
     * What the looks promise together, whenever they come and whenever the budget ends: with forks that differ by little and
     * by much, skewed forks and outliers.
     */
    @ParameterizedTest
    @EnumSource(Noise.class)
    void allLooksTogetherAreWrongAsSeldomAsOneMayBe(Noise noise) {
        SplittableRandom random = new SplittableRandom(20_261_128);
        for (double variation : List.of(0.005, 0.03)) {
            Map<Verdict, Integer> same = verdicts(noise, variation, 0, random);
            Map<Verdict, Integer> slower = verdicts(noise, variation, 0.0501, random);

            assertThat(same.getOrDefault(Verdict.REGRESSED, 0) + same.getOrDefault(Verdict.IMPROVED, 0))
                    .as("false alarms at %s, %s", variation, same)
                    .isLessThanOrEqualTo(withChance(REPETITIONS / 100.0 / CASES));
            assertThat(slower.getOrDefault(Verdict.UNCHANGED, 0) + slower.getOrDefault(Verdict.IMPROVED, 0))
                    .as("missed at %s, %s", variation, slower)
                    .isLessThanOrEqualTo(withChance(REPETITIONS / 100.0));
        }
    }

    /** What a rare event that is expected so often exceeds once in about a thousand times. */
    private static int withChance(double expected) {
        return (int) Math.ceil(expected + 3 * Math.sqrt(expected));
    }

    @Test
    void aLargeChangeIsNotGivenUpBecauseTheCaseVariesMuch() {
        SplittableRandom random = new SplittableRandom(7);
        int found = 0;
        for (int repetition = 0; repetition < 200; repetition++) {
            LiveCase live = new LiveCase(one(1));
            for (int pair = 0; pair < 20 && !live.canWait(20 - pair, RULE); pair++) {
                live.add(one(1), one(2 * Math.exp(0.2 * random.nextGaussian())));
            }
            live.look(RULE, true);
            found += live.result().verdict() == Verdict.REGRESSED ? 1 : 0;
        }
        assertThat(found).isGreaterThan(180);
    }

    @Test
    void whatVariesTooMuchToBeFoundUnchangedWaitsWhereALargeChangeWouldHaveShown() {
        LiveCase live = new LiveCase(one(1));
        for (double score : List.of(0.9, 1.1, 0.9, 1.1)) {
            assertThat(live.canWait(0, RULE)).isFalse();
            live.add(one(1), one(score));
        }
        assertThat(live.canWait(0, RULE)).isTrue();
        assertThat(live.canWait(200, RULE)).isFalse();
    }

    /** How the forks of a side differ, with a mean of 0 and a deviation of 1 but for outliers. */
    enum Noise {
        NORMAL {
            @Override
            double draw(SplittableRandom random) {
                return random.nextGaussian();
            }
        },
        SKEWED {
            @Override
            double draw(SplittableRandom random) {
                return -Math.log(1 - random.nextDouble()) - 1;
            }
        },
        OUTLIERS {
            @Override
            double draw(SplittableRandom random) {
                double far = random.nextInt(20) == 0 ? 10 * random.nextGaussian() : 0;
                return random.nextGaussian() + far;
            }
        };

        abstract double draw(SplittableRandom random);
    }

    private static Map<Verdict, Integer> verdicts(
            Noise noise, double variation, double slowdown, SplittableRandom random) {
        ChangeRule rule = ChangeRule.once(0.05, 0.99, CASES);
        Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
        for (int repetition = 0; repetition < REPETITIONS; repetition++) {
            LiveCase live = new LiveCase(one(1));
            int budget = random.nextInt(2, 20);
            for (int pair = 0; pair < budget && !live.isDecided(); pair++) {
                live.add(
                        one(Math.exp(variation * noise.draw(random))),
                        one((1 + slowdown) * Math.exp(variation * noise.draw(random))));
                if (live.isDue(rule)) {
                    live.look(rule, false);
                }
            }
            live.look(rule, true);
            verdicts.merge(live.result().verdict(), 1, Integer::sum);
        }
        return verdicts;
    }

    /** Two pairs, which differ too much to decide anything. */
    private static LiveCase open() {
        LiveCase live = new LiveCase(one(1));
        live.add(one(1), one(1));
        live.add(one(1), one(1.2));
        return live;
    }

    private static double confidence(LiveCase live) {
        return live.result().change().orElseThrow().confidence();
    }

    private static double confidence(ChangeRule rule) {
        return Sides.judged(one(1), rule, LogRatio.ofPairs(List.of(1.0, 1.0), List.of(1.0, 1.2)), 2, 2, false)
                .change()
                .orElseThrow()
                .confidence();
    }

    private static MeasuredCase one(double score) {
        return new MeasuredCase(
                "a.B.c",
                Params.none(),
                "avgt",
                1,
                "ms/op",
                Direction.LOWER,
                new MeasuredCase.Scores.ByFork(List.of(List.of(score))));
    }
}
