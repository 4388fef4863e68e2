package org.concurrencybench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.sample.Direction;
import org.concurrencybench.sample.Phase;
import org.concurrencybench.sample.Sample;
import org.concurrencybench.sample.Summaries;
import org.junit.jupiter.api.Test;

class IterationChartTest {

    private static final Typeface TYPEFACE = Typeface.find();

    @Test
    void aCaseSaysHowManySamplesItHasFromWhereToWhereAndSinceWhenItRests() {
        List<Sample> samples = samples(1, 2, 2, 4);

        Chart chart = charts(samples).getFirst();

        assertThat(chart.name()).isEqualTo("iterations-sums");
        assertThat(chart.part()).isEqualTo(Part.CASES);
        assertThat(chart.description())
                .contains("over 2 forks and 8 measured iterations, from ")
                .contains("; steady, at rest when the warm-up ends");
    }

    @Test
    void everySampleIsADotByForkAndADotInTime() throws IOException {
        String few = svg(charts(samples(1, 3, 0, 7)).getFirst());
        String more = svg(charts(samples(1, 3, 0, 8)).getFirst());

        // A dot is a move and a line of no length; a line over time has both too, for all but the first iteration.
        assertThat(count(more, 'M') - count(few, 'M')).isEqualTo(3 * 3);
    }

    private static long count(String svg, char letter) {
        return svg.substring(svg.indexOf("</title>"))
                .chars()
                .filter(one -> one == letter)
                .count();
    }

    @Test
    void manySamplesBecomeQuantilesAndThePictureSaysSo() throws IOException {
        List<Sample> samples = samples(1, 100, 10, 1000);
        Chart chart = charts(samples).getFirst();

        String svg = svg(chart);
        assertThat(chart.caption()).contains("Bars stand for more samples than dots can show");
        assertThat(chart.description()).contains("over 100 forks and 100000 measured iterations");
        assertThat(svg.length()).isLessThan(100_000);
    }

    @Test
    void ofThousandsOfCasesItSaysHowManyHaveNoStrip() throws IOException {
        List<Chart> charts = charts(samples(IterationChart.MOST_STRIPS + 17, 2, 1, 2));

        assertThat(charts.getLast().caption()).contains("17 more cases have no strip here");
        assertThat(charts).hasSize(8);
        long bytes = 0;
        for (Chart chart : charts) {
            bytes += svg(chart).length();
        }
        assertThat(bytes).isLessThan(2_500_000);
    }

    /** The dot of a fork with less warm-up must not lie in another one's. */
    @Test
    void warmUpsOfDifferentLengthsEndAtOnePlace() throws IOException {
        CaseKey key = Runs.key("cpu-bound", "sums", "serial", "n=1");
        List<Sample> samples = new ArrayList<>();
        for (int fork = 1; fork <= 2; fork++) {
            for (int iteration = 1; iteration <= (fork == 1 ? 5 : 2); iteration++) {
                samples.add(sample(key, fork, iteration, Phase.WARMUP, 20));
            }
            for (int iteration = 1; iteration <= 5; iteration++) {
                samples.add(sample(key, fork, iteration, Phase.MEASUREMENT, 10 + 0.01 * iteration));
            }
        }

        Chart chart = charts(samples).getFirst();

        assertThat(svg(chart)).contains("5 of warm-up, 5 iterations</text>");
        assertThat(chart.description()).contains("; steady, at rest when the warm-up ends");
        assertThat(chart.caption()).contains("all forks steady in 1 of 1 case");
    }

    @Test
    void titleAndNoteAreOfOneMindAboutWhatIsNotSteady() {
        CaseKey key = Runs.key("cpu-bound", "sums", "serial", "n=1");
        List<Sample> samples = new ArrayList<>();
        for (int iteration = 1; iteration <= 8; iteration++) {
            samples.add(sample(key, 1, iteration, Phase.MEASUREMENT, 10 + iteration));
        }

        Chart chart = charts(samples).getFirst();

        assertThat(chart.caption()).contains("all forks steady in 0 of 1 case");
        assertThat(chart.description()).contains("drifting").doesNotContain("at rest");
    }

