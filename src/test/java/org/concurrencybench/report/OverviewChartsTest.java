package org.concurrencybench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.sample.Direction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The charts that give an overview: kinds, settings, map, costs and phases. */
class OverviewChartsTest {

    private static final Typeface TYPEFACE = Typeface.find();
    private static final String FOOTER = "Run of a test, a machine with a name";

    static List<Chart> charts() {
        return List.of(FullRun.summaries(), Runs.standard()).stream()
                .flatMap(summaries -> OverviewChartsTest.of(summaries).stream())
                .toList();
    }

    private static List<Chart> of(List<CaseSummary> summaries) {
        Cases cases = Cases.of(Curve.rest(summaries), List.of());
        List<Chart> charts = new ArrayList<>();
        SpeedupChart.of(cases, TYPEFACE, FOOTER).ifPresent(charts::add);
        SettingsChart.of(cases, TYPEFACE, FOOTER).ifPresent(charts::add);
        MapChart.of(summaries, TYPEFACE, FOOTER).ifPresent(charts::add);
        CostChart.of(cases, TYPEFACE, FOOTER).ifPresent(charts::add);
        charts.addAll(UnitCostChart.of(summaries, TYPEFACE, FOOTER));
        PhasesChart.of(summaries, TYPEFACE, FOOTER).ifPresent(charts::add);
        return charts;
    }

    @Test
    void aFullRunHasAllOfThemAndAStandardOneThoseItHasCasesFor() {
        assertThat(of(FullRun.summaries()))
                .extracting(Chart::name)
                .containsExactly(
                        "speedup",
                        "speedup-settings",
                        "map",
                        "cost",
                        "memory-per-unit",
                        "spawn-per-unit",
                        "child-jvm-phases");
        assertThat(of(Runs.standard())).extracting(Chart::name).containsExactly("speedup", "map", "cost");
    }

    @ParameterizedTest
    @MethodSource("charts")
    void noTextCoversAnotherOrLeavesThePictureWideOrNarrow(Chart chart) {
        assertThat(TextBoxes.of(chart, TYPEFACE))
                .allSatisfy(picture -> assertThat(picture).hasSizeGreaterThan(5));
        assertThat(TextBoxes.faults(chart, TYPEFACE)).isEmpty();
    }

    @Test
    void aFullRunShowsThreeSettingsOfAKindAndAllOthersALineEach() {
        Cases cases = Cases.of(Curve.rest(FullRun.summaries()), List.of());
        Cases main = MainSettings.of(cases);

        assertThat(main.groups())
                .extracting(group -> group.key().kind())
                .containsExactly(
                        "sleep-bound",
                        "sleep-bound",
                        "sleep-bound",
                        "cpu-bound",
                        "cpu-bound",
                        "cpu-bound",
                        "lock-contended",
                        "lock-contended",
                        "lock-contended");
        String others = SettingsChart.of(cases, TYPEFACE, "").orElseThrow().description();
        assertThat(others.split("lock-contended, ", -1)).hasSize(1 + 6);
    }

    @Test
    void theMostTypicalSettingComesFirst() {
        Runs runs = new Runs();
        for (String params : List.of("a=9;b=1", "a=1;b=1", "a=1;b=2")) {
            runs.exactly("cpu-bound", "w", "serial", params, Direction.LOWER, 1, 10, 11)
                    .exactly("cpu-bound", "w", "virtual-threads", params, Direction.LOWER, 2, 5, 6);
        }

        assertThat(MainSettings.of(Cases.of(runs.summaries(), List.of()))
                        .groups()
                        .getFirst()
                        .setting())
                .isEqualTo("a=1, b=1");
    }

    @Test
    void aSpotOfTheMapStandsAtItsNumberOfTasksAndTheLengthOfOne() {
        String map = MapChart.of(
                        new Runs()
                                .exactly(
                                        "cpu-bound",
                                        "pool-map",
                                        "serial",
                                        "numbers=100;work=1",
                                        Direction.LOWER,
                                        1,
                                        50,
                                        50.1)
                                .exactly(
                                        "cpu-bound",
                                        "pool-map",
                                        "virtual-threads",
                                        "numbers=100;work=1",
                                        Direction.LOWER,
                                        2,
                                        25,
                                        25.1)
                                .exactly(
                                        "cpu-bound",
                                        "pool-map",
                                        "serial",
                                        "numbers=1;work=1",
                                        Direction.LOWER,
                                        1,
                                        1,
                                        1.01)
                                .exactly(
                                        "cpu-bound",
                                        "pool-map",
                                        "virtual-threads",
                                        "numbers=1;work=1",
                                        Direction.LOWER,
                                        1,
                                        4,
                                        4.1)
                                .exactly(
                                        "cpu-bound",
                                        "pool-map",
                                        "serial",
                                        "numbers=1;work=2",
                                        Direction.LOWER,
                                        1,
                                        9,
                                        11)
                                .exactly(
                                        "cpu-bound",
                                        "pool-map",
                                        "virtual-threads",
                                        "numbers=1;work=2",
                                        Direction.LOWER,
                                        1,
                                        9.5,
                                        10.5)
                                .summaries(),
                        TYPEFACE,
                        "")
                .orElseThrow()
                .description();

        assertThat(map)
                .contains("100 tasks of 500 µs: virtual-threads, 2.00× ahead of serial")
                .contains("1 task of 1 ms: serial, 4.03× ahead of virtual-threads")
                .contains("1 task of 9.95 ms: undecided between ");
    }

