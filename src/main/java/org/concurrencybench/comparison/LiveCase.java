package org.concurrencybench.comparison;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.concurrencybench.sample.MeasuredCase;
import org.concurrencybench.sample.MeasuredCase.Scores;
import org.concurrencybench.statistics.ChangeRule;
import org.concurrencybench.statistics.ForkScores;
import org.concurrencybench.statistics.LogRatio;

/** A case while it is measured: its pairs so far, and its verdict once there is one. For one thread. */
final class LiveCase {

    /** Why a case has no verdict where there is not one pair of it. */
    static final String TOO_LATE = "the budget ended before both sides were measured";

    /** Fewer pairs tell next to nothing of how much it varies. */
    private static final int TELLING = 4;

    private final MeasuredCase shown;
    private final List<Double> baseline = new ArrayList<>();
    private final List<Double> candidate = new ArrayList<>();
    private int looks;
    private int pairsSeen;
    private Optional<CaseComparison> judged = Optional.empty();
    private boolean decided;

    LiveCase(MeasuredCase shown) {
        this.shown = shown;
    }

    MeasuredCase shown() {
        return shown;
    }

    int pairs() {
        return baseline.size();
    }

    boolean isDecided() {
        return decided;
    }

    /** Adds a fork of each side; a case whose scores cannot be put into a ratio is decided by that. */
    void add(MeasuredCase before, MeasuredCase after) {
        Sides sides = Sides.of(before, after);
        double one = score(before);
        double other = score(after) * sides.scale();
        if (!sides.comparable() || !(one > 0) || !(other > 0)) {
            judged = Optional.of(sides.judge(ChangeRule.once(0.5, 0.9, 1)));
            decided = true;
            return;
        }
        baseline.add(one);
        candidate.add(other);
    }

    /**
     * Judges what there is; the verdict stands unless it is undecided. Where nothing was added since, it is the same look
     * again.
     *
     * @param isLast whether no other look will follow; not to be said because of what was seen
     */
    void look(ChangeRule rule, boolean isLast) {
        if (decided || baseline.isEmpty()) {
            return;
        }
        if (pairs() > pairsSeen) {
            looks++;
            pairsSeen = pairs();
        }
        CaseComparison now = Sides.judged(
                shown, rule.atLook(looks, isLast), LogRatio.ofPairs(baseline, candidate), pairs(), pairs(), false);
        decided = now.verdict() != Verdict.UNDECIDED;
        judged = Optional.of(now);
    }

    /**
     * How many times as many pairs it would take as there can be of it, before it has an even chance to be found unchanged where
     * nothing changed; 0 where that cannot be said yet. Judged by how much it varies alone: what it seems to have changed by
     * must not decide how often it is looked at.
     *
     * @param more pairs that could be had of it
     * @param rule of a look
     */
    double timesTooMany(double more, ChangeRule rule) {
        if (pairs() < TELLING) {
            return 0;
        }
        LogRatio change = LogRatio.ofPairs(baseline, candidate);
        double excess = rule.atLook(looks + 1, true).excess(change, (pairs() + more) / pairs());
        return excess * excess;
    }

    /** It cannot be measured any more. */
    void fail(String reason) {
        decided = true;
        judged = Optional.of(CaseComparison.unjudged(shown, Verdict.FAILED, reason));
    }

    CaseComparison result() {
        return judged.orElseGet(() -> CaseComparison.unjudged(shown, Verdict.UNDECIDED, TOO_LATE));
    }

    /** One fork's score. */
    static double score(MeasuredCase one) {
        return switch (one.scores()) {
            case Scores.ByFork byFork ->
                ForkScores.ofIterations(byFork.forks()).score(0.9).value();
            case Scores.Pooled pooled -> pooled.score();
        };
    }
}
