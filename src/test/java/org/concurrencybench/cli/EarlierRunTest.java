package org.concurrencybench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.concurrencybench.runner.Machine;
import org.concurrencybench.runner.Plan;
import org.concurrencybench.runner.PlannedCase;
import org.concurrencybench.runner.RunDirectory;
import org.concurrencybench.runner.SideFigure;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.Direction;
import org.concurrencybench.sample.ForkRecord;
import org.concurrencybench.sample.ForkTable;
import org.concurrencybench.sample.Params;
import org.concurrencybench.sample.Phase;
import org.concurrencybench.sample.RunEnvironment;
import org.concurrencybench.sample.Sample;
import org.concurrencybench.sample.SampleCsv;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a process that was killed left in the two tables, cut where a kill may cut them. */
class EarlierRunTest {

    private static final String AT = "2026-01-02T05:00:00Z";

    private static final SideFigure OFF_BY = new SideFigure("offBy", "figure", "off-by", "money", 1, true);

    /** The same work, apart from one parameter; the second counts something beside its score. */
    private static final PlannedCase FEW = planned("10", List.of());

    private static final PlannedCase MANY = planned("100", List.of(OFF_BY));

    private static final Plan PLAN =
            new Plan("one", "smoke", 7, 3, List.of(FEW, MANY), 0, Optional.of(Duration.ofSeconds(60)));

    @TempDir
    Path results;

    private Path run;

    private static PlannedCase planned(String tasks, List<SideFigure> figures) {
        CaseKey key = new CaseKey("bench.run", "work", "cpu-bound", "serial", Params.of(Map.of("tasks", tasks)));
        return new PlannedCase(key, Map.of(), OptionalDouble.empty(), 1, 10, 2, 10, figures);
    }

    private static RunEnvironment environment(Map<String, String> machine) {
        return new RunEnvironment(
                "one", "smoke", 7, 3, "2026-01-02T03:04:05Z", "", 2, machine, Map.of(), Map.of(), List.of());
    }

