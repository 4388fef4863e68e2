package org.concurrencybench.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.concurrencybench.statistics.ChangeRule.Zone;
import org.junit.jupiter.api.Test;

class ChangeRuleTest {

    private static final ChangeRule ONE = ChangeRule.once(0.05, 0.99, 1);

    @Test
    void aPreciseChangeIsJudgedByWhereItLies() {
        assertThat(ONE.judge(log(1.2)).zone()).isEqualTo(Zone.ABOVE);
        assertThat(ONE.judge(log(0.8)).zone()).isEqualTo(Zone.BELOW);
        assertThat(ONE.judge(log(1.01)).zone()).isEqualTo(Zone.WITHIN);
        assertThat(ONE.judge(log(1.05)).zone()).isEqualTo(Zone.OPEN);
    }

    @Test
    void theIntervalThatIsShownIsTheOneThatTheZoneFollowsFrom() {
        LogRatio marginal = new LogRatio(Math.log(1.2), 0.04, 18);

        ChangeRule.Judgement alone = ONE.judge(marginal);
        ChangeRule.Judgement amongMany = ChangeRule.once(0.05, 0.99, 100_000).judge(marginal);

        assertThat(alone.zone()).isEqualTo(Zone.ABOVE);
        assertThat(alone.change().low()).isGreaterThan(0.05);
        assertThat(amongMany.zone()).isEqualTo(Zone.OPEN);
        assertThat(amongMany.change().low()).isLessThan(0.05 / 4);
    }

    @Test
    void laterLooksAskForMore() {
        LogRatio marginal = new LogRatio(Math.log(1.2), 0.05, 30);

        assertThat(low(ONE.atLook(1, false), marginal)).isGreaterThan(low(ONE.atLook(2, false), marginal));
        assertThat(low(ONE.atLook(2, false), marginal)).isGreaterThan(low(ONE.atLook(9, false), marginal));
    }

    @Test
    void theLastLookSpendsAllThatTheOthersHaveLeftAndNoMore() {
        LogRatio any = new LogRatio(0, 0.01, 30);
        double all = tail(ONE, any);

        assertThat(tail(ONE.atLook(1, true), any)).isEqualTo(all);
        for (int last = 2; last < 9; last++) {
            double spent = tail(ONE.atLook(last, true), any);
            for (int look = 1; look < last; look++) {
                spent += tail(ONE.atLook(look, false), any);
            }
            assertThat(spent).isCloseTo(all, within(1e-9));
        }
    }

    private static double low(ChangeRule rule, LogRatio change) {
        return rule.judge(change).change().low();
    }

    /** What a rule leaves at either side of an interval. */
    private static double tail(ChangeRule rule, LogRatio change) {
        return 1 - rule.judge(change).change().confidence();
    }

    @Test
    void withAnExcessOfOneAnUnchangedCaseIsFoundSoWhereItsMiddleIsOffByNoMoreThanHalfOfAllAre() {
        double standardError = 0.01 / ONE.excess(new LogRatio(0, 0.01, 1_000_000), 1);
        double offByHalf = LogRatio.quantile(1_000_000, 0.25) * standardError;

        assertThat(ONE.judge(new LogRatio(0.99 * offByHalf, standardError, 1_000_000))
                        .zone())
                .isEqualTo(Zone.WITHIN);
        assertThat(ONE.judge(new LogRatio(1.01 * offByHalf, standardError, 1_000_000))
                        .zone())
                .isEqualTo(Zone.OPEN);
    }

    @Test
    void moreForksMakeLessOfAnExcessAndMoreThanBySpreadAloneWhereTheyAreFew() {
        LogRatio few = new LogRatio(0.3, 0.05, 3);

        assertThat(ONE.excess(few, 4)).isLessThan(ONE.excess(few, 1) / 2);
        assertThat(ONE.excess(few, 1)).isEqualTo(ONE.excess(new LogRatio(0, 0.05, 3), 1));
    }

    @Test
    void asManyForksAsItSaysDecideIt() {
        LogRatio open = LogRatio.ofForks(
                ForkScores.of(List.of(1.0, 1.1, 0.9, 1.05, 0.95)),
                ForkScores.of(List.of(1.02, 1.12, 0.91, 1.04, 0.96)));
        assertThat(ONE.judge(open).zone()).isEqualTo(Zone.OPEN);

        int forks = ONE.forksToDecide(open, 5).orElseThrow();

        assertThat(forks).isGreaterThan(5);
        assertThat(ONE.judge(open.withForks(forks / 5.0)).zone()).isNotEqualTo(Zone.OPEN);
        assertThat(ONE.judge(open.withForks((forks - 1) / 5.0)).zone()).isEqualTo(Zone.OPEN);
        assertThat(ONE.forksToDecide(new LogRatio(StrictMath.log1p(0.05), 0.05, 8), 5))
                .isEmpty();
    }

    @Test
    void oneForkSaysNothing() {
        LogRatio one = LogRatio.ofForks(ForkScores.of(List.of(1.0)), ForkScores.of(List.of(9.0)));

        assertThat(one.isBounded()).isFalse();
        assertThat(ONE.judge(one).zone()).isEqualTo(Zone.OPEN);
        assertThat(ONE.forksToDecide(one, 1)).isEmpty();
        assertThat(ONE.detectable(one)).isEmpty();
    }

    @Test
    void whatBothOfAPairSufferDropsOut() {
        List<Double> baseline = List.of(1.0, 1.5, 2.0, 3.0);
        List<Double> candidate = baseline.stream().map(score -> score * 1.1).toList();

        LogRatio pairs = LogRatio.ofPairs(baseline, candidate);

        assertThat(pairs.mean()).isCloseTo(Math.log(1.1), within(1e-12));
        assertThat(pairs.standardError()).isLessThan(1e-12);
        assertThat(LogRatio.ofForks(ForkScores.of(baseline), ForkScores.of(candidate))
                        .standardError())
                .isGreaterThan(0.1);
    }

    @Test
    void whatCannotBeAreRefused() {
        assertThatThrownBy(() -> ChangeRule.once(0, 0.99, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ChangeRule.once(0.05, 1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LogRatio.ofForks(ForkScores.of(List.of(0.0)), ForkScores.of(List.of(1.0))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LogRatio.ofPairs(List.of(1.0), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static LogRatio log(double quotient) {
        return new LogRatio(Math.log(quotient), 0.0001, 18);
    }
}
