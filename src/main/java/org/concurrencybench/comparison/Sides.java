package org.concurrencybench.comparison;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.concurrencybench.sample.MeasuredCase;
import org.concurrencybench.sample.MeasuredCase.Scores;
import org.concurrencybench.sample.ScoreUnit;
import org.concurrencybench.statistics.ChangeRule;
import org.concurrencybench.statistics.Estimate;
import org.concurrencybench.statistics.ForkScores;
import org.concurrencybench.statistics.LogRatio;
import org.concurrencybench.statistics.PooledIterations;

/**
 * The two sides of one case, brought to one unit.
 *
 * @param shown the baseline, whose name and unit the result has
 * @param scale a candidate's score times this is in the baseline's unit
 */
record Sides(MeasuredCase shown, MeasuredCase candidate, double scale, boolean comparable) {

    /** That of the interval that JMH's error is half of. */
    private static final double JMH_CONFIDENCE = 0.999;

    static Sides of(MeasuredCase baseline, MeasuredCase candidate) {
        ScoreUnit before = ScoreUnit.of(baseline.unit());
        ScoreUnit after = ScoreUnit.of(candidate.unit());
        boolean alike = before.base().equals(after.base()) && baseline.direction() == candidate.direction();
        return new Sides(baseline, candidate, after.factor() / before.factor(), alike);
    }

    /** What is to be said of the case. */
    CaseComparison judge(ChangeRule rule) {
        if (shown.work().isPresent()
                && candidate.work().isPresent()
                && !shown.work().equals(candidate.work())) {
            return unjudged(otherWork(shown.work().get(), candidate.work().get()));
        }
        if (!comparable) {
            return unjudged("the baseline is in %s, the candidate in %s".formatted(shown.unit(), candidate.unit()));
        }
        if (shown.scores() instanceof Scores.ByFork before && candidate.scores() instanceof Scores.ByFork after) {
            ForkScores baselineForks = ForkScores.ofIterations(before.forks());
            ForkScores candidateForks = ForkScores.ofIterations(after.forks());
            if (!baselineForks.allPositive() || !candidateForks.allPositive()) {
                return notPositive();
            }
            return judge(
                    rule,
                    scaled(LogRatio.ofForks(baselineForks, candidateForks)),
                    baselineForks.count(),
                    candidateForks.count(),
                    false);
        }
        Mean before = Mean.of(shown.scores());
        Mean after = Mean.of(candidate.scores());
        if (!(before.value() > 0) || !(after.value() > 0)) {
            return notPositive();
        }
        return judge(
                rule,
                scaled(LogRatio.ofMeans(
                        before.value(),
                        before.standardError(),
                        before.degrees(),
                        after.value(),
                        after.standardError(),
                        after.degrees())),
                forks(shown.scores()),
                forks(candidate.scores()),
                true);
    }

    /** Why cases with different fingerprints are not compared. */
    static String otherWork(String before, String after) {
        return "the work itself was changed: the baseline's has the fingerprint %s, the candidate's %s"
                .formatted(before, after);
    }

    private CaseComparison judge(
            ChangeRule rule, LogRatio ratio, int forksBaseline, int forksCandidate, boolean pooled) {
        return judged(shown, rule, ratio, forksBaseline, forksCandidate, pooled);
    }

    /** The verdict on a change of a case, in words. */
    static CaseComparison judged(
            MeasuredCase shown,
            ChangeRule rule,
            LogRatio ratio,
            int forksBaseline,
            int forksCandidate,
            boolean pooled) {
        ChangeRule.Judgement judgement = rule.judge(ratio);
        Verdict verdict = verdict(shown, judgement.zone());
        // As many times as many on both sides decide it; so many more of each are that for the side that has more, and
        // more than
        // that for the other.
        int forks = Math.max(forksBaseline, forksCandidate);
        OptionalInt toDecide = verdict == Verdict.UNDECIDED && !pooled
                ? rule.forksToDecide(ratio, Math.max(1, forks))
                : OptionalInt.empty();
        return new CaseComparison(
                shown.benchmark(),
                shown.params(),
                shown.mode(),
                shown.threads(),
                shown.unit(),
                shown.direction(),
                verdict,
                Optional.of(judgement.change()),
                rule.detectable(ratio),
                forksBaseline,
                forksCandidate,
                toDecide,
                pooled,
                verdict == Verdict.UNDECIDED ? why(ratio, forks, toDecide, pooled) : "");
    }

    private static String why(LogRatio ratio, int forks, OptionalInt toDecide, boolean pooled) {
        if (!ratio.isBounded()) {
            return pooled
                    ? "no error is given; measure at least 2 forks, better 10, and keep JMH's JSON"
                    : "one fork has no interval; measure at least 2, better 10";
        }
        if (pooled) {
            return "more forks would tell, and JMH's JSON, which has them one by one";
        }
        return toDecide.isPresent()
                ? "about %d more forks a side would decide it".formatted(toDecide.getAsInt() - forks)
                : "the change lies at the threshold; no number of forks that anybody would run decides it";
    }

    private static Verdict verdict(MeasuredCase shown, ChangeRule.Zone zone) {
        return switch (zone) {
            case WITHIN -> Verdict.UNCHANGED;
            case OPEN -> Verdict.UNDECIDED;
            case ABOVE ->
                switch (shown.direction()) {
                    case LOWER -> Verdict.REGRESSED;
                    case HIGHER -> Verdict.IMPROVED;
                };
            case BELOW ->
                switch (shown.direction()) {
                    case LOWER -> Verdict.IMPROVED;
                    case HIGHER -> Verdict.REGRESSED;
                };
        };
    }

    private LogRatio scaled(LogRatio ratio) {
        return scale == 1
                ? ratio
                : new LogRatio(ratio.mean() + Math.log(scale), ratio.standardError(), ratio.degrees());
    }

    private CaseComparison notPositive() {
        return unjudged("a score that is not above 0 has no relative change");
    }

    private CaseComparison unjudged(String why) {
        return CaseComparison.unjudged(
                shown, Verdict.NOT_COMPARABLE, forks(shown.scores()), forks(candidate.scores()), why);
    }

    private static int forks(Scores scores) {
        return scores instanceof Scores.ByFork byFork ? byFork.forks().size() : 0;
    }

    /** A mean and how well it is known. */
    private record Mean(double value, double standardError, double degrees) {

        static Mean of(Scores scores) {
            return switch (scores) {
                case Scores.ByFork byFork -> ofForks(byFork.forks());
                case Scores.Pooled pooled -> ofPooled(pooled);
            };
        }

        private static Mean ofForks(List<List<Double>> forks) {
            List<Double> means = forks.stream()
                    .map(fork -> fork.stream()
                            .mapToDouble(Double::doubleValue)
                            .average()
                            .orElseThrow())
                    .toList();
            Estimate mean = PooledIterations.mean(means, JMH_CONFIDENCE);
            return ofInterval(mean.value(), mean.high() - mean.value(), means.size());
        }

        private static Mean ofPooled(Scores.Pooled pooled) {
            return pooled.error().isPresent()
                    ? ofInterval(pooled.score(), Math.abs(pooled.error().getAsDouble()), pooled.samples())
                    : new Mean(pooled.score(), Double.POSITIVE_INFINITY, 1);
        }

        private static Mean ofInterval(double mean, double half, long count) {
            double degrees = Math.max(1, count - 1.0);
            return new Mean(mean, PooledIterations.standardError(half, count, JMH_CONFIDENCE), degrees);
        }
    }
}
