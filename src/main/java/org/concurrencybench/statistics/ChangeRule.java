package org.concurrencybench.statistics;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * When a change counts as one, where many cases are judged at once and perhaps more than once.
 *
 * <p>Each case is judged by the interval of its own change. Among many cases some of those intervals miss, so an alarm asks
 * for more: the interval that holds for <em>all</em> cases of the family together (Bonferroni) has to lie beyond a quarter of
 * the threshold as well. So however many cases there are, the chance that any case whose true change is below that quarter
 * gets an alarm is at most 1 - confidence, while a change of twice the threshold is not lost among its neighbours, as it
 * would be if the family's interval had to lie beyond the whole of it. Where an alarm fails on that, the family's interval
 * is the one that is shown.
 *
 * @param threshold relative change that matters, above 0 and below 1
 * @param confidence between 1/2 and 1
 * @param cases judged at once, at least 1
 * @param look which judgement of the same case this is, from 1; each later one has less of the error to spend
 * @param isLastLook whether no other look will follow: it then spends all that the earlier ones have left
 */
public record ChangeRule(double threshold, double confidence, int cases, int look, boolean isLastLook) {

    /**
     * The error at each end of a case's own interval, as a share of 1 - confidence. Only one end can make a verdict wrong, so
     * it could be all of it; what is kept back is for forks that are few and skewed.
     */
    private static final double OWN_SHARE = 0.75;

    /** What the family's interval has to be beyond, as a share of the threshold: chosen by simulation of detection. */
    private static final double FAMILY_LIMIT = 0.25;

    /** More forks than anybody would run. */
    private static final int MOST_FORKS = 10_000;

    /** How surely the smallest change that can be detected is found. */
    private static final double POWER_TAIL = 0.05;

    /** A middle is off by more than this tail, to either side, in half of all cases. */
    private static final double EVEN_TAIL = 0.25;

    /** Where an interval lies. */
    public enum Zone {
        /** All of it beyond the threshold, on the side of larger scores. */
        ABOVE,
        /** All of it beyond the threshold, on the side of smaller scores. */
        BELOW,
        /** All of it within. */
        WITHIN,
        /** Neither. */
        OPEN
    }

    /**
     * What came of one case.
     *
     * @param change relative, with the interval that the zone follows from
     */
    public record Judgement(Estimate change, Zone zone) {}

    public ChangeRule {
        if (!(threshold > 0 && threshold < 1) || !(confidence > 0.5 && confidence < 1) || cases < 1 || look < 1) {
            throw new IllegalArgumentException("no rule: threshold %s, confidence %s, %d cases, look %d"
                    .formatted(threshold, confidence, cases, look));
        }
    }

    /** For cases that are judged once. */
    public static ChangeRule once(double threshold, double confidence, int cases) {
        return new ChangeRule(threshold, confidence, cases, 1, true);
    }

    /**
     * The rule for one of several looks.
     *
     * @param number of the look, from 1
     * @param isLast whether it is the last; that must not hang on what the looks have shown
     */
    public ChangeRule atLook(int number, boolean isLast) {
        return new ChangeRule(threshold, confidence, cases, number, isLast);
    }

    /** The verdict on one case. */
    public Judgement judge(LogRatio change) {
        Estimate own = change.change(ownTail());
        Zone zone = zone(own, threshold);
        if (zone == Zone.ABOVE || zone == Zone.BELOW) {
            Estimate family = change.change(familyTail());
            if (zone(family, threshold * FAMILY_LIMIT) != zone) {
                return new Judgement(family, Zone.OPEN);
            }
        }
        return new Judgement(own, zone);
    }

    /**
     * About how many forks of each side would decide an open case, if further ones differ as these do.
     *
     * @param forks that there are of each side
     * @return empty where that cannot be said, or would be more than ten thousand
     */
    public OptionalInt forksToDecide(LogRatio change, int forks) {
        if (!change.isBounded() || !decides(change, forks, MOST_FORKS)) {
            return OptionalInt.empty();
        }
        int tooFew = forks;
        int enough = MOST_FORKS;
        while (enough - tooFew > 1) {
            int middle = (tooFew + enough) / 2;
            if (decides(change, forks, middle)) {
                enough = middle;
            } else {
                tooFew = middle;
            }
        }
        return OptionalInt.of(enough);
    }

    /** The smallest slowdown that would be found 19 times of 20, as precise as this case is; empty where it is not known. */
    public OptionalDouble detectable(LogRatio change) {
        if (!change.isBounded()) {
            return OptionalDouble.empty();
        }
        double luck = change.halfWidth(POWER_TAIL);
        double own = StrictMath.log1p(threshold) + change.halfWidth(ownTail()) + luck;
        double family = StrictMath.log1p(threshold * FAMILY_LIMIT) + change.halfWidth(familyTail()) + luck;
        return OptionalDouble.of(StrictMath.expm1(Math.max(own, family)));
    }

    /**
     * The half-width of a case's own interval, and what its middle may be off by in half of all cases, as a multiple of the
     * threshold: above 1, a case that did not change has no even chance to be said to be unchanged.
     *
     * @param times as many forks as there are, that differ as these do
     */
    public double excess(LogRatio change, double times) {
        LogRatio then = change.withForks(times);
        return (then.halfWidth(ownTail()) + then.halfWidth(EVEN_TAIL)) / StrictMath.log1p(threshold);
    }

    private boolean decides(LogRatio change, int forks, int more) {
        return judge(change.withForks((double) more / forks)).zone() != Zone.OPEN;
    }

    private double ownTail() {
        return (1 - confidence) * lookShare() * OWN_SHARE;
    }

    private double familyTail() {
        return (1 - confidence) * lookShare() / 2 / cases;
    }

    /** 1/2 + 1/6 + 1/12 + … comes to 1, and lacks 1/n before the n-th look. */
    private double lookShare() {
        return isLastLook ? 1.0 / look : 1.0 / (look * (look + 1.0));
    }

    private static Zone zone(Estimate change, double limit) {
        if (change.low() > limit) {
            return Zone.ABOVE;
        }
        if (change.high() < -limit) {
            return Zone.BELOW;
        }
        return change.low() >= -limit && change.high() <= limit ? Zone.WITHIN : Zone.OPEN;
    }
}
