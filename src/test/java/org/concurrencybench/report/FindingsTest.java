package org.concurrencybench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.sample.Direction;
import org.junit.jupiter.api.Test;

class FindingsTest {

    /** 97, then 54, then 20 KiB a unit: forks agree on a slope of 45 that no unit takes. */
    private static final int[] BENT = {77_824, 97_075, 107_827, 111_718, 115_610};

    @Test
    void memoryThatIsNoLineHasNoSlopeInAnyPicture() {
        List<CaseSummary> summaries = footprint(BENT);

        assertThat(Findings.of(summaries))
                .containsExactly(
                        "Footprint: what one waiting unit takes: platform-threads no one number, because it is not a"
                                + " straight line (points lie 17% of the whole rise off it): 96.3 KiB between 200 and 400,"
                                + " 19.5 KiB between 800 and 1000.");
        Curve.Line line = Curve.FOOTPRINT.panels(summaries).getFirst().lines().getFirst();
        assertThat(CurveLaws.hasSlope(line)).isFalse();
        assertThat(CurveLaws.of(Curve.FOOTPRINT, line, summaries)).isEmpty();
    }

    @Test
    void memoryThatIsALineHasOne() {
        List<CaseSummary> summaries = footprint(70_000, 74_000, 78_000, 82_000, 86_000);

        assertThat(Findings.of(summaries))
                .singleElement()
                .asString()
                .startsWith("Footprint: what one waiting unit takes: platform-threads 20.0 KiB [");
        Curve.Line line = Curve.FOOTPRINT.panels(summaries).getFirst().lines().getFirst();
        assertThat(CurveLaws.of(Curve.FOOTPRINT, line, summaries)).isNotEmpty();
    }

    @Test
    void aTaskOfAMapCostsWhatTheBatchTakesBeyondItsShareOfSerialsTime() {
        Runs runs = new Runs();
        String params = "chunk=0;function=square;numbers=1000;work=0;parallelism=";
        runs.exactly("overhead", "pool-map", "serial", params + 1, Direction.LOWER, 1, 0.01, 0.01, 0.01)
                // 0.105 ms beyond half of serial's 0.01: 100 ns each.
                .exactly(
                        "overhead", "pool-map", "platform-threads", params + 2, Direction.LOWER, 2, 0.104, 0.105, 0.106)
                .exactly("overhead", "pool-map", "gil-threads", params + 2, Direction.LOWER, 2, 9, 9, 9);

        assertThat(Findings.of(runs.summaries()))
                .singleElement()
                .asString()
                .startsWith(
                        "What dispatch costs for each task, beyond its share of serial's time (a map over 1000 numbers):"
                                + " platform-threads ×2 100.0 ns [")
                .doesNotContain("gil-threads");
    }

    @Test
    void aDispatchThatDrownsInNoiseHasNoPrice() {
        Runs runs = new Runs();
        String params = "chunk=0;function=square;numbers=1000;work=0;parallelism=";
        runs.exactly("overhead", "pool-map", "serial", params + 1, Direction.LOWER, 1, 0.2, 0.2, 0.2)
                .exactly("overhead", "pool-map", "platform-threads", params + 2, Direction.LOWER, 2, 0.05, 0.1, 0.2);

        assertThat(Findings.of(runs.summaries()).getFirst())
                .endsWith(": platform-threads ×2 nothing that can be told from noise.");
    }

    @Test
    void sleepersAreCountedUntilThreadsAreLateForGood() {
        Runs runs = new Runs();
        double[] platform = {1001, 1004, 1020, 1420};
        int[] tasks = {10, 100, 10_000, 100_000};
        for (int i = 0; i < tasks.length; i++) {
            String params = "sleepMillis=1000;tasks=" + tasks[i] + ";parallelism=" + tasks[i];
            runs.exactly(
                            "sleep-bound",
                            "many-sleepers",
                            "platform-threads",
                            params,
                            Direction.LOWER,
                            1,
                            platform[i],
                            platform[i] + 1,
                            platform[i] - 1)
                    .exactly(
                            "sleep-bound",
                            "many-sleepers",
                            "virtual-threads",
                            params,
                            Direction.LOWER,
                            1,
                            1010,
                            1011,
                            1009);
        }

        assertThat(Findings.of(runs.summaries()))
                .singleElement()
                .asString()
                .startsWith(
                        "Many sleepers of 1000 ms, in multiples of the ideal: 10k tasks take platform-threads 1.020× [")
                .contains(". 100k tasks take platform-threads 1.420× [")
                .contains(" platform-threads keep up to 10k, and are more than a tenth late from 100k on (1.420× [")
                .endsWith(" virtual-threads keep up to 100k and more, as far as was measured.");
    }

    @Test
    void asManyThreadsAsTheMachineAllowsAreAPoolAndNoModelThatIsLate() {
        Runs runs = new Runs();
        int[] tasks = {100, 10_000, 100_000};
        for (int count : tasks) {
            String params = "sleepMillis=1000;tasks=" + count + ";parallelism=" + Math.min(count, 10_921);
            double millis = 1000.0 * Math.ceilDiv(count, 10_921);
            runs.exactly(
                    "sleep-bound",
                    "many-sleepers",
                    "platform-threads",
                    params,
                    Direction.LOWER,
                    1,
                    millis + 4,
                    millis + 5,
                    millis + 3);
        }

        assertThat(Findings.of(runs.summaries()))
                .singleElement()
                .asString()
                .contains("platform-threads, pool of 10921 ")
                .endsWith(" platform-threads keep up to 10k and more, as far as was measured.");
    }

