package org.concurrencybench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
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
                .startsWith("Sleep-bound work: virtual-threads win at 5.00× serial (95% sure: ")
                .contains("×), of an ideal 5×; platform-threads follow at 3.33× serial (95% sure: ")
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
                        "Lock-contended work: nothing beats one thread; platform-threads come closest at 0.500× serial (95% sure: ");
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
    void severalSettingsAreRankedByTheirGeometricMeanAndShownAsMeasured() {
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
                .contains("virtual-threads win at 2.00× and 8.00× serial, of an ideal 4× and 16×;")
                .doesNotContain("4.00×")
                .contains("Ranked by the geometric mean over 2 settings")
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

    @Test
    void aMeanThatOneSettingContradictsIsNoAnswer() {
        Runs runs = new Runs()
                .exactly("lock-contended", "w", "serial", "think=0", Direction.LOWER, 1, 10, 10.1, 9.9)
                .exactly("lock-contended", "w", "platform-threads", "think=0", Direction.LOWER, 1, 20, 20.1, 19.9)
                .exactly("lock-contended", "w", "serial", "think=9", Direction.LOWER, 1, 100, 100.1, 99.9)
                .exactly("lock-contended", "w", "platform-threads", "think=9", Direction.LOWER, 10, 10, 10.1, 9.9);

        Answer answer = only(runs.summaries());

        assertThat(answer.depends()).isTrue();
        assertThat(answer.winner()).isEmpty();
        assertThat(answer.settings())
                .extracting(setting -> setting.title() + ": " + setting.winner().orElse("nobody"))
                .containsExactly("w (think=0): serial", "w (think=9): platform-threads");
        assertThat(answer.sentence())
                .startsWith(
                        "Lock-contended work: no single winner: it depends on the setting. w (think=0): nothing beats")
                .contains("w (think=9): platform-threads win at 10.0× serial");
    }

    @Test
    void manySettingsThatDisagreeAreCounted() {
        Runs runs = new Runs();
        for (int n = 1; n <= 5; n++) {
            double threads = n == 5 ? 5 : 20;
            runs.exactly("cpu-bound", "w", "serial", "n=" + n, Direction.LOWER, 1, 10, 10.1, 9.9)
                    .exactly(
                            "cpu-bound",
                            "w",
                            "platform-threads",
                            "n=" + n,
                            Direction.LOWER,
                            2,
                            threads,
                            threads * 1.01);
        }

        assertThat(only(runs.summaries()).sentence())
                .endsWith("Clearly fastest of all 5 settings: serial in 4 and platform-threads in 1.");
    }

    @Test
    void waitingOverlapsWhereOneThreadHardlyComputes() {
        assertThat(why("sleep-bound", 10, 100, 1, 10.2, 2))
                .startsWith("Waiting overlaps: one thread computes for 1.0% of its time and waits for the rest, and ")
                .contains("platform-threads reach 98.0% of the ideal 10×")
                .doesNotContain("cores are the limit");
    }

    @Test
    void coresAreTheLimitWhereTheyAreAllBusyAndTheIdealIsNear() {
        assertThat(why("cpu-bound", 2, 100, 100, 51, 101))
                .isEqualTo(
                        "Cores are the limit: one thread keeps a core busy all the time, platform-threads keep 1.98 cores "
                                + "busy and reach 98.0% of the ideal 2×.");
    }

    @Test
    void aKindThatItsNumbersContradictIsCalledOut() {
        assertThat(why("cpu-bound", 2, 100, 3, 51, 4)).startsWith("Called CPU-bound, but waiting overlaps: ");
        assertThat(why("sleep-bound", 2, 100, 100, 51, 101))
                .startsWith("Called sleep-bound, but cores are the limit: ");
    }

    @Test
    void aGainWithoutMoreCoresIsNotPutDownToThem() {
        assertThat(why("cpu-bound", 2, 100, 100, 51, 51))
                .contains("Faster without more cores", "not parallelism that wins");
    }

    @Test
    void whereTheLockIsTheLimitItsCostIsNamed() {
        assertThat(why("lock-contended", 1, 10, 10, 25, 40))
                .isEqualTo(
                        "The lock is the limit: one works at a time, and passing it on costs: platform-threads spend 4.00 "
                                + "times serial's CPU time.");
    }

    @Test
    void startUpEatsWhatTheHardwareWouldAllow() {
        assertThat(why("cpu-bound", 2, 2.01, 2, 6, 12))
                .isEqualTo(
                        "Start-up and hand-over eat it: the hardware would allow 2×, a batch takes one thread only 2.01 ms, "
                                + "and platform-threads spend 6.00 times serial's CPU time.");
    }

    @Test
    void startUpIsNamedWhereItMakesALossOfAGainAndNowhereElse() {
        assertThat(whyWithColdOnesAt(130))
                .endsWith("; start-up costs child-jvms-cold 80.0 ms a batch, which turns the gain into a loss.");
        assertThat(whyWithColdOnesAt(90)).doesNotContain("start-up");
    }

    private static String whyWithColdOnesAt(double millis) {
        return only(new Runs()
                        .timed("cpu-bound", "serial", 1, 100, 100)
                        .timed("cpu-bound", "child-jvms", 2, 50, 100)
                        .timed("cpu-bound", "child-jvms-cold", 2, millis, 190)
                        .summaries())
                .why();
    }

    @Test
    void aLeadThatIsTooSmallToMatterIsSharedWithThoseWhoFollow() {
        List<CaseSummary> summaries = new Runs()
                .timed("sleep-bound", "serial", 1, 100, 1)
                .timed("sleep-bound", "platform-threads", 2, 50, 1)
                .timed("sleep-bound", "virtual-threads", 2, 50.4, 1)
                .timed("sleep-bound", "child-jvms", 2, 53, 1)
                .summaries();

        Answer answer = only(summaries);

        assertThat(answer.winner()).contains("platform-threads");
        assertThat(answer.sentence())
                .contains("; virtual-threads do as well at 1.9841× serial (95% sure: ", ", 0.8% slower.");
        assertThat(card(summaries, Glossary.NONE))
                .contains("just as good: ", "virtual-threads <span class=\"whole\">(0.8% slower)</span>")
                .doesNotContain("child-jvms");
    }

    @Test
    void severalSettingsStandOnTheCardWithWhatWasMeasuredInEach() {
        List<CaseSummary> summaries = new Runs()
                .exactly("sleep-bound", "w", "serial", "n=1", Direction.LOWER, 1, 100, 100.1, 99.9)
                .exactly("sleep-bound", "w", "virtual-threads", "n=1", Direction.LOWER, 2, 50, 50.1, 49.9)
                .exactly("sleep-bound", "w", "serial", "n=2", Direction.LOWER, 1, 100, 100.1, 99.9)
                .exactly("sleep-bound", "w", "virtual-threads", "n=2", Direction.LOWER, 10, 10, 10.02, 9.98)
                .summaries();
        Glossary glossary = new Glossary(
                List.of(
                        new Glossary.Term("virtual-threads", "light ones"),
                        new Glossary.Term("child-jvms", "processes that nobody measured")),
                List.of(),
                Map.of(summaries.getFirst().key().group(), "one <short> wait"));

        assertThat(card(summaries, glossary))
                .contains(
                        "<p class=\"meaning\">Work that mostly waits: for the network, a disk, a database, a timer.</p>")
                .contains("<strong>2.00× and 10.0×</strong> as fast as one thread, within 2% of the ideal in both</p>")
                .containsPattern(
                        "<li><strong>2\\.0+×</strong> \\(95% sure: [\\d.]+ to [\\d.]+×\\), ideal 2×: one &lt;short&gt; wait"
                                + " <span class=\"exact\">w \\(n=1\\)</span></li>")
                .containsPattern("<li><strong>10\\.0+×</strong> \\(95% sure: [^)]*\\), ideal 10×: w \\(n=2\\)</li>")
                .containsPattern("<dt><svg[^>]*><path[^>]*/></svg>virtual-threads</dt><dd>light ones</dd>")
                .doesNotContain("4.47", "nobody measured");
    }

    @Test
    void manySettingsAreARangeWithTheMeanThatRanksThem() {
        Runs runs = new Runs();
        for (int n = 2; n <= 5; n++) {
            runs.exactly("sleep-bound", "w", "serial", "n=" + n, Direction.LOWER, 1, 100, 100.1, 99.9)
                    .exactly("sleep-bound", "w", "virtual-threads", "n=" + n, Direction.LOWER, 8, 100.0 / n, 100.1 / n);
        }

        assertThat(only(runs.summaries()).sentence())
                .contains("virtual-threads win at 2.00× to 5.00× serial in 4 settings, of an ideal 8×; ")
                .containsPattern("Ranked by the geometric mean over 4 settings, which for virtual-threads is 3\\.3\\d*×"
                        + " \\(95% sure: 3\\.\\d+ to 3\\.\\d+×\\)");
        assertThat(card(runs.summaries(), Glossary.NONE))
                .contains("<strong>2.00× to 5.00×</strong> as fast as one thread in 4 settings, ideal 8×</p>");
    }

    @Test
    void numbersOfSettingsStandInTheirOrder() {
        Runs runs = new Runs();
        for (int n : new int[] {1000, 2, 10_000, 1}) {
            runs.exactly("cpu-bound", "w", "serial", "n=" + n + ";word=a", Direction.LOWER, 1, 10, 10.1);
        }
        runs.exactly("cpu-bound", "w", "serial", "n=all;word=a", Direction.LOWER, 1, 10, 10.1);

        assertThat(Cases.of(runs.summaries(), List.of()).groups())
                .extracting(Cases.Group::setting)
                .containsExactly("n=1", "n=2", "n=1000", "n=10000", "n=all");
    }

    @Test
    void withoutCpuTimeNoReasonIsMadeUp() {
        List<CaseSummary> summaries = new Runs()
                .timed("cpu-bound", "serial", 1, 100, Double.NaN)
                .timed("cpu-bound", "platform-threads", 2, 51, Double.NaN)
                .summaries();

        assertThat(only(summaries).why()).contains("CPU time was not measured, so what limits it is not known");
    }

    @Test
    void aModelOfAnInterpreterLockExplainsAndDoesNotCompete() {
        Answer answer = only(new Runs()
                .timed("sleep-bound", "serial", 1, 100, 1)
                .timed("sleep-bound", "platform-threads", 2, 50, 1)
                .timed("sleep-bound", "gil-threads", 2, 50, 1)
                .summaries());

        assertThat(answer.winner()).contains("platform-threads");
        assertThat(answer.ranking()).extracting(Answer.Candidate::model).doesNotContain("gil-threads");
    }

    @Test
    void aSettingWithoutSerialIsLeftOutAndTheOthersAnswer() {
        Answer answer = only(new Runs()
                .exactly("cpu-bound", "w", "serial", "n=1", Direction.LOWER, 1, 10, 10.1, 9.9)
                .exactly("cpu-bound", "w", "platform-threads", "n=1", Direction.LOWER, 2, 5, 5.1, 4.9)
                .exactly("cpu-bound", "w", "platform-threads", "n=2", Direction.LOWER, 2, 5, 5.1, 4.9)
                .summaries());

        assertThat(answer.winner()).contains("platform-threads");
        assertThat(answer.remark()).isEqualTo("Left out, because serial was not measured there: 1 of 2 settings.");
    }

    @Test
    void moreUnitsThanCoresArePartOfTheReasonWhereTheyWereMeasured() {
        Runs runs = new Runs();
        String params = "tasks=9;terms=9;parallelism=";
        runs.add("cpu-bound", "sum-of-squares", "serial", params + 1, 100, 1, 0.001, 3);
        for (int units = 1; units <= 4; units++) {
            double ideal = Math.min(2, units);
            runs.add("cpu-bound", "sum-of-squares", "platform-threads", params + units, 100 / ideal, ideal, 0.001, 3);
        }

        assertThat(only(runs.summaries()).why()).contains("; 4 of them bring no more (2.00× [");
    }

    @Test
    void whoWinsAmongManySleepersIsSaidToo() {
        Runs runs =
                new Runs().timed("sleep-bound", "serial", 1, 100, 1).timed("sleep-bound", "platform-threads", 2, 50, 1);
        for (int tasks : new int[] {10, 100, 1000}) {
            String params = "sleepMillis=9;tasks=" + tasks + ";parallelism=" + tasks;
            runs.add("sleep-bound", "many-sleepers", "platform-threads", params, 9 + tasks, 1, 0.01, 3)
                    .add("sleep-bound", "many-sleepers", "virtual-threads", params, 9, 1, 0.01, 3);
        }

        assertThat(only(runs.summaries()).why())
                .contains(
                        "; of 1000 sleepers virtual-threads are done first, 11", " times as fast as platform-threads.");
    }

    @Test
    void cardsCarryTheNumbersAndEscapeTheNames() {
        List<CaseSummary> summaries = new Runs()
                .timed("sleep-bound", "serial", 1, 100, 1)
                .timed("sleep-bound", "<b>fast</b>", 2, 50, 1)
                .timed("sleep-bound", "platform-threads", 2, 80, 1)
                .summaries();

        assertThat(card(summaries, Glossary.NONE))
                .contains("&lt;b&gt;fast&lt;/b&gt;</p>")
                .containsPattern(
                        "<strong>2\\.0+×</strong> as fast as one thread \\(95% sure: [\\d.]+ to [\\d.]+×\\), ideal 2×")
                .containsPattern(
                        "then <svg[^>]*><path[^>]*/></svg>platform-threads <span class=\"whole\">1\\.250*× \\(95% sure: [^)]+\\)</span>, 60% slower")
                .contains("<p class=\"why\">Waiting overlaps: ")
                .doesNotContain("<b>");
    }

    private static String card(List<CaseSummary> summaries, Glossary glossary) {
        Markup html = new Markup();
        AnswerCards.write(html, Answers.of(summaries), glossary);
        return html.toString();
    }

    /** What is said of threads that take so long and so much CPU time, beside a serial that does. */
    private static String why(
            String kind, double ideal, double serialMillis, double serialCpu, double millis, double cpu) {
        return only(new Runs()
                        .timed(kind, "serial", 1, serialMillis, serialCpu)
                        .timed(kind, "platform-threads", ideal, millis, cpu)
                        .summaries())
                .why();
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
