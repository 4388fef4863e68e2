package org.concurrencybench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.concurrencybench.benchmark.TextbookProgram;
import org.concurrencybench.report.ReplayRow;
import org.concurrencybench.runner.Plan;
import org.concurrencybench.runner.PlannedCase;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.sample.Direction;
import org.concurrencybench.sample.Params;
import org.concurrencybench.sample.Phase;
import org.concurrencybench.sample.RunEnvironment;
import org.concurrencybench.sample.Sample;
import org.concurrencybench.sample.Summaries;
import org.junit.jupiter.api.Test;

class TextbookTest {

    @Test
    void everyProgramIsInTheProfileThatReplaysIt() throws UsageException {
        List<CaseSummary> summaries = summaries(1000, List.of());

        assertThat(Textbook.rows("textbook", summaries))
                .hasSize(TextbookProgram.values().length)
                .allSatisfy(row -> assertThat(row.here()).isPresent());
        assertThat(Textbook.rows("full", summaries)).isEmpty();
    }

    @Test
    void noProgramOfTheTextbookIsLeftOut() {
        List<Integer> rows = Arrays.stream(TextbookProgram.values())
                .map(program -> Integer.valueOf(program.row()))
                .distinct()
                .sorted()
                .toList();

        assertThat(rows)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 24).boxed().toList());
    }

    @Test
    void startingUnitsHasNoIdealAndTheRowSaysSo() throws UsageException {
        assertThat(Textbook.rows("textbook", summaries(1000, List.of())))
                .filteredOn(row -> row.idealSeconds().isEmpty())
                .allSatisfy(row -> assertThat(row.sentence()).contains("ideal none: one thread starts no units"))
                .extracting(ReplayRow::row)
                .containsExactly("22", "22");
    }

    @Test
    void aStoppedRunMayHoldCPythonsSamplesOfItsOwnPlanAndNoOthers() throws UsageException {
        Plan whole = PlanBuilder.build("run", "textbook", List.of(), List.of(), List.of(), 1, 2);
        Plan part = PlanBuilder.build("run", "textbook", List.of("ticker"), List.of(), List.of(), 1, 2);
        Sample ours = sample(whole.cases().getFirst().key(), 1, 5000);
        Sample cpythons = sample(Textbook.key(TextbookProgram.SQUARE_CUBE_THREADS), 1, 2500);
        RunEnvironment environment =
                new RunEnvironment("run", "textbook", 1, 3, "", "", 2, Map.of(), Map.of(), Map.of(), List.of());
        EarlierRun earlier = new EarlierRun(Path.of("run"), environment, List.of(ours, cpythons), List.of());

        assertThatCode(() -> earlier.refuseUnlessPlanned(RunCommand.plannedKeys(whole)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> new EarlierRun(Path.of("run"), environment, List.of(cpythons), List.of())
                        .refuseUnlessPlanned(RunCommand.plannedKeys(part)))
                .isInstanceOf(UsageException.class)
                .hasMessageStartingWith("run 'run' holds a case that its plan does not have: ")
                .hasMessageContaining("square-cube");
        assertThat(earlier.whole(whole).others()).containsExactly(cpythons);
    }

    @Test
    void publishedFiguresStandBesideTheProgramsTheyComeFrom() throws UsageException {
        List<ReplayRow> rows = Textbook.rows("textbook", summaries(1000, List.of()));

        assertThat(rows)
                .filteredOn(row -> row.publishedSeconds().isPresent())
                .extracting(row -> row.row() + " " + row.way() + " "
                        + row.publishedSeconds().getAsDouble())
                .containsExactly(
                        "1 serial / serial 5.009404182434082",
                        "2 platform-threads-cold / threads 2.5066347122192383",
                        "3 platform-threads-cold / threads 2.503723382949829",
                        "21 serial / serial 9.5448899269104",
                        "21 child-jvms-cold / processes 2.8357343673706055");
    }

    @Test
    void theIdealOfASleepIsItsLongestChainAndThatOfComputingSerialOverTheCores() throws UsageException {
        List<ReplayRow> rows = Textbook.rows("textbook", summaries(3000, List.of()));

        assertThat(rows)
                .extracting(row ->
                        row.row() + " " + row.way() + " " + row.idealSeconds().orElse(-1))
                .contains(
                        "1 serial / serial 5.0",
                        "2 platform-threads-cold / threads 2.5",
                        "4 serial / serial 1.6",
                        "4 child-jvms-cold / processes 20.0",
                        "3 platform-threads-cold / threads 2.5",
                        "12 platform-threads-cold / threads 1.0",
                        "14 platform-threads-cold / threads 0.1",
                        "15 platform-threads-cold / threads 0.2",
                        "16 child-jvms-cold / processes 1.0",
                        "23 platform-threads-cold / threads 10.0",
                        "23 platform-threads-cold / threads 9.0",
                        "21 serial / serial 3.0",
                        "21 child-jvms-cold / processes 1.5");
    }

    @Test
    void cpythonsSamplesFindTheirRowAndNoChart() throws UsageException {
        CaseKey cpython = new CaseKey(
                "src/peers/python/textbook.py",
                "square-cube",
                "sleep-bound",
                "cpython-threads",
                Params.parse("numbers=5;sleepMillis=500"));
        List<CaseSummary> summaries = summaries(1000, List.of(sample(cpython, 1, 2500), sample(cpython, 2, 2500)));

        assertThat(Textbook.rows("textbook", summaries))
                .filteredOn(row -> row.cpython().isPresent())
                .singleElement()
                .satisfies(row -> assertThat(row.sentence())
                        .startsWith(
                                "Textbook program 2, square-cube numbers=5 sleepMillis=500, platform-threads-cold / "
                                        + "threads: published 2.5066347122192383 s, here 1.0")
                        .contains(" s [1.0", "ideal 2.50 s, CPython here 2.5"));
        assertThat(summaries).filteredOn(Textbook::isCPython).hasSize(1);
    }

    @Test
    void theLongestSleepsAreRunOnce() {
        assertThat(Arrays.stream(TextbookProgram.values())
                        .filter(program -> program.sleepSeconds().orElse(0) > 30))
                .containsExactly(TextbookProgram.LONG_SQUARE_CUBE_SERIAL, TextbookProgram.LONG_SQUARE_CUBE_PROCESSES);
    }

    /** The textbook profile on two cores, each case measured by two forks of so many milliseconds. */
    private static List<CaseSummary> summaries(double millis, List<Sample> others) throws UsageException {
        Plan plan = PlanBuilder.build("run", "textbook", List.of(), List.of(), List.of(), 1, 2);
        List<Sample> samples = new ArrayList<>(others);
        for (PlannedCase one : plan.cases()) {
            samples.add(sample(one.key(), 1, millis));
            samples.add(sample(one.key(), 2, millis));
        }
        return Summaries.of(
                samples,
                key -> plan.cases().stream()
                        .filter(one -> one.key().equals(key))
                        .findFirst()
                        .map(PlannedCase::ideal)
                        .orElse(OptionalDouble.empty()),
                0.95);
    }

    private static Sample sample(CaseKey key, int fork, double millis) {
        return new Sample(
                key,
                fork,
                1,
                Phase.MEASUREMENT,
                millis,
                "ms/op",
                Direction.LOWER,
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }
}