    @Test
    void sleepersThatSerialWouldTakeTooLongForAreAsLongAsTheirSleep() {
        Runs runs = new Runs();
        for (int tasks : new int[] {1000, 10_000, 100_000}) {
            String params = "sleepMillis=100;tasks=" + tasks;
            runs.add(
                            "sleep-bound",
                            "many-sleepers",
                            "platform-threads",
                            params + ";parallelism=" + tasks,
                            200,
                            1,
                            0.01,
                            3)
                    .add(
                            "sleep-bound",
                            "many-sleepers",
                            "platform-threads",
                            params + ";parallelism=10",
                            900,
                            1,
                            0.01,
                            3)
                    .add(
                            "sleep-bound",
                            "many-sleepers",
                            "virtual-threads",
                            params + ";parallelism=" + tasks,
                            100,
                            1,
                            0.01,
                            3)
                    .add("sleep-bound", "many-sleepers", "timer-thread", params + ";parallelism=1", 50, 1, 0.01, 3);
        }

        assertThat(MapChart.of(runs.summaries(), TYPEFACE, "").orElseThrow().description())
                .contains("100k tasks of 100 ms: virtual-threads, ", " ahead of platform-threads")
                .doesNotContain("timer-thread");
    }

    @Test
    void kindsOfWorkNeverShareAPanelOfTheMapAndTwoSharesOfALockAreAPanel() {
        Runs runs = new Runs();
        for (int pairs : new int[] {1, 4}) {
            String params = "thinkMicros=0;pairs=" + pairs;
            runs.exactly("lock-contended", "bank-balance", "serial", params, Direction.LOWER, 1, 10, 10.1)
                    .exactly("lock-contended", "bank-balance", "virtual-threads", params, Direction.LOWER, 1, 20, 20.1);
        }
        List<CaseSummary> summaries = new ArrayList<>(Runs.standard().stream()
                .filter(summary -> !summary.key().kind().equals("lock-contended"))
                .toList());
        assertThat(headings(summaries)).containsExactly("Tasks that wait", "Tasks that compute");

        runs.summaries().forEach(summary -> summaries.add(noted(summary, "lock-share 0.5")));

        assertThat(headings(summaries)).containsExactly("Tasks that wait", "Tasks that compute", "Tasks under a lock");
        assertThat(MapChart.of(summaries, TYPEFACE, "").orElseThrow().description())
                .contains("8 workers, 50.0% under the lock: serial, ");
    }

    private static List<String> headings(List<CaseSummary> summaries) {
        return MapChart.of(summaries, TYPEFACE, "").orElseThrow().sheet().numbers().orElseThrow().groups().stream()
                .map(NumberTable.Group::heading)
                .toList();
    }

    private static CaseSummary noted(CaseSummary summary, String note) {
        return new CaseSummary(
                summary.key(),
                summary.forks(),
                summary.samples(),
                summary.score(),
                summary.unit(),
                summary.direction(),
                summary.speedup(),
                summary.ideal(),
                summary.cpuMillis(),
                summary.rssMebibytes(),
                note);
    }

    @Test
    void titlesSayWhatIsSeen() {
        List<Chart> charts = of(Runs.standard());

        assertThat(texts(charts, "speedup"))
                .matches(
                        "(?s)Best speed-up over one thread: sleep-bound [0-9.]+× to 9\\.[0-9]+×, cpu-bound 1\\.[0-9]+× and "
                                + "lock-contended [0-9.]+× to 0\\.9[0-9]+×.*");
        assertThat(texts(charts, "map")).startsWith("Settings: ").contains("undecided");
        assertThat(texts(charts, "cost"))
                .contains("Time and what it costs: up to ", "× serial's CPU time (child-jvms-cold)")
                .doesNotContain("serial's memory");
        assertThat(Standings.inWords(List.of(Optional.of("a"), Optional.of("b"), Optional.of("b"), Optional.empty())))
                .isEqualTo("b is fastest in 2 of 4 and a in 1; 1 is undecided");
        assertThat(Standings.inWords(List.of(Optional.empty()))).isEqualTo("all 1 are undecided");
        assertThat(Standings.inWords(
                        Stream.of("a", "b", "c", "d").map(Optional::of).toList()))
                .isEqualTo("a is fastest in 1 of 4, b in 1, c in 1 and others in the rest");
    }