    private static Sample sample(CaseKey key, int fork, int iteration, Phase phase) {
        return new Sample(
                key,
                fork,
                iteration,
                phase,
                100.0 * fork + iteration,
                "ms/op",
                Direction.LOWER,
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }

    /** As the fork writes them: warm-up, then two iterations, figures after each. */
    private static List<Sample> samples(PlannedCase planned, int fork) {
        List<Sample> samples = new ArrayList<>();
        planned.keys().forEach(key -> samples.add(sample(key, fork, 1, Phase.WARMUP)));
        planned.keys().forEach(key -> samples.add(sample(key, fork, 1, Phase.MEASUREMENT)));
        planned.keys().forEach(key -> samples.add(sample(key, fork, 2, Phase.MEASUREMENT)));
        return samples;
    }

    private static String row(PlannedCase planned, int fork) {
        ForkRecord seen = new ForkRecord(
                planned.key(),
                fork,
                "2026-01-02T03:04:06.000Z",
                1500,
                OptionalDouble.of(0.5),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                "steady",
                "");
        return new String(seen.row(), StandardCharsets.UTF_8);
    }

    /** Two forks of each case that came to their end. */
    @BeforeEach
    void aRun() throws IOException {
        run = Files.createDirectory(results.resolve("one"));
        environment(Map.of("swap", "none")).write(run.resolve(RunDirectory.ENVIRONMENT));
        List<Sample> samples = new ArrayList<>();
        StringBuilder rows = new StringBuilder(new String(ForkRecord.header(), StandardCharsets.UTF_8));
        for (int fork = 1; fork <= 2; fork++) {
            for (PlannedCase planned : PLAN.cases()) {
                samples.addAll(samples(planned, fork));
                rows.append(row(planned, fork));
            }
        }
        SampleCsv.write(run.resolve(RunDirectory.SAMPLES), samples);
        Files.writeString(run.resolve(RunDirectory.FORKS), rows);
    }

    /** What a process that goes on with the run finds in both files, and whether they agree. */
    private List<String> forksAfterResuming() throws Exception {
        EarlierRun earlier = EarlierRun.open(results, "one");
        EarlierRun.WholeForks whole = earlier.whole(PLAN);
        earlier.reopen(whole, AT, Map.of(), Map.of()).close();
        List<ForkTable.Row> rows = ForkTable.read(run.resolve(RunDirectory.FORKS));
        SampleCsv.SampleFile file = SampleCsv.read(run.resolve(RunDirectory.SAMPLES));
        assertThat(file.warnings()).isEmpty();
        List<Sample> expected = new ArrayList<>();
        for (ForkTable.Row row : rows) {
            expected.addAll(samples(row.key().equals(FEW.key()) ? FEW : MANY, row.fork()));
        }
        assertThat(file.samples()).isEqualTo(expected).isEqualTo(whole.samples());
        assertThat(rows).isEqualTo(whole.rows());
        return rows.stream()
                .map(row -> row.key().params().get("tasks").orElse("") + "#" + row.fork())
                .toList();
    }

    private void append(String file, String text) throws IOException {
        Path path = run.resolve(file);
        Files.writeString(path, Files.readString(path) + text);
    }

    /** The first rows of a fork that was being written, as text. */
    private String rowsOf(PlannedCase planned, int fork, int rows) throws IOException {
        return rowsOf(samples(planned, fork).subList(0, rows));
    }

    private String rowsOf(List<Sample> samples) throws IOException {
        Path file = results.resolve("rows.csv");
        SampleCsv.write(file, samples);
        String text = Files.readString(file);
        return text.substring(text.indexOf('\n') + 1);
    }

    @Test
    void aRunThatWasStoppedBetweenForksIsLeftAsItIs() throws Exception {
        Map<String, String> before = new HashMap<>();
        for (String file : List.of(RunDirectory.SAMPLES, RunDirectory.FORKS)) {
            before.put(file, Files.readString(run.resolve(file)));
        }

        assertThat(forksAfterResuming()).containsExactly("10#1", "100#1", "10#2", "100#2");

        before.forEach((file, text) -> assertThat(run.resolve(file)).content().isEqualTo(text));
        assertThat(EarlierRun.open(results, "one").whole(PLAN).cutShort()).isZero();
    }

    /** Killed in its first fork: nothing is lost by going on, and its name would be of no use otherwise. */
    @ParameterizedTest
    @ValueSource(ints = {0, 10})
    void aRunThatWasEndedBeforeItsFirstForkWasGoesOnFromNothing(int bytesOfARow) throws Exception {
        String header = String.join(",", SampleCsv.HEADER) + "\r\n";
        String row = rowsOf(FEW, 1, 1);
        Files.writeString(run.resolve(RunDirectory.SAMPLES), header + row.substring(0, bytesOfARow));
        Files.write(run.resolve(RunDirectory.FORKS), ForkRecord.header());

        EarlierRun earlier = EarlierRun.open(results, "one");
        EarlierRun.WholeForks whole = earlier.whole(PLAN);
        earlier.reopen(whole, AT, Map.of(), Map.of()).close();

        assertThat(whole.rows()).isEmpty();
        assertThat(whole.spent()).isZero();
        assertThat(run.resolve(RunDirectory.SAMPLES)).content().isEqualTo(header);
    }

    @Test
    void halfAForkThatEndsWithARowIsNoFork() throws Exception {
        append(RunDirectory.SAMPLES, rowsOf(FEW, 3, 2));

        assertThat(EarlierRun.open(results, "one").whole(PLAN).cutShort()).isEqualTo(1);
        assertThat(forksAfterResuming()).containsExactly("10#1", "100#1", "10#2", "100#2");
    }

    /** The one before it, of a case that differs by a parameter only, stays. */
    @Test
    void aForkThatIsTornInItsFirstRowTakesNoOtherWithIt() throws Exception {
        String first = rowsOf(FEW, 3, 1);
        append(RunDirectory.SAMPLES, first.substring(0, first.length() / 2));

        assertThat(forksAfterResuming()).containsExactly("10#1", "100#1", "10#2", "100#2");
    }

    @Test
    void aForkThatIsTornInALaterRowTakesNoForkOfTheSameNumberWithIt() throws Exception {
        String rows = rowsOf(MANY, 3, 3);
        append(RunDirectory.SAMPLES, rowsOf(FEW, 3, 3) + rows.substring(0, rows.length() - 5));
        append(RunDirectory.FORKS, row(FEW, 3));

        assertThat(EarlierRun.open(results, "one").whole(PLAN).cutShort()).isEqualTo(1);
        assertThat(forksAfterResuming()).containsExactly("10#1", "100#1", "10#2", "100#2", "10#3");
    }

    /** Killed after the samples of a fork and before its row, or within it. */
    @ParameterizedTest
    @MethodSource("cutsOfTheRow")
    void aForkWithoutItsWholeRowIsMeasuredAgain(int length) throws Exception {
        append(RunDirectory.SAMPLES, rowsOf(MANY, 3, samples(MANY, 3).size()));
        append(RunDirectory.FORKS, row(MANY, 3).substring(0, length));

        assertThat(EarlierRun.open(results, "one").whole(PLAN).cutShort()).isEqualTo(1);
        assertThat(forksAfterResuming()).containsExactly("10#1", "100#1", "10#2", "100#2");
    }

    static List<Integer> cutsOfTheRow() {
        int all = row(MANY, 3).length();
        return List.of(0, 1, all / 2, all - 1);
    }

    /** As a disk may leave it that lost its power, or an editor. */
    @Test
    void aForkWhoseLastIterationsAreGoneIsMeasuredAgainAndHasNoRowUntilThen() throws Exception {
        Path table = run.resolve(RunDirectory.SAMPLES);
        List<String> lines = Files.readAllLines(table);
        Files.writeString(table, String.join("\r\n", lines.subList(0, lines.size() - 2)) + "\r\n");

        assertThat(EarlierRun.open(results, "one").whole(PLAN).cutShort()).isEqualTo(1);
        assertThat(forksAfterResuming()).containsExactly("10#1", "100#1", "10#2");
    }

    /** Otherwise the next one would get the number of one that is there. */
    @Test
    void afterAGapTheForksOfACaseAreMeasuredAgain() throws Exception {
        Path forks = run.resolve(RunDirectory.FORKS);
        Files.writeString(forks, Files.readString(forks).replace(row(FEW, 1), ""));

        assertThat(EarlierRun.open(results, "one").whole(PLAN).cutShort()).isEqualTo(2);
        assertThat(forksAfterResuming()).containsExactly("100#1", "100#2");
    }

    @Test
    void whatNoForkOfThePlanTookStaysAndIsNoFork() throws Exception {
        CaseKey peer = new CaseKey("peer.py", "work", "cpu-bound", "peer", Params.none());
        append(RunDirectory.SAMPLES, rowsOf(List.of(sample(peer, 1, 1, Phase.MEASUREMENT))));
        EarlierRun earlier = EarlierRun.open(results, "one");

        EarlierRun.WholeForks whole = earlier.whole(PLAN);
        earlier.reopen(whole, AT, Map.of(), Map.of()).close();

        assertThat(whole.rows()).hasSize(4);
        assertThat(whole.cutShort()).isZero();
        assertThat(SampleCsv.read(run.resolve(RunDirectory.SAMPLES)).samples())
                .isEqualTo(earlier.samples())
                .hasSize(whole.samples().size() + 1);
    }

    @Test
    void whatWholeForksTookIsNoLongerInTheBudget() throws Exception {
        EarlierRun.WholeForks whole = EarlierRun.open(results, "one").whole(PLAN);

        assertThat(whole.spent()).isEqualTo(Duration.ofSeconds(6));
        assertThat(PLAN.after(whole.spent()).budget()).contains(Duration.ofSeconds(54));
        assertThat(PLAN.after(Duration.ofHours(1)).budget()).contains(Duration.ZERO);
    }

    @Test
    void whatBothProcessesFoundIsKept() throws Exception {
        EarlierRun earlier = EarlierRun.open(results, "one");

        earlier.reopen(earlier.whole(PLAN), AT, Map.of("swap", "9 MiB in use"), Map.of("steal", "unknown"))
                .close();

        RunEnvironment kept = RunEnvironment.read(run.resolve(RunDirectory.ENVIRONMENT));
        assertThat(kept.machine()).containsEntry("swap", "none").containsEntry("swap, resumed " + AT, "9 MiB in use");
        assertThat(kept.before()).containsEntry("steal, resumed " + AT, "unknown");
    }

    static List<String> whatMustBeTheSame() {
        return EarlierRun.SAME;
    }

    @ParameterizedTest
    @MethodSource("whatMustBeTheSame")
    void anotherMachineOrProgramIsRefusedByName(String name) {
        Map<String, String> machine = new HashMap<>();
        EarlierRun.SAME.forEach(one -> machine.put(one, "as before"));
        EarlierRun earlier = new EarlierRun(run, environment(machine), List.of(), List.of());
        Map<String, String> now = new HashMap<>(machine);
        now.put(name, "another");

        assertThatThrownBy(() -> earlier.refuseUnlessSame(now))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("begun with another " + name + " (as before then, another now)");
    }

    @Test
    void aRunThatIsOlderThanHostIdsGoesOn() throws Exception {
        Map<String, String> then = new HashMap<>();
        EarlierRun.SAME.forEach(one -> then.put(one, "as before"));
        Map<String, String> now = new HashMap<>(then);
        then.remove(Machine.HOST_ID);

        new EarlierRun(run, environment(then), List.of(), List.of()).refuseUnlessSame(now);
    }

    @Test
    void otherJdksToMeasureOnAreRefusedAsSuch() throws Exception {
        String before = jdk("before", "25.0.1+8", "Acme");
        Map<String, String> machine = Map.of(Jvms.BUILDS, Jvms.builds(List.of(before)), "call jvm", "1");
        EarlierRun earlier = new EarlierRun(run, environment(machine), List.of(), List.of());

        earlier.refuseUnlessSameJdks(List.of(jdk("copy", "25.0.1+8", "Acme")));

        assertThatThrownBy(() -> earlier.refuseUnlessSameJdks(List.of(jdk("build", "25.0.1+9", "Acme"))))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("other JDKs after --jvm (25.0.1+8 Acme ? then, 25.0.1+9 Acme ? now)");
        assertThatThrownBy(() -> earlier.refuseUnlessSameJdks(List.of(jdk("vendor", "25.0.1+8", "Others"))))
                .hasMessageContaining("25.0.1+8 Others");
        assertThatThrownBy(() -> earlier.refuseUnlessSameJdks(List.of())).hasMessageContaining("1 paths after --jvm");
    }

    private String jdk(String name, String build, String vendor) throws IOException {
        Path home = results.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        assertThat(Files.createFile(home.resolve("bin/java")).toFile().setExecutable(true))
                .isTrue();
        Files.writeString(
                home.resolve("release"),
                "JAVA_VERSION=\"25.0.1\"\nJAVA_RUNTIME_VERSION=\"%s\"\nIMPLEMENTOR=\"%s\"\n".formatted(build, vendor));
        return home.toString();
    }
}
