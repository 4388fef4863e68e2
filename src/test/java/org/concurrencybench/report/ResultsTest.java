package org.concurrencybench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.concurrencybench.report.Results.Choice;
import org.concurrencybench.sample.Direction;
import org.concurrencybench.sample.MeasuredCase;
import org.concurrencybench.sample.MeasuredCase.Scores;
import org.concurrencybench.sample.MeasuredFile;
import org.concurrencybench.sample.Params;
import org.concurrencybench.sample.SecondaryResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {

    private static final String HOSTILE = "</td><script>alert(1)</script>|`@everyone` [x](http://y) \u001b[31m\u202e";

    @TempDir
    Path directory;

    @Test
    void aParameterOfCompetitorsIsTheSeriesAndOneOfNumbersTheX() {
        List<MeasuredCase> cases = new ArrayList<>();
        for (String method : List.of("get", "put")) {
            for (String impl : List.of("hash", "tree")) {
                for (String size : List.of("10", "100", "1000")) {
                    cases.add(time("a.Maps." + method, Map.of("impl", impl, "size", size), 5));
                }
            }
        }

        Placement placement = Placement.of(results(cases));

        assertThat(placement.taken()).containsExactly("Maps: series: impl; groups: class, method; x: size");
        assertThat(placement.curves()).extracting(Placement.Curves::heading).containsExactly("Maps.get", "Maps.put");
        assertThat(placement.curves().getFirst().lines()).containsOnlyKeys("hash", "tree");
        assertThat(placement.curves().getFirst().lines().get("tree"))
                .extracting(Placement.Point::x)
                .containsExactly(10.0, 100.0, 1000.0);
        assertThat(placement.panels()).isEmpty();
    }

    @Test
    void methodsAreTheSeriesWhereThereAreNoParameters() {
        Placement placement = Placement.of(results(List.of(
                time("a.Text.concat", Map.of(), 20),
                time("a.Text.builder", Map.of(), 10),
                time("a.One.only", Map.of(), 1))));

        assertThat(placement.panels())
                .extracting(Placement.Panel::heading, panel -> panel.rows().size())
                .containsExactly(tuple("Text", 2), tuple("One", 1));
        assertThat(Leaders.of(placement))
                .singleElement()
                .asString()
                .startsWith("Text: builder leads with 10.00 ns/op")
                .contains("next is concat");
    }

    @Test
    void timeAndThroughputNeverShareAPanelAndModesNeither() {
        Placement placement = Placement.of(results(List.of(
                time("a.B.x", Map.of(), 2),
                time("a.B.y", Map.of(), 3),
                measured("a.B.x", Map.of(), "thrpt", "ops/s", Direction.HIGHER, 7),
                measured("a.B.y", Map.of(), "thrpt", "ops/s", Direction.HIGHER, 9),
                measured("a.B.x", Map.of(), "sample", "us/op", Direction.LOWER, 4),
                measured("a.B.y", Map.of(), "sample", "us/op", Direction.LOWER, 5))));

        assertThat(placement.panels())
                .extracting(
                        Placement.Panel::heading,
                        Placement.Panel::unit,
                        panel -> panel.quantity().direction())
                .containsExactlyInAnyOrder(
                        tuple("B, mode=avgt", "ns/op", Direction.LOWER),
                        tuple("B, mode=sample", "us/op", Direction.LOWER),
                        tuple("B", "ops/s", Direction.HIGHER));
        assertThat(Leaders.of(placement)).anyMatch(sentence -> sentence.startsWith("B: y leads with 9.00 ops/s"));
    }

    @Test
    void scoresOfAGroupAreBroughtToOneUnit() {
        Placement placement = Placement.of(results(List.of(
                time("a.B.x", Map.of(), 2000), measured("a.B.y", Map.of(), "avgt", "us/op", Direction.LOWER, 3))));

        assertThat(placement.panels())
                .singleElement()
                .satisfies(panel -> assertThat(panel.rows())
                        .extracting(row -> Math.round(row.score().value()))
                        .containsExactly(2000L, 3000L));
    }

    @Test
    void severalRunsAreTheSeriesWhereTheyShareBenchmarksAndNamelessWhereTheyDoNot() {
        Results shared = new Results(
                "t",
                List.of(
                        source("old", List.of(time("a.B.c", Map.of(), 5))),
                        source("new", List.of(time("a.B.c", Map.of(), 4)))),
                Choice.NONE);
        Results apart = new Results(
                "t",
                List.of(
                        source("one", List.of(time("a.B.c", Map.of(), 5))),
                        source("two", List.of(time("a.B.d", Map.of(), 4)))),
                Choice.NONE);

        assertThat(Placement.of(shared).taken()).containsExactly("B: series: run; groups: class");
        assertThat(Placement.of(shared).panels().getFirst().rows())
                .extracting(Placement.Row::label)
                .containsExactly("old", "new");
        assertThat(Placement.of(apart).taken()).containsExactly("B: series: method; groups: class");
    }

    @Test
    void theCallerChoosesAndWhatHasNoPlaceIsListed() {
        List<MeasuredCase> cases = List.of(
                time("a.B.c", Map.of("impl", "x", "n", "1"), 5),
                time("a.B.c", Map.of("impl", "y", "n", "1"), 5),
                time("a.B.c", Map.of("impl", "x", "n", "2"), 5),
                time("a.B.c", Map.of("impl", "x", "n", "zero"), 5),
                time("a.Other.c", Map.of(), 5));

        Placement placement = Placement.of(results(cases, new Choice(List.of(), List.of("impl"), Optional.of("n"))));

        assertThat(placement.curves()).extracting(Placement.Curves::heading).containsExactly("B, impl=x", "B, impl=y");
        assertThat(placement.unplaced())
                .extracting(one -> one.result().benchmark(), Placement.Unplaced::why)
                .containsExactlyInAnyOrder(tuple("Other.c", "has no impl"), tuple("B.c", "its n is no number above 0"));
        assertThat(placement.results()).hasSize(5);
    }

    @Test
    void aSeriesThatIsCalledSerialIsWhatSpeedUpsAreTakenOver() {
        Placement placement = Placement.of(results(List.of(
                time("a.B.c", Map.of("model", "SERIAL"), 10),
                time("a.B.c", Map.of("model", "fast"), 5),
                new MeasuredCase(
                        "a.B.c",
                        Params.of(Map.of("model", "pooled")),
                        "avgt",
                        1,
                        "us/op",
                        Direction.LOWER,
                        new Scores.Pooled(0.02, OptionalDouble.of(0.001), 15)))));

        assertThat(placement.speedups().values())
                .extracting(speedup -> Math.round(100 * speedup.value()))
                .containsExactlyInAnyOrder(100L, 200L, 50L);
        assertThat(placement.speedups().values()).allMatch(speedup -> speedup.isBounded());
        assertThat(Placement.of(results(List.of(time("a.B.c", Map.of(), 1)))).speedups())
                .isEmpty();
    }

    @Test
    void howManyUnitsAModelOfOursHasIsNoGroupOfItsOwn() {
        Placement placement = Placement.of(results(List.of(
                time("a.B.c", Map.of("model", "pool", "parallelism", "8"), 3),
                time("a.B.c", Map.of("model", "serial", "parallelism", "1"), 9))));

        assertThat(placement.panels())
                .singleElement()
                .satisfies(panel -> assertThat(panel.rows())
                        .extracting(Placement.Row::label)
                        .containsExactly("serial", "pool"));
        assertThat(placement.speedups()).hasSize(2);
    }

    @Test
    void aParameterMayBeCalledAsJmhsOwnNamesAre() {
        Placement placement = Placement.of(results(List.of(
                time("a.B.c", Map.of("mode", "fast", "class", "x"), 1),
                time("a.B.c", Map.of("mode", "slow", "class", "x"), 2),
                measured("a.B.c", Map.of("mode", "slow", "class", "x"), "sample", "ns/op", Direction.LOWER, 2))));

        assertThat(placement.taken()).containsExactly("B: series: mode; groups: class, jmh-mode");
        assertThat(placement.panels()).hasSize(2);
    }

    @Test
    void hostileTextStaysTextInPageChartsAndMarkdown() throws Exception {
        String clean = Text.clean(HOSTILE);
        MeasuredFile file = new MeasuredFile(
                Path.of("x"),
                List.of(
                        time(HOSTILE + ".a." + HOSTILE, Map.of(HOSTILE, HOSTILE), 1),
                        time("=cmd().b", Map.of(HOSTILE, "2"), 1)),
                List.of(new SecondaryResult(
                        HOSTILE,
                        Params.none(),
                        HOSTILE,
                        HOSTILE,
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        HOSTILE)),
                Optional.of(HOSTILE),
                Optional.of(HOSTILE),
                List.of(HOSTILE));
        Results results = new Results(HOSTILE, List.of(new Results.Source(HOSTILE, file)), Choice.NONE);

        WrittenReport written = ResultsWriter.write(directory, results);

        assertThat(Files.readString(written.page()))
                .contains("&lt;script&gt;")
                .doesNotContainIgnoringCase("<script")
                .doesNotContain("\u001b", "\u202e", "src=", "http://y\"");
        assertThat(Files.readString(directory.resolve("report.md")).lines())
                .filteredOn(line -> line.contains("everyone"))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.replaceAll("(`+) ?[^`].*?[^`]? ?\\1(?!`)", ""))
                        .as("outside of code spans")
                        .doesNotContain("everyone", "<script", "http"));
        assertThat(ResultsText.terminal(results))
                .contains(clean.substring(0, 10))
                .doesNotContain("\u001b", "\u202e");
    }

    @Test
    void scoresAreListedAndFitWideAndNarrow() {
        List<MeasuredCase> cases = new ArrayList<>();
        for (String impl : List.of("mine", "platform-threads", "yours")) {
            cases.add(time("a.Maps.get", Map.of("impl", impl), 5));
        }

        Chart chart = ResultCharts.of(Placement.of(results(cases)), Typeface.find(), "")
                .charts()
                .getFirst();

        assertThat(TextBoxes.of(chart, Typeface.find())).hasSize(2);
        assertThat(TextBoxes.faults(chart, Typeface.find())).isEmpty();
        assertThat(chart.sheet().numbers().orElseThrow().groups().getFirst().rows())
                .extracting(NumberTable.Row::name)
                .containsExactlyInAnyOrder("mine", "platform-threads", "yours");
    }

    @Test
    void threeHundredBenchmarksWithLongNamesStillFit() throws Exception {
        List<MeasuredCase> cases = IntStream.range(0, 300)
                .mapToObj(i -> time(
                        "com.acme.AVeryLongNameOfAClassThatGoesOn%d.%s%d".formatted(i / 3, "method".repeat(30), i),
                        Map.of(),
                        1 + i))
                .toList();

        WrittenReport written = ResultsWriter.write(directory, results(cases));

        assertThat(written.charts()).hasSizeBetween(8, 40);
        assertThat(Files.size(written.page())).isLessThan(5_000_000);
        assertThat(Files.readString(written.page())).contains("method299", "300 results of 300 benchmarks in 1 file");
        assertThat(directory.resolve("report.md")).content().hasSizeLessThan(1_000_000);
    }

    @Test
    void aCurveOfThousandsOfPointsShowsSomeOfThemAndSaysSo() throws Exception {
        List<MeasuredCase> cases = IntStream.rangeClosed(1, 3000)
                .mapToObj(i -> time("a.B.c", Map.of("size", Integer.toString(i)), i))
                .toList();

        WrittenReport written = ResultsWriter.write(directory, results(cases));

        assertThat(written.warnings())
                .containsExactly(
                        "the charts leave out 2940 of 3000 results, which would be too many to see; the files have all of them");
        assertThat(Files.readString(written.page())).contains("And 1000 more, which stand in the files themselves.");
    }

    private static Results results(List<MeasuredCase> cases) {
        return results(cases, Choice.NONE);
    }

    private static Results results(List<MeasuredCase> cases, Choice choice) {
        return new Results("results", List.of(source("results", cases)), choice);
    }

    private static Results.Source source(String run, List<MeasuredCase> cases) {
        return new Results.Source(
                run, new MeasuredFile(Path.of(run), cases, List.of(), Optional.empty(), Optional.empty(), List.of()));
    }

    private static MeasuredCase time(String benchmark, Map<String, String> params, double score) {
        return measured(benchmark, params, "avgt", "ns/op", Direction.LOWER, score);
    }

    /** Three forks around a score. */
    private static MeasuredCase measured(
            String benchmark, Map<String, String> params, String mode, String unit, Direction direction, double score) {
        return new MeasuredCase(
                benchmark,
                Params.of(params),
                mode,
                1,
                unit,
                direction,
                new Scores.ByFork(List.of(List.of(score * 0.99), List.of(score), List.of(score / 0.99))));
    }
}