    private static String texts(List<Chart> charts, String name) {
        Chart chart = charts.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
        return TextBoxes.of(chart, TYPEFACE).getFirst().stream()
                .map(TextBoxes.Box::text)
                .collect(Collectors.joining(" "));
    }

    @Test
    void twoSettingsAreNoMap() {
        assertThat(MapChart.of(
                        Runs.standard().stream()
                                .filter(summary -> summary.key().kind().equals("sleep-bound"))
                                .toList(),
                        TYPEFACE,
                        ""))
                .isEmpty();
    }

    @Test
    void theNumberOfTasksFollowsFromTheParametersOrIsUnknown() {
        assertThat(TaskSize.count(Runs.key("", "square-cube", "serial", "numbers=5;split=by-item")))
                .hasValue(10);
        assertThat(TaskSize.count(Runs.key("", "square-cube", "serial", "numbers=5;split=by-function")))
                .hasValue(2);
        assertThat(TaskSize.count(Runs.key("", "bank-balance", "serial", "pairs=4")))
                .hasValue(8);
        assertThat(TaskSize.count(Runs.key("", "own-function", "serial", "calls=100;inputs=1..1000")))
                .hasValue(100);
        assertThat(TaskSize.count(Runs.key("", "own-function", "serial", "calls=7;inputs=orders.txt")))
                .hasValue(7);
        assertThat(TaskSize.count(Runs.key("", "mine", "serial", "calls=7"))).isEmpty();
        assertThat(TaskSize.count(Runs.key("", "pool-map", "serial", "numbers=-3")))
                .isEmpty();
    }

    @Test
    void costsAreToldInWordsWithTheirUnits() {
        List<Chart> charts = of(FullRun.summaries());

        assertThat(named(charts, "cost"))
                .contains("serial ", " MiB", " ms of CPU")
                .doesNotContain("gil-threads,");
        assertThat(named(charts, "memory-per-unit"))
                .containsPattern("virtual-threads 1\\.\\d+ KiB \\[")
                .containsPattern("child-jvms 11\\.\\d MiB \\[");
        assertThat(named(charts, "spawn-per-unit"))
                .contains("one by itself: ", "10 at once, for each: ")
                .containsPattern("child-jvms-cold 3\\d\\.\\d+ ms \\[");
        assertThat(named(charts, "child-jvm-phases"))
                .containsSubsequence(
                        "spawn 0.",
                        "jvm-up 3",
                        "(77%)",
                        "transfer-in",
                        "compute",
                        "transfer-out",
                        "end",
                        "the whole 40.");
    }

    @Test
    void labelsOfPhasesKeepTheirOrderAndTheirDistance() {
        List<Double> lefts =
                PhasesSheet.spread(List.of(5.0, 90.0, 95.0, 99.0), List.of(20.0, 20.0, 20.0, 20.0), 0, 100);

        assertThat(lefts).isSorted();
        assertThat(lefts.getFirst()).isCloseTo(0, within(1e-9));
        assertThat(lefts.getLast()).isCloseTo(80, within(1e-9));
        for (int i = 1; i < lefts.size(); i++) {
            assertThat(lefts.get(i) - lefts.get(i - 1)).isGreaterThanOrEqualTo(20 - 1e-9);
        }
    }

    @Test
    void aRunOfNothingButOverheadOfUnknownKindStillShowsItsSpeedUps() {
        List<CaseSummary> summaries = new Runs()
                .exactly("", "mine", "serial", "n=1", Direction.LOWER, 1, 10, 10.1)
                .exactly("", "mine", "fast", "n=1", Direction.LOWER, 4, 5, 5.1)
                .summaries();
        Optional<Chart> chart = SpeedupChart.of(Cases.of(summaries, List.of()), TYPEFACE, "");

        assertThat(chart).isPresent();
        assertThat(chart.orElseThrow().description()).contains("kind not given, mine: fast 1.99× ");
    }

    private static String named(List<Chart> charts, String name) {
        return charts.stream()
                .filter(chart -> chart.name().equals(name))
                .findFirst()
                .orElseThrow()
                .description();
    }
}
