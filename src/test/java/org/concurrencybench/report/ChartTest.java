package org.concurrencybench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Font;
import java.awt.geom.Point2D;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.sample.Direction;
import org.concurrencybench.sample.FailedCase;
import org.concurrencybench.statistics.Estimate;
import org.jfree.svg.SVGGraphics2D;
import org.junit.jupiter.api.Test;

class ChartTest {

    private static final Typeface TYPEFACE = Typeface.find();

    @Test
    void everyModelHasItsOwnColourAndItsOwnMarker() {
        Set<Object> colours = new HashSet<>();
        Set<Object> markers = new HashSet<>();
        for (String model : Runs.MODELS) {
            colours.add(Palette.of(model).color());
            markers.add(Palette.of(model).marker());
        }

        assertThat(colours).hasSize(5);
        assertThat(markers).hasSize(5);
        assertThat(Palette.of("loom")).isEqualTo(Palette.of("loom"));
        assertThat(colours).doesNotContain(Palette.of("loom").color());
        assertThat(markers).doesNotContain(Palette.of("loom").marker());
    }

    @Test
    void wrappedTextFitsAndLosesNothing() {
        Font font = TYPEFACE.plain(12);
        for (String text :
                List.of("short", "x".repeat(300), "two-words with=signs,and more/of them", "\uD83D\uDE00".repeat(40))) {
            List<String> lines = Typeface.wrap(text, font, 80);

            assertThat(lines)
                    .allSatisfy(line -> assertThat(Typeface.width(line, font)).isLessThanOrEqualTo(80));
            assertThat(String.join("", lines).replace(" ", "")).isEqualTo(text.replace(" ", ""));
        }
    }

    @Test
    void aRowWithoutANumberSaysWhy() {
        List<CaseSummary> summaries = new Runs()
                .exactly("cpu-bound", "w", "serial", "n=1", Direction.LOWER, 1, 10, 11)
                .exactly("cpu-bound", "w", "virtual-threads", "n=1", Direction.LOWER, 2, 5, 6)
                .exactly("sleep-bound", "v", "serial", "n=1", Direction.LOWER, 1, 10, 11)
                .exactly("sleep-bound", "v", "platform-threads", "n=1", Direction.LOWER, 2, 5, 6)
                .exactly("overhead", "u", "platform-threads", "n=1", Direction.LOWER, 2, 5, 6)
                .summaries();
        FailedCase failure = new FailedCase(Runs.key("cpu-bound", "w", "platform-threads", "n=1"), 1, "broke");

        Chart chart = SpeedupChart.of(Cases.of(summaries, List.of(failure)), TYPEFACE, "")
                .orElseThrow();

        assertThat(chart.description())
                .contains("cpu-bound, w: platform-threads failed; virtual-threads 1.9")
                .contains("virtual-threads not measured")
                .doesNotContain("overhead");
    }

    @Test
    void kindsStandInTheOrderOfTheirQuestionAndUnknownOnesAfterThem() {
        Runs runs = new Runs();
        for (String kind : List.of("", "zebra", "lock-contended", "overhead", "cpu-bound", "sleep-bound")) {
            runs.exactly(kind, "w", "serial", "", Direction.LOWER, 1, 1, 2);
        }

        assertThat(Cases.of(runs.summaries(), List.of()).groups())
                .extracting(Cases.Group::kind)
                .containsExactly("sleep-bound", "cpu-bound", "lock-contended", "overhead", "zebra", "kind not given");
    }

    @Test
    void onlyTheParametersThatDifferNameASetting() {
        List<CaseSummary> summaries = new Runs()
                .exactly("cpu-bound", "w", "serial", "n=1;same=x;parallelism=1", Direction.LOWER, 1, 1, 2)
                .exactly("cpu-bound", "w", "serial", "n=2;same=x;parallelism=1", Direction.LOWER, 1, 1, 2)
                .exactly("cpu-bound", "alone", "serial", "n=2;same=x", Direction.LOWER, 1, 1, 2)
                .summaries();

        assertThat(Cases.of(summaries, List.of()).groups())
                .extracting(Cases.Group::title)
                .containsExactly("alone", "w (n=1)", "w (n=2)");
    }

    @Test
    void aModelAtSeveralParallelismsHasARowForEach() {
        List<CaseSummary> summaries = new Runs()
                .exactly("cpu-bound", "w", "serial", "parallelism=1", Direction.LOWER, 1, 1, 2)
                .exactly("cpu-bound", "w", "loom", "parallelism=10", Direction.LOWER, 1, 1, 2)
                .exactly("cpu-bound", "w", "loom", "parallelism=9", Direction.LOWER, 1, 1, 2)
                .summaries();

        assertThat(Cases.of(summaries, List.of()).rows())
                .extracting(Cases.Row::label)
                .containsExactly("serial", "loom (parallelism 9)", "loom (parallelism 10)");
    }

    @Test
    void anAbsurdIntervalDoesNotSquashTheScale() throws IOException {
        List<CaseSummary> summaries = new Runs()
                .exactly("cpu-bound", "w", "serial", "", Direction.LOWER, 1, 100, 101, 99)
                .exactly("cpu-bound", "w", "loom", "", Direction.LOWER, 2, 1, 5000)
                .exactly("cpu-bound", "w", "actors", "", Direction.LOWER, 2, 50, 51)
                .summaries();

        Chart chart = TimeChart.of(Cases.of(summaries, List.of()), TYPEFACE, "").getFirst();

        assertThat(ChartFiles.draw(chart, TYPEFACE).svg())
                .contains(">10000</text>")
                .doesNotContain(">100000</text>", "NaN", "Infinity");
    }

