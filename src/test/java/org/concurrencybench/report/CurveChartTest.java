package org.concurrencybench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.sample.Direction;
import org.concurrencybench.statistics.Crossing;
import org.junit.jupiter.api.Test;

class CurveChartTest {

    private static final Typeface TYPEFACE = Typeface.find();

    @Test
    void threePlacesAreACurveAndTwoAreNot() {
        assertThat(CurveChart.of(sleepers(10, 100), TYPEFACE, "")).isEmpty();
        assertThat(CurveChart.of(sleepers(10, 100, 1000), TYPEFACE, ""))
                .extracting(Chart::name)
                .containsExactly("curve-many-sleepers-tasks");
    }

    @Test
    void aBoundedPoolIsALineOfItsOwnThatSaysItsSize() {
        Runs runs = new Runs();
        for (int tasks : new int[] {100, 1000, 10_000}) {
            String params = "sleepMillis=100;tasks=" + tasks + ";parallelism=";
            runs.add("sleep-bound", "many-sleepers", "platform-threads", params + tasks, 120, 1, 0.01, 3);
            if (tasks > 100) {
                runs.add("sleep-bound", "many-sleepers", "platform-threads", params + 100, tasks, 1, 0.01, 3);
            }
        }
        List<CaseSummary> summaries = runs.summaries();

        assertThat(Curve.MANY_SLEEPERS.panels(summaries))
                .singleElement()
                .satisfies(panel -> assertThat(panel.lines())
                        .extracting(Curve.Line::label)
                        .containsExactlyInAnyOrder("platform-threads", "platform-threads, pool of 100"));
        assertThat(Curve.rest(summaries)).isEmpty();
        assertThat(Findings.of(summaries))
                .singleElement()
                .asString()
                .startsWith("Many sleepers of 100 ms, in multiples of the ideal: 10k tasks take platform-threads 1.")
                .contains("; platform-threads, pool of 100 ");
    }

    @Test
    void overParallelismTheCaseThatUsesAllCoresAndNoMoreStaysAmongTheOthers() {
        Runs runs = new Runs();
        String params = "tasks=9;terms=9;parallelism=";
        runs.add("cpu-bound", "sum-of-squares", "serial", params + 1, 100, 1, 0.01, 3);
        for (int units = 1; units <= 4; units++) {
            double ideal = Math.min(2, units);
            runs.add("cpu-bound", "sum-of-squares", "platform-threads", params + units, 100 / ideal, ideal, 0.01, 3);
        }
        List<CaseSummary> summaries = runs.summaries();

        assertThat(Curve.rest(summaries))
                .extracting(summary -> summary.key().model() + " "
                        + summary.key().params().get("parallelism").orElse(""))
                .containsExactly("serial 1", "platform-threads 2");
        assertThat(Answers.of(summaries))
                .singleElement()
                .satisfies(answer -> assertThat(answer.sentence()).contains("platform-threads win"));
    }

    @Test
    void whatAUnitTakesIsTheSlopeAndNotTheJvmsOwnMemory() {
        Runs runs = new Runs();
        for (int units : new int[] {10, 20, 30}) {
            String params = "units=" + units + ";parallelism=30";
            // Three forks of 70, 80 and 90 MiB by themselves, and 5 KiB for each unit.
            runs.exactly(
                    "overhead",
                    "footprint",
                    "virtual-threads",
                    params,
                    Direction.LOWER,
                    1,
                    71_680 + 5 * units,
                    81_920 + 5 * units,
                    92_160 + 5 * units);
        }

        assertThat(Findings.of(runs.summaries()))
                .containsExactly("Footprint: what one waiting unit takes: virtual-threads 5.00 KiB [5.00, 5.00].");
    }