    @Test
    void settingsStandInTheOrderOfTheirNumbers() {
        List<Chart> charts = charts(samples(12, 1, 0, 1));

        assertThat(charts.getFirst().sheet().numbers().orElseThrow().groups())
                .extracting(group -> group.heading().replaceFirst(": .*", ""))
                .startsWith("serial, n=1", "serial, n=2", "serial, n=3")
                .endsWith("serial, n=11", "serial, n=12");
    }

    @Test
    void whereThereIsOneIterationNothingIsDrawnOverTime() throws IOException {
        assertThat(svg(charts(samples(1, 2, 0, 1)).getFirst())).doesNotContain("iterations</text>");
        assertThat(svg(charts(samples(1, 2, 0, 2)).getFirst())).contains("2 iterations</text>");
    }

    @Test
    void everyForkHasItsIterationsInTheNumbersAndOfManyTheirRange() {
        NumberTable few =
                charts(samples(1, 2, 1, 3)).getFirst().sheet().numbers().orElseThrow();
        NumberTable many =
                charts(samples(1, 100, 0, 1000)).getFirst().sheet().numbers().orElseThrow();

        assertThat(few.groups().getFirst().rows())
                .extracting(NumberTable.Row::name)
                .containsExactly("fork 1", "fork 2");
        assertThat(few.groups().getFirst().rows().getFirst().cells().get(1).split(", "))
                .hasSize(3);
        assertThat(few.groups().getFirst().rows().getFirst().cells().get(2)).isEqualTo("20.0");
        assertThat(many.groups().getFirst().rows()).hasSize(31);
        assertThat(many.groups().getFirst().rows().getFirst().cells().get(1)).startsWith("1000 from ");
        assertThat(many.groups().getFirst().rows().getLast().name()).isEqualTo("70 more forks");
    }

    @Test
    void noTextCoversAnotherOrLeavesThePictureWideOrNarrow() {
        for (Chart chart : List.of(
                charts(samples(4, 5, 3, 12)).getFirst(),
                charts(samples(2, 3, 0, 1)).getFirst())) {
            assertThat(TextBoxes.of(chart, TYPEFACE)).hasSize(2);
            assertThat(TextBoxes.faults(chart, TYPEFACE)).isEmpty();
        }
    }

    @Test
    void oneForkOfOneIterationOfZeroIsDrawn() throws IOException {
        CaseKey key = Runs.key("k", "zeros", "serial", "n=1");
        List<Sample> samples = List.of(sample(key, 1, 1, Phase.MEASUREMENT, 0));

        assertThat(svg(charts(samples).getFirst())).contains("1 fork", "too few iterations");
    }

    private static List<Chart> charts(List<Sample> samples) {
        List<CaseSummary> summaries = Summaries.of(samples, _ -> OptionalDouble.empty(), 0.95);
        return IterationChart.of(summaries, samples, TYPEFACE, "Run x");
    }

    private static String svg(Chart chart) throws IOException {
        return ChartFiles.draw(chart, TYPEFACE).svg();
    }

    /** Warm-up is twice as slow. */
    private static List<Sample> samples(int cases, int forks, int warmup, int measured) {
        Random random = new Random(3);
        List<Sample> samples = new ArrayList<>();
        for (int i = 1; i <= cases; i++) {
            CaseKey key = Runs.key("cpu-bound", "sums", "serial", "n=" + i);
            for (int fork = 1; fork <= forks; fork++) {
                for (int iteration = 1; iteration <= warmup; iteration++) {
                    samples.add(sample(key, fork, iteration, Phase.WARMUP, 20));
                }
                for (int iteration = 1; iteration <= measured; iteration++) {
                    samples.add(sample(key, fork, iteration, Phase.MEASUREMENT, 10 + 0.1 * random.nextDouble()));
                }
            }
        }
        return samples;
    }

    private static Sample sample(CaseKey key, int fork, int iteration, Phase phase, double score) {
        return new Sample(
                key,
                fork,
                iteration,
                phase,
                score,
                "ms/op",
                Direction.LOWER,
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }
}
