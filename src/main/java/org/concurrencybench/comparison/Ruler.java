package org.concurrencybench.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.concurrencybench.sample.MeasuredCase;
import org.concurrencybench.statistics.ChangeRule;
import org.concurrencybench.statistics.Estimate;
import org.concurrencybench.statistics.ForkScores;
import org.concurrencybench.statistics.LogRatio;

/**
 * A fixed piece of work of ours, which no change touches, measured once a round as the sides are: right after a fork of either
 * side, or with itself in turns. Where it takes longer in one side's place than in the other's, or longer in later rounds than
 * in earlier ones, the machine moved. For one thread.
 */
final class Ruler {

    /** JMH's name of it. */
    static final String BENCHMARK = "org.concurrencybench.benchmark.RulerBenchmark.run";

    /** Rounds that make two halves, each with a spread of its own. */
    private static final int FEWEST_ROUNDS = 4;

    /** An interval up to more than twice the time says that little was measured, and nothing else. */
    private static final double WIDE = 1;

    private final String way;
    private final List<Double> baseline = new ArrayList<>();
    private final List<Double> candidate = new ArrayList<>();
    private boolean due;
    private String failure = "the budget ended before";

    /** @param way how it is measured, in words that follow "the same work" */
    Ruler(String way) {
        this.way = way;
    }

    /** From now on it is due beside the next pair of forks. */
    void startRound() {
        due = true;
    }

    /** Whether this round lacks it. */
    boolean isDue() {
        return due;
    }

    /** What it took beside a fork of each side. */
    void add(MeasuredCase besideBaseline, MeasuredCase besideCandidate) {
        due = false;
        baseline.add(LiveCase.score(besideBaseline));
        candidate.add(LiveCase.score(besideCandidate));
    }

    /** It could not be measured; the next round tries again. */
    void fail(String reason) {
        due = false;
        failure = reason;
    }

    /** How the machine moved, in one line; empty where nothing shows that it did. */
    Optional<String> drift(GateSettings settings) {
        ChangeRule rule = ChangeRule.once(settings.threshold(), settings.confidence(), 1);
        return moved(rule, "between the sides", betweenSides())
                .or(() -> moved(rule, "from the first half of the rounds to the second", overRounds()));
    }

    /** What it says of the machine, in one line; empty where it has nothing to say. */
    Optional<String> says(GateSettings settings) {
        ChangeRule rule = ChangeRule.once(settings.threshold(), settings.confidence(), 1);
        return betweenSides()
                .map(rule::judge)
                .map(ChangeRule.Judgement::change)
                .filter(Estimate::isBounded)
                .map(change -> {
                    String says = "ruler, the same work %s: %+.1f %%".formatted(way, 100 * change.value());
                    return change.high() > WIDE
                            ? says + " over %d pairs, too few to say more".formatted(baseline.size())
                            : says
                                    + " [%+.1f, %+.1f] over %d pairs"
                                            .formatted(100 * change.low(), 100 * change.high(), baseline.size());
                });
    }

    /** Why it says nothing. */
    String failure() {
        return failure;
    }

    private static Optional<String> moved(ChangeRule rule, String between, Optional<LogRatio> ratio) {
        return ratio.map(rule::judge)
                .filter(judged -> judged.zone() == ChangeRule.Zone.ABOVE || judged.zone() == ChangeRule.Zone.BELOW)
                .map(judged ->
                        "the machine drifted: a fixed piece of work of our own changed by %+.1f %% %s; no change is believed"
                                .formatted(100 * judged.change().value(), between));
    }

    private Optional<LogRatio> betweenSides() {
        return baseline.isEmpty() ? Optional.empty() : Optional.of(LogRatio.ofPairs(baseline, candidate));
    }

    /** Its level in the second half of the rounds over that in the first; one round in the middle belongs to neither. */
    private Optional<LogRatio> overRounds() {
        int rounds = baseline.size();
        if (rounds < FEWEST_ROUNDS) {
            return Optional.empty();
        }
        List<Double> levels = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            levels.add(Math.sqrt(baseline.get(i) * candidate.get(i)));
        }
        int half = rounds / 2;
        return Optional.of(LogRatio.ofForks(
                ForkScores.of(levels.subList(0, half)), ForkScores.of(levels.subList(rounds - half, rounds))));
    }
}