    @Test
    void anInterpreterLockIsShownWhereItHoldsAndWhereItDoesNot() {
        Runs runs = new Runs()
                .exactly("cpu-bound", "sum-of-squares", "serial", "", Direction.LOWER, 1, 100, 101, 99)
                .exactly("cpu-bound", "sum-of-squares", "platform-threads", "", Direction.LOWER, 2, 50, 51, 49)
                .exactly("cpu-bound", "sum-of-squares", "gil-threads", "", Direction.LOWER, 2, 100, 101, 99)
                .exactly("sleep-bound", "square-cube", "serial", "", Direction.LOWER, 1, 100, 101, 99)
                .exactly("sleep-bound", "square-cube", "platform-threads", "", Direction.LOWER, 2, 50, 51, 49)
                .exactly("sleep-bound", "square-cube", "gil-threads", "", Direction.LOWER, 2, 50, 51, 49);

        assertThat(Findings.of(runs.summaries()))
                .singleElement()
                .asString()
                .startsWith("The interpreter lock, as gil-threads model it: sleeping 2.00× [")
                .contains("; computing 1.00× [", "] where platform-threads have 2.00× [", "] (sum-of-squares)")
                .endsWith(". Threads under such a lock gain from waiting and not from cores.");
    }

    @Test
    void anInterpreterLockThatShowsNothingIsSaidToTeachNothing() {
        Runs runs = new Runs()
                .exactly("cpu-bound", "sum-of-squares", "serial", "", Direction.LOWER, 1, 100, 101, 99)
                .exactly("cpu-bound", "sum-of-squares", "platform-threads", "", Direction.LOWER, 2, 50, 51, 49)
                .exactly("cpu-bound", "sum-of-squares", "gil-threads", "", Direction.LOWER, 2, 50, 51, 49);

        assertThat(Findings.of(runs.summaries()).getFirst()).doesNotContain("gain from waiting");
    }

    @Test
    void queuesOnTheHeapStandBesideThoseInMappedMemory() {
        Runs runs = new Runs();
        List<String> cases = List.of(
                "jctools-spsc platform-threads 1",
                "array-blocking-queue platform-threads 8",
                "spsc-ring platform-threads 2",
                "pipe child-jvms 90",
                "mpsc-ring child-jvms 4");
        for (String one : cases) {
            String[] words = one.split(" ", -1);
            double millis = Double.parseDouble(words[2]);
            runs.exactly(
                    "overhead",
                    "queue",
                    words[1],
                    "channel=" + words[0] + ";shape=one-to-one;parallelism=2",
                    Direction.LOWER,
                    1,
                    millis,
                    millis,
                    millis);
        }

        assertThat(Findings.of(runs.summaries()))
                .containsExactly(
                        "A queue's place (shape=one-to-one), the quickest of each: on the heap jctools-spsc under"
                                + " platform-threads, 1.00 ms [1.00, 1.00]; in mapped memory, but within one JVM, spsc-ring under"
                                + " platform-threads, 2.00 ms [2.00, 2.00]; between JVMs mpsc-ring under child-jvms, 4.00 ms"
                                + " [4.00, 4.00].");
    }

    @Test
    void whatCannotBeStoppedIsABoundAndNoMeasurement() {
        List<CaseSummary> summaries = new ArrayList<>();
        for (CaseSummary one : new Runs()
                .exactly(
                        "overhead",
                        "stop",
                        "virtual-threads",
                        "state=endless-loop",
                        Direction.LOWER,
                        1,
                        500.1,
                        500.2,
                        500.3)
                .exactly("overhead", "stop", "child-jvms-cold", "state=endless-loop", Direction.LOWER, 1, 12, 12, 12)
                .summaries()) {
            summaries.add(
                    noted(one, one.key().model().equals("virtual-threads") ? "not-stopped 1.00" : "not-stopped 0.00"));
        }

        assertThat(Findings.of(summaries))
                .containsExactly("To stop a worker that is in state endless-loop: stopped in 12.0 ms [12.0, 12.0]"
                        + " (child-jvms-cold); not to be stopped: ≥ 500 ms, not stopped (virtual-threads).");
        Markup html = new Markup();
        CaseTable.write(html, summaries, Cases.of(summaries, List.of()));
        assertThat(html.toString())
                .contains("<td class=\"number\">≥ 500 ms, not stopped</td><td class=\"interval\"></td>")
                .contains("<td class=\"number\">12.0 ms</td><td class=\"interval\">[12.0, 12.0]</td>");
        assertThat(TextTable.render(summaries, List.of(), false)).contains(">= 500 ms, not stopped  -");
    }

    private static CaseSummary noted(CaseSummary one, String note) {
        return new CaseSummary(
                one.key(),
                one.forks(),
                one.samples(),
                one.score(),
                one.unit(),
                one.direction(),
                one.speedup(),
                one.ideal(),
                one.cpuMillis(),
                one.rssMebibytes(),
                note);
    }

    private static List<CaseSummary> footprint(int... kibibytes) {
        Runs runs = new Runs();
        for (int i = 0; i < kibibytes.length; i++) {
            runs.exactly(
                    "overhead",
                    "footprint",
                    "platform-threads",
                    "units=" + 200 * (i + 1) + ";parallelism=1000",
                    Direction.LOWER,
                    1,
                    kibibytes[i],
                    kibibytes[i] + 100 + 5 * i,
                    kibibytes[i] - 100 - 5 * i);
        }
        return runs.summaries();
    }
}
