package org.concurrencybench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.concurrencybench.sample.Params;
import org.concurrencybench.sample.TimelineSpan;
import org.concurrencybench.sample.TimelineSpan.State;
import org.junit.jupiter.api.Test;

class TimelineChartTest {

    private static final Typeface TYPEFACE = Typeface.find();

    @Test
    void eachBatchOfTheSameWorkStandsInOnePictureUnderItsModel() {
        List<TimelineSpan> spans = new ArrayList<>();
        spans.addAll(batch("square-cube", "serial", "n=1;parallelism=1", 1, 4));
        spans.addAll(batch("square-cube", "platform-threads", "n=1;parallelism=4", 4, 4));
        spans.addAll(batch("square-cube", "serial", "n=2;parallelism=1", 1, 4));

        List<Chart> charts = TimelineChart.of(spans, TYPEFACE, "Run x");

        assertThat(charts).extracting(Chart::name).containsExactly("timeline-square-cube", "timeline-square-cube-2");
        assertThat(charts.getFirst().description())
                .contains("serial took 10.0 ms: worker-1 ran 4 pieces in 8.00 ms from 0 ms on.")
                .contains("platform-threads took 10.0 ms: worker-1 ran 1 piece in 2.00 ms")
                .contains("worker-4 ran 1 piece");
        assertThat(charts.getFirst().part()).isEqualTo(Part.TIMELINES);
    }

    @Test
    void theTitleSaysHowManyTasksAreUnderWayAtOnceAndWhatALockCosts() {
        List<TimelineSpan> spans = new ArrayList<>();
        spans.addAll(batch("pool-map", "serial", "n=1;parallelism=1", 1, 4));
        spans.addAll(batch("pool-map", "platform-threads", "n=1;parallelism=3", 3, 6));

        assertThat(title(spans)).isEqualTo("Computing tasks: 1 at once under serial, up to 3 under platform-threads");

        spans.add(span("pool-map", "serial", "n=1;parallelism=1", "worker-1", State.HOLDING, 0, 1_000_000));
        spans.add(span("pool-map", "platform-threads", "n=1;parallelism=3", "worker-2", State.ASKING, 0, 3_000_000));

        assertThat(title(spans))
                .isEqualTo("Tasks under a lock: 1 at once under serial, up to 3 under platform-threads; up to 25.0% of "
                        + "their time they wait for it (platform-threads)");
    }

    private static String title(List<TimelineSpan> spans) {
        Chart chart = TimelineChart.of(spans, TYPEFACE, "").getFirst();
        return chart.caption().substring(0, chart.caption().indexOf(": pool-map ("));
    }

    @Test
    void manySpansOfAWorkerAreListedInPartAndNoTextCoversAnother() {
        Chart chart = TimelineChart.of(batch("w", "virtual-threads", "n=1", 20, 2000), TYPEFACE, "Run x")
                .getFirst();

        NumberTable numbers = chart.sheet().numbers().orElseThrow();
        assertThat(numbers.groups().getFirst().rows())
                .hasSize(12)
                .allSatisfy(row -> assertThat(row.cells())
                        .singleElement()
                        .asString()
                        .startsWith("0 to 2.00, 2.00 to 4.00, ")
                        .contains(" more of ")
                        .hasSizeLessThan(300));
        assertThat(TextBoxes.faults(chart, TYPEFACE)).isEmpty();
    }

    @Test
    void withoutTimelinesThereIsNoPicture() {
        assertThat(TimelineChart.of(List.of(), TYPEFACE, "")).isEmpty();
    }

    @Test
    void whatIsLeftOutIsSaid() throws IOException {
        String svg = svg(batch("w", "m", "n=1", 20, 2000));

        assertThat(svg).contains("8 more workers not drawn, 500 more spans not drawn");
        assertThat(svg.length()).isLessThan(400_000);
    }

    @Test
    void nothingFromAFileBecomesMarkup() throws IOException {
        List<TimelineSpan> spans = List.of(
                span("<script>", "<b>", "n=<i>", "caller", State.BATCH, 0, 10),
                span("<script>", "<b>", "n=<i>", "<u>\u202E", State.HOLDING, 0, 5),
                span("<script>", "<b>", "n=<i>", "<u>\u202E", State.TICK, 5, 5));

        assertThat(svg(spans)).doesNotContain("<script", "<b>", "<i>", "<u>").contains("&lt;");
    }

    @Property(tries = 200)
    void ticksAreRoundAndFew(
            @ForAll @DoubleRange(min = 1, max = 10) double digits, @ForAll @IntRange(min = -6, max = 8) int exponent) {
        double most = digits * Math.pow(10, exponent);
        List<Double> ticks = TimelineSheet.ticks(most);

        assertThat(ticks.size()).isBetween(2, 11);
        assertThat(ticks).isSorted().allMatch(tick -> tick >= 0 && tick <= most);
    }

    private static String svg(List<TimelineSpan> spans) throws IOException {
        Chart chart = TimelineChart.of(spans, TYPEFACE, "Run x").getFirst();
        ChartFiles files = ChartFiles.draw(chart, TYPEFACE);
        assertThat(new String(files.png(), 1, 3, StandardCharsets.ISO_8859_1)).isEqualTo("PNG");
        return files.svg();
    }

    /** Pieces of 2 ms, dealt out to the workers in turn, in a batch of 10 ms. */
    private static List<TimelineSpan> batch(String workload, String model, String params, int workers, int pieces) {
        List<TimelineSpan> spans = new ArrayList<>();
        spans.add(span(workload, model, params, "caller", State.BATCH, 0, 10_000_000));
        for (int piece = 0; piece < pieces; piece++) {
            long start = piece / workers * 2_000_000L;
            spans.add(span(
                    workload, model, params, "worker-" + (piece % workers + 1), State.TASK, start, start + 2_000_000));
        }
        return spans;
    }

    static TimelineSpan span(
            String workload, String model, String params, String worker, State state, long start, long end) {
        return new TimelineSpan(workload, model, Params.parse(params), worker, state, 0, 1, start, end);
    }
}
