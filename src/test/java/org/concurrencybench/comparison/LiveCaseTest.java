package org.concurrencybench.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.concurrencybench.sample.Direction;
import org.concurrencybench.sample.MeasuredCase;
import org.concurrencybench.sample.Params;
import org.concurrencybench.statistics.ChangeRule;
import org.concurrencybench.statistics.LogRatio;
import org.junit.jupiter.api.Test;

class LiveCaseTest {

    private static final ChangeRule RULE = ChangeRule.once(0.05, 0.99, 1);

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
