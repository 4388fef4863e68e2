package org.concurrencybench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.sample.Direction;
import org.junit.jupiter.api.Test;

class AnswersTest {

    @Test
    void theModelWhoseIntervalTouchesNoOtherWins() {
        Answer answer =
                only(sleep(new double[] {100, 101, 99}, new double[] {20, 20.1, 19.9}, new double[] {30, 30.1, 29.9}));

        assertThat(answer.winner()).contains("virtual-threads");
        assertThat(answer.sentence())
                .startsWith("Sleep-bound work: virtual-threads win at 5.00× serial [")
                .contains("], of an ideal 5×; platform-threads follow at 3.33× [")
                .doesNotContain("no clear winner");
        assertThat(answer.ranking())
                .extracting(Answer.Candidate::model)
                .containsExactly("virtual-threads", "platform-threads", "serial");
    }

    @Test
    void overlappingIntervalsHaveNoWinner() {
        Answer answer = only(sleep(new double[] {100, 101, 99}, new double[] {20, 22, 21}, new double[] {21, 23, 22}));

        assertThat(answer.winner()).isEmpty();
        assertThat(answer.sentence())
                .startsWith("Sleep-bound work: no clear winner: virtual-threads at ")
                .contains("platform-threads at ", "; the intervals overlap. The ideal for virtual-threads is 5×.");
    }

    @Test
    void aRivalFurtherBackWhoseWideIntervalReachesTheBestSpoilsTheWin() {
        List<CaseSummary> summaries = new Runs()
                .exactly("sleep-bound", "w", "serial", "", Direction.LOWER, 1, 100, 100.1, 99.9)
                .exactly("sleep-bound", "w", "virtual-threads", "", Direction.LOWER, 5, 20, 20.1, 19.9)
                .exactly("sleep-bound", "w", "platform-threads", "", Direction.LOWER, 5, 25, 25.1, 24.9)
                .exactly("sleep-bound", "w", "child-jvms", "", Direction.LOWER, 5, 10, 90, 40)
                .summaries();

        Answer answer = only(summaries);

        assertThat(answer.winner()).isEmpty();
        assertThat(answer.sentence())
                .contains("child-jvms at", "overlap, and wide")
                .doesNotContain("platform-threads");
    }

    @Test
    void serialIsACandidateAndMayBeTheBest() {
        List<CaseSummary> summaries = new Runs()
                .exactly("lock-contended", "w", "serial", "", Direction.LOWER, 1, 10, 10.1, 9.9)
                .exactly("lock-contended", "w", "platform-threads", "", Direction.LOWER, 1, 20, 20.1, 19.9)
                .exactly("lock-contended", "w", "child-jvms", "", Direction.LOWER, 1, 40, 40.1, 39.9)
                .summaries();

        Answer answer = only(summaries);

        assertThat(answer.winner()).contains("serial");
        assertThat(answer.sentence())
                .startsWith(
                        "Lock-contended work: nothing beats one thread; platform-threads come closest at 0.500× serial");
    }

    @Test
    void aModelWithinItsIntervalOfSerialDoesNotBeatIt() {
        Answer answer = only(new Runs()
                .exactly("cpu-bound", "w", "serial", "", Direction.LOWER, 1, 10, 10.5, 9.5)
                .exactly("cpu-bound", "w", "child-jvms-cold", "", Direction.LOWER, 2, 9.9, 9.5, 10.2)
                .summaries());

        assertThat(answer.winner()).isEmpty();
        assertThat(answer.sentence())
                .startsWith("CPU-bound work: no clear winner: ")
                .contains(" and serial; ");
    }

    @Test
    void oneForkIsALookAndNotAWin() {
        Answer answer = only(sleep(new double[] {100}, new double[] {20}, new double[] {30}));

        assertThat(answer.winner()).isEmpty();
        assertThat(answer.sentence())
                .contains("no clear winner", "virtual-threads at 5.00× serial (no interval)")
                .contains("this is a look, not a measurement");
    }

