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

    /**
     * Fewer pairs tell next to nothing of how much it varies. Chosen by simulation, as the looks are: with 4, looks that come
     * where pairs happen to agree are wrong a little more often than they may be.
     */
    private static final int TELLING = 5;

    /** So many tell enough of it to let others go first, which costs no more than time. */
    private static final int HINTING = 4;

    /** Two looks with fewer pairs between them than this many times those of the earlier one see about the same. */
    private static final double MORE = 1.4;

    /** So many times the pairs of the look before, and there is a look however much it varies: a large change may show. */
    private static final int MANY_MORE = 2;

    /** With an {@link ChangeRule#excess} of this, a change of eight thresholds has an even chance to be found. */
    private static final double TELLS_LARGE = 7;

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
     * Whether to look at it now. Each look has its price, paid by all that follow it, so one is due where the pairs vary so
     * little that a case that did not change has an even chance to be found so, or where there are many more of them than at
     * the last. By how much they vary, and never by what they seem to have changed by: that is what keeps repeated looks honest
     * (mean and variance of normal samples are independent; sample size re-estimation, Wittes and Brittain 1990,
     * doi:10.1002/sim.4780090113).
     *
     * @param rule of a look
     */
    boolean isDue(ChangeRule rule) {
        if (decided || pairs() < TELLING) {
            return false;
        }
        return pairs() >= MANY_MORE * Math.max(TELLING, pairsSeen)
                || (pairs() >= MORE * pairsSeen && excess(0, rule, false) <= 1);
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
     * Whether it may leave its time to others: it varies so much that it has no even chance to be found unchanged, if it is;
     * and a large change would have shown by now, or would not show either. Judged as {@link #isDue} is.
     *
     * @param more pairs that could be had of it
     * @param rule of a look
     */
    boolean canWait(double more, ChangeRule rule) {
        if (pairs() < HINTING) {
            return false;
        }
        double atBest = excess(more, rule, true);
        return atBest > TELLS_LARGE || (atBest > 1 && excess(0, rule, true) <= TELLS_LARGE);
    }

    private double excess(double more, ChangeRule rule, boolean isLast) {
        return rule.atLook(looks + 1, isLast).excess(LogRatio.ofPairs(baseline, candidate), (pairs() + more) / pairs());
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
