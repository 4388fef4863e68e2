package org.concurrencybench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Font;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.sample.Direction;
import org.concurrencybench.sample.FailedCase;
import org.concurrencybench.statistics.Estimate;
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