    @Test
    void aModelWithOneForkCannotBeRuledOut() {
        Answer answer = only(sleep(new double[] {100, 101, 99}, new double[] {20, 20.1, 19.9}, new double[] {30}));

        assertThat(answer.winner()).isEmpty();
        assertThat(answer.sentence())
                .contains("no clear winner", "without an interval (one fork) platform-threads cannot be judged");
    }

    @Test
    void withoutSerialThereIsNoAnswer() {
        Answer answer = only(new Runs()
                .exactly("cpu-bound", "w", "virtual-threads", "", Direction.LOWER, 2, 9.9, 9.5, 10.2)
                .summaries());

        assertThat(answer.winner()).isEmpty();
        assertThat(answer.ranking()).isEmpty();
        assertThat(answer.sentence()).contains("no answer, because serial was not measured");
    }

    @Test
    void severalSettingsAreJudgedByTheirGeometricMeanWithTheRange() {
        List<CaseSummary> summaries = new Runs()
                .exactly("sleep-bound", "w", "serial", "n=1", Direction.LOWER, 1, 100, 101, 99)
                .exactly("sleep-bound", "w", "virtual-threads", "n=1", Direction.LOWER, 4, 50, 50.5, 49.5)
                .exactly("sleep-bound", "w", "serial", "n=2", Direction.LOWER, 1, 100, 101, 99)
                .exactly("sleep-bound", "w", "virtual-threads", "n=2", Direction.LOWER, 16, 12.5, 12.6, 12.4)
                .exactly("sleep-bound", "w", "child-jvms", "n=2", Direction.LOWER, 16, 10, 10.1, 9.9)
                .summaries();

        Answer answer = only(summaries);

        assertThat(answer.winner()).contains("virtual-threads");
        assertThat(answer.sentence())
                .contains("virtual-threads win at 4.00×")
                .contains("of an ideal 8×")
                .contains("Geometric mean over 2 settings; virtual-threads: 2.00× to 8.00×")
                .contains("highest elsewhere: child-jvms in w (n=2)")
                .contains("Left out, because not measured in every setting: child-jvms.");
        // Two independent intervals in quadrature: narrower than either on the log scale.
        Answer.Candidate best = answer.ranking().getFirst();
        assertThat(best.speedup().value()).isCloseTo(4, within(0.01));
        double mean = Math.log(best.speedup().high() / best.speedup().value());
        double[] each = summaries.stream()
                .filter(summary -> summary.key().model().equals("virtual-threads"))
                .map(summary -> summary.speedup().orElseThrow())
                .mapToDouble(speedup -> Math.log(speedup.high() / speedup.value()))
                .toArray();
        assertThat(mean).isCloseTo(Math.hypot(each[0], each[1]) / 2, within(1e-9));
    }

    @Test
    void onlyTheThreeKindsGetAnAnswerAndInTheirOrder() {
        List<CaseSummary> summaries = new Runs()
                .exactly("overhead", "w", "serial", "", Direction.LOWER, 1, 1, 2)
                .exactly("lock-contended", "w", "serial", "", Direction.LOWER, 1, 1, 2)
                .exactly("", "w", "serial", "", Direction.LOWER, 1, 1, 2)
                .exactly("sleep-bound", "w", "serial", "", Direction.LOWER, 1, 1, 2)
                .summaries();

        assertThat(Answers.of(summaries)).extracting(Answer::kind).containsExactly("sleep-bound", "lock-contended");
        assertThat(Answers.of(summaries).getFirst().sentence()).contains("nothing but serial was measured");
    }

    private static List<CaseSummary> sleep(double[] serial, double[] virtual, double[] platform) {
        return new Runs()
                .exactly("sleep-bound", "w", "serial", "n=1;parallelism=1", Direction.LOWER, 1, serial)
                .exactly("sleep-bound", "w", "virtual-threads", "n=1;parallelism=5", Direction.LOWER, 5, virtual)
                .exactly("sleep-bound", "w", "platform-threads", "n=1;parallelism=5", Direction.LOWER, 5, platform)
                .summaries();
    }

    private static Answer only(List<CaseSummary> summaries) {
        List<Answer> answers = Answers.of(summaries);
        assertThat(answers).hasSize(1);
        return answers.getFirst();
    }
}