    @Test
    void namesOfRowsStandAtTheirRows() {
        Chart chart =
                TimeChart.of(Cases.of(Runs.standard(), List.of()), TYPEFACE, "").getFirst();
        List<TextBoxes.Box> boxes = TextBoxes.of(chart, TYPEFACE).getFirst();

        // The figure of each row stands as far above the row's name in the last row as in the first.
        List<Double> names = new ArrayList<>();
        List<Double> figures = new ArrayList<>();
        for (String model : Runs.MODELS) {
            names.add(boxes.stream()
                    .filter(box -> box.text().equals(model))
                    .findFirst()
                    .orElseThrow()
                    .area()
                    .getCenterY());
        }
        NumberTable.Group first = chart.sheet().numbers().orElseThrow().groups().getFirst();
        for (NumberTable.Row row : first.rows()) {
            figures.add(boxes.stream()
                    .filter(box -> box.text().equals(row.cells().getFirst()))
                    .findFirst()
                    .orElseThrow()
                    .area()
                    .getCenterY());
        }
        for (int row = 1; row < names.size(); row++) {
            assertThat(names.get(row) - figures.get(row)).isCloseTo(names.getFirst() - figures.getFirst(), within(0.6));
        }
    }

    @Test
    void aLegendExplainsWhatIsThere() {
        List<CaseSummary> bounded = new Runs()
                .exactly("cpu-bound", "w", "loom", "", Direction.LOWER, 2, 1, 1.1)
                .summaries();
        List<CaseSummary> single = new Runs()
                .exactly("cpu-bound", "w", "loom", "", Direction.LOWER, 2, 1)
                .summaries();

        assertThat(texts(bounded)).contains("Small dots").doesNotContain("hollow", "Upright bar");
        assertThat(texts(single)).contains("hollow: one fork").doesNotContain("Upright bar");
        assertThat(texts(Runs.standard())).contains("Upright bar: ideal").doesNotContain("hollow");
    }

    private static String texts(List<CaseSummary> summaries) {
        Chart chart = TimeChart.of(Cases.of(summaries, List.of()), TYPEFACE, "").getFirst();
        return TextBoxes.of(chart, TYPEFACE).getFirst().stream()
                .map(TextBoxes.Box::text)
                .collect(Collectors.joining(" "));
    }

    @Test
    void aHeadingOfNumbersHasNoGapWhereNothingIsSaid() {
        assertThat(NumberTable.heading("µs", "one by itself", "")).isEqualTo("one by itself: µs");
        assertThat(NumberTable.heading("KiB", "", "")).isEqualTo("KiB");
        assertThat(NumberTable.heading("ms", "cpu-bound", "sums")).isEqualTo("cpu-bound, sums: ms");
    }

    @Test
    void markersThatTouchAreMovedApartAndNoFarther() {
        List<Point2D.Double> points = List.of(
                new Point2D.Double(50, 10),
                new Point2D.Double(50, 10),
                new Point2D.Double(52, 11),
                new Point2D.Double(90, 10),
                new Point2D.Double(51, 60));

        List<Point2D.Double> apart = Apart.sideways(points, 16, 0, 100);

        for (int i = 0; i < apart.size(); i++) {
            for (int j = 0; j < i; j++) {
                assertThat(apart.get(i).distance(apart.get(j))).isGreaterThan(15.8);
            }
            assertThat(apart.get(i).y).isEqualTo(points.get(i).y);
        }
        assertThat(apart.subList(3, 5)).isEqualTo(points.subList(3, 5));
        assertThat(apart.get(0).x).isLessThan(apart.get(1).x).isGreaterThan(30);
        assertThat(Apart.sideways(points.subList(0, 2), 16, 48, 100))
                .extracting(Point2D.Double::getX)
                .contains(48.0);
    }

    @Test
    void aCapThatTheMarkerCoversIsLeftOut() {
        assertThat(lines(new Whisker(10, 12, 14))).isEqualTo(1);
        assertThat(lines(new Whisker(10, 12, 40))).isEqualTo(2);
        assertThat(lines(new Whisker(-10, 12, 40))).isEqualTo(3);
    }

    private static long lines(Whisker whisker) {
        SVGGraphics2D graphics = new SVGGraphics2D(100, 100);
        whisker.drawLevel(graphics, Palette.INK, 1, 50);
        return graphics.getSVGElement().split("<line", -1).length - 1L;
    }

    @Test
    void narrowIntervalsKeepTheirWidthInPrint() {
        assertThat(Numbers.withInterval(new Estimate(1.004, 1.001, 1.007, 0.95), "×"))
                .isEqualTo("1.004× [1.001, 1.007]");
        assertThat(Numbers.withInterval(new Estimate(4.31, 4.1, 4.52, 0.95), "×"))
                .isEqualTo("4.31× [4.10, 4.52]");
        assertThat(Numbers.withInterval(new Estimate(2, 0, Double.POSITIVE_INFINITY, 0.95), "×"))
                .isEqualTo("2.00×");
        assertThat(Numbers.plain(1234567.8)).isEqualTo("1234568");
        assertThat(Numbers.plain(0.0321)).isEqualTo("0.0321");
        assertThat(Numbers.plain(3e-9)).isEqualTo("3.00e-09");
    }
}