    @Test
    void eachModelsMemoryIsAStraightLineOnAScaleOfItsOwnFromZero() {
        Runs runs = new Runs();
        for (int units : new int[] {10, 20, 30}) {
            for (String model : List.of("virtual-threads", "child-jvms")) {
                int each = model.equals("child-jvms") ? 12 * 1024 : 5;
                runs.exactly(
                        "overhead",
                        "footprint",
                        model,
                        "parallelism=30;units=" + units,
                        Direction.LOWER,
                        1,
                        71_680 + each * units,
                        81_920 + each * units);
            }
        }

        Chart chart = CurveChart.of(runs.summaries(), TYPEFACE, "").getFirst();

        assertThat(chart.caption())
                .startsWith("One more waiting unit takes 5.00 KiB (virtual-threads) to 12.0 MiB (child-jvms). ");
        assertThat(chart.sheet().numbers().orElseThrow().groups())
                .extracting(NumberTable.Group::heading)
                .containsExactly(
                        "virtual-threads: 5.00 KiB [5.00, 5.00] each", "child-jvms: 12.000 MiB [12.000, 12.000] each");
        assertThat(TextBoxes.of(chart, TYPEFACE).getFirst())
                .extracting(TextBoxes.Box::text)
                .contains("0", "MiB", "units alive")
                .noneMatch(text -> text.contains("log scale"));
        assertThat(TextBoxes.faults(chart, TYPEFACE)).isEmpty();
    }

    @Test
    void memoryStandsOnLogarithmicAxesTooWhereModelsCanBeCompared() {
        Runs runs = new Runs();
        for (int units : new int[] {1, 10, 100}) {
            runs.exactly(
                            "overhead",
                            "footprint",
                            "virtual-threads",
                            "parallelism=100;units=" + units,
                            Direction.LOWER,
                            1,
                            71_680 + 5 * units,
                            81_920 + 5 * units)
                    .exactly(
                            "overhead",
                            "footprint",
                            "child-jvms",
                            "parallelism=100;units=" + units,
                            Direction.LOWER,
                            1,
                            71_680 + 12 * 1024 * units,
                            81_920 + 12 * 1024 * units);
        }

        Chart chart = CurveChart.of(runs.summaries(), TYPEFACE, "").get(1);

        assertThat(chart.name()).endsWith("-log");
        assertThat(chart.caption())
                .contains(": from 74.8 MiB (virtual-threads, 1 units alive) to 1275 MiB", "(child-jvms, 100");
        assertThat(chart.sheet().numbers().orElseThrow().groups())
                .singleElement()
                .extracting(group -> group.rows().size())
                .isEqualTo(6);
        assertThat(TextBoxes.of(chart, TYPEFACE).getFirst())
                .extracting(TextBoxes.Box::text)
                .anyMatch(text -> text.contains("log scale"))
                .contains("virtual-threads", "child-jvms");
        assertThat(TextBoxes.faults(chart, TYPEFACE)).isEmpty();
    }

    @Test
    void speedUpOverUnitsIsSaidWithItsLawAndHasItsEfficiencyBesideIt() {
        Runs runs = new Runs();
        String params = "tasks=9;terms=9;parallelism=";
        runs.add("cpu-bound", "sum-of-squares", "serial", params + 1, 100, 1, 0, 5);
        for (int units = 1; units <= 4; units++) {
            double cores = Math.min(2, units);
            // A tenth of it is not parallel.
            double millis = 100 * (0.1 + 0.9 / cores);
            runs.add("cpu-bound", "sum-of-squares", "platform-threads", params + units, millis, cores, 0, 5);
        }
        List<CaseSummary> summaries = runs.summaries();

        assertThat(Findings.of(summaries))
                .singleElement()
                .asString()
                .startsWith("Scaling of sum-of-squares: platform-threads follows Amdahl's law: one unit runs at 1.0")
                .containsPattern("of serial, 10\\.0+% .* of the work is not parallel")
                .contains("so few sizes determine it");
        assertThat(CurveChart.of(summaries, TYPEFACE, "").getFirst().description())
                .contains("Scaling of sum-of-squares");
    }

    @Test
    void aPoolCannotBeFasterThanItsSizeAllows() {
        Runs runs = new Runs();
        for (int tasks : new int[] {100, 1000, 10_000}) {
            String params = "sleepMillis=100;parallelism=20;tasks=" + tasks;
            runs.exactly("sleep-bound", "many-sleepers", "platform-threads", params, Direction.LOWER, 1, 100, 100);
        }
        Curve.Line line =
                Curve.MANY_SLEEPERS.panels(runs.summaries()).getFirst().lines().getFirst();

        assertThat(CurveLaws.of(Curve.MANY_SLEEPERS, line, runs.summaries()))
                .extracting(point -> point.y)
                .containsExactly(500.0, 5000.0, 50_000.0);
    }

    @Test
    void aPoolPaysFromTheCrossingOn() {
        List<CaseSummary> summaries = poolMap();

        Curve.Panel panel = Curve.POOL_MAP_WORK.panels(summaries).getFirst();
        assertThat(CurveChart.crossing(panel.lines().getFirst()))
                .isInstanceOfSatisfying(
                        Crossing.At.class, at -> assertThat(at.size().value()).isBetween(100.0, 300.0));
        assertThat(Findings.of(summaries))
                .singleElement()
                .asString()
                .startsWith("Pool map: a pool pays for calls that add up platform-threads ");
    }

    @Test
    void everyCurveDrawsSomethingAndTellsItsNumbersInWords() throws IOException {
        for (Chart chart : CurveChart.of(poolMap(), TYPEFACE, "Run x")) {
            ChartFiles files = ChartFiles.draw(chart, TYPEFACE);
            BufferedImage picture = ImageIO.read(new ByteArrayInputStream(files.png()));

            assertThat(picture.getWidth()).isEqualTo(2 * PanelSheet.WIDTH);
            assertThat(hasColour(picture, Palette.of("platform-threads").color().getRGB()))
                    .isTrue();
            assertThat(files.svg()).contains("<title>").doesNotContain("NaN");
            assertThat(chart.description()).contains("platform-threads 10: 0.", "1000: ");
        }
    }

    @Property(tries = 300)
    void ticksLieOnTheAxisInOrderAndAreFewAndMoreThanOne(
            @ForAll @DoubleRange(min = 0.01, max = 1e5) double low,
            @ForAll @DoubleRange(min = 1, max = 1e6) double factor) {
        LogScale scale = LogScale.over(low, low * factor, 0, 300);

        assertThat(scale.ticks(7)).isSorted().hasSizeBetween(2, 7).allSatisfy(tick -> {
            assertThat(scale.holds(tick)).isTrue();
            assertThat(scale.place(tick)).isBetween(0.0, 300.0);
        });
    }

    /** The greatest and the smallest numbers that a file may hold, and one place told twice. */
    @Test
    void numbersWithoutMeasureAreDrawnAllTheSame() throws IOException {
        Runs runs = new Runs();
        for (String units : List.of("1", "5", "999999999")) {
            String params = "units=" + units + ";parallelism=1";
            runs.exactly("overhead", "footprint", "a", params, Direction.LOWER, 1, 1e-300, 1e300);
            runs.exactly("overhead", "footprint", "b", params, Direction.LOWER, 1, 1e300);
        }
        runs.exactly("overhead", "footprint", "c", "units=5;parallelism=1", Direction.LOWER, 1, 1);
        runs.exactly("overhead", "footprint", "c", "units=5;parallelism=1;units2=x", Direction.LOWER, 1, 1);
        List<CaseSummary> summaries = runs.summaries();

        for (Chart chart : CurveChart.of(summaries, TYPEFACE, "")) {
            assertThat(ChartFiles.draw(chart, TYPEFACE).svg()).doesNotContain("NaN", "Infinity");
        }
        assertThat(Findings.of(summaries)).hasSize(1);
    }

    /** A hand-over that costs as much as 100 squares, and two cores. */
    private static List<CaseSummary> poolMap() {
        Runs runs = new Runs();
        for (int work : new int[] {10, 100, 300, 1000}) {
            String params = "chunk=0;function=square;numbers=1000;work=" + work + ";parallelism=";
            runs.add("overhead", "pool-map", "serial", params + 1, work, 1, 0.01, 5);
            runs.add("overhead", "pool-map", "platform-threads", params + 2, 100 + work / 2.0, 2, 0.01, 5);
        }
        return runs.summaries();
    }

    private static List<CaseSummary> sleepers(int... tasks) {
        Runs runs = new Runs();
        for (int count : tasks) {
            String params = "sleepMillis=100;tasks=" + count + ";parallelism=" + count;
            runs.add("sleep-bound", "many-sleepers", "virtual-threads", params, 101, count, 0.01, 3);
        }
        return runs.summaries();
    }

    private static boolean hasColour(BufferedImage picture, int rgb) {
        for (int x = 0; x < picture.getWidth(); x++) {
            for (int y = 0; y < picture.getHeight(); y++) {
                if (picture.getRGB(x, y) == rgb) {
                    return true;
                }
            }
        }
        return false;
    }
}
