package org.concurrencybench.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.concurrencybench.sample.MeasuredFile;
import org.concurrencybench.statistics.ChangeRule;
import org.junit.jupiter.api.Test;

/**
 * The gate on data whose truth is known, beside what people use today. The quick form holds the promises with a fixed
 * seed; {@code mvn -Dtest=GateSimulationTest -Dgate.simulation=20 test} makes twenty times as many comparisons and writes
 * {@code target/gate-simulation.md}.
 */
class GateSimulationTest {

    private static final GateSettings SETTINGS =
            new GateSettings(GateSettings.DEFAULT_THRESHOLD, GateSettings.DEFAULT_CONFIDENCE);
    private static final int TIMES = Integer.getInteger("gate.simulation", 1);
    private static final double[] VARIATIONS = {0.005, 0.02, 0.05};
    private static final int[] FORKS = {5, 10, 20};
    private static final int[] CASES = {1, 20, 200};

    private final SplittableRandom random = new SplittableRandom(20_261_123);

    @Test
    void comparisonsOfTheSameCodeHardlyEverRaiseAnAlarm() throws IOException {
        int comparisons = 0;
        int alarmed = 0;
        double worst = 0;
        Map<Contender, Integer> others = new EnumMap<>(Contender.class);
        for (double variation : VARIATIONS) {
            for (int forks : FORKS) {
                for (int cases : CASES) {
                    for (Shape shape : Shape.values()) {
                        int here = 0;
                        int repeats = TIMES * (cases == 200 ? 1 : cases == 20 ? 5 : 20);
                        for (int repeat = 0; repeat < repeats; repeat++) {
                            List<Truth.Pair> pairs = pairs(shape.of(variation, forks), cases);
                            here += gateAlarms(pairs) ? 1 : 0;
                            for (Contender contender : Contender.values()) {
                                if (pairs.stream().anyMatch(contender::alarms)) {
                                    others.merge(contender, 1, Integer::sum);
                                }
                            }
                        }
                        comparisons += repeats;
                        alarmed += here;
                        worst = Math.max(worst, (double) here / repeats);
                    }
                }
            }
        }
        report("Comparisons of the same code: %d; any alarm by the gate: %d (worst cell %.2f %%)"
                .formatted(comparisons, alarmed, 100 * worst));
        for (Contender contender : Contender.values()) {
            report("- %s: %.1f %%"
                    .formatted(contender.label(), 100.0 * others.getOrDefault(contender, 0) / comparisons));
        }
        assertThat((double) alarmed / comparisons).isLessThanOrEqualTo(0.01);
        if (TIMES >= 20) {
            // A cell of 20 has too few comparisons for a share of its own.
            assertThat(worst).isLessThanOrEqualTo(0.05);
        }
        assertThat(others.get(Contender.WELCH)).isGreaterThan(10 * Math.max(1, alarmed));
        assertThat(others.get(Contender.MANN_WHITNEY)).isGreaterThan(10 * Math.max(1, alarmed));
    }

    @Test
    void aSlowdownOfTenPercentIsFoundHoweverManyCasesThereAre() throws IOException {
        Truth truth = new Truth(0.02, 10, false, 0);
        int repeats = 1000 * TIMES;
        List<Truth.Pair> pairs = IntStream.range(0, repeats)
                .mapToObj(i -> truth.pair("case", 0.10, random))
                .toList();
        for (int cases : CASES) {
            double found = share(pairs, cases, Verdict.REGRESSED);
            report("10 %% slower, one of %d cases: the gate finds %.1f %%".formatted(cases, 100 * found));
            // A thousand pairs are uncertain by almost a hundredth.
            assertThat(found).isGreaterThanOrEqualTo(TIMES >= 20 ? 0.95 : 0.94);
        }
        for (Contender contender : Contender.values()) {
            report("- %s: %.1f %%"
                    .formatted(
                            contender.label(),
                            100.0 * pairs.stream().filter(contender::alarms).count() / repeats));
        }
    }

    @Test
    void unchangedIsHardlyEverSaidOfAChangeBeyondTheThreshold() throws IOException {
        for (double variation : VARIATIONS) {
            for (int forks : FORKS) {
                for (boolean outliers : new boolean[] {false, true}) {
                    Truth truth = new Truth(variation, forks, outliers, 0);
                    List<Truth.Pair> slower = IntStream.range(0, 400 * TIMES)
                            .mapToObj(i -> truth.pair("case", i % 2 == 0 ? 0.0501 : -0.0501, random))
                            .toList();
                    double wrong = share(slower, 1, Verdict.UNCHANGED);
                    report("unchanged said of 5.01 %%, forks vary by %.1f %%, %d forks%s: %.2f %%"
                            .formatted(100 * variation, forks, outliers ? ", outliers" : "", 100 * wrong));
                    assertThat(wrong).isLessThanOrEqualTo(TIMES >= 20 ? 0.01 : 0.025);
                }
            }
        }
    }

    private static double share(List<Truth.Pair> pairs, int cases, Verdict verdict) {
        ChangeRule rule = ChangeRule.once(SETTINGS.threshold(), SETTINGS.confidence(), cases);
        long said = pairs.stream()
                .filter(pair ->
                        Sides.of(pair.baseline(), pair.candidate()).judge(rule).verdict() == verdict)
                .count();
        return (double) said / pairs.size();
    }

    private List<Truth.Pair> pairs(Truth truth, int cases) {
        List<Truth.Pair> pairs = new ArrayList<>();
        for (int i = 0; i < cases; i++) {
            pairs.add(truth.pair("case" + i, 0, random));
        }
        return pairs;
    }

    private static boolean gateAlarms(List<Truth.Pair> pairs) {
        Comparison comparison = FileComparison.of(
                file("baseline", pairs.stream().map(Truth.Pair::baseline).toList()),
                file("candidate", pairs.stream().map(Truth.Pair::candidate).toList()),
                SETTINGS);
        return comparison.count(Verdict.REGRESSED) + comparison.count(Verdict.IMPROVED) > 0;
    }

    private static MeasuredFile file(String name, List<org.concurrencybench.sample.MeasuredCase> cases) {
        return new MeasuredFile(Path.of(name), cases, List.of(), Optional.empty(), Optional.empty(), List.of());
    }

    private static void report(String line) throws IOException {
        if (TIMES > 1 || Boolean.getBoolean("gate.print")) {
            Files.writeString(
                    Path.of("target/gate-simulation.md"),
                    String.format(Locale.ROOT, "%s%n", line),
                    java.nio.file.StandardOpenOption.CREATE,
                    java.nio.file.StandardOpenOption.APPEND);
        }
    }

    /** What befalls forks besides their own variation. */
    private enum Shape {
        PLAIN,
        OUTLIERS,
        DRIFT;

        Truth of(double variation, int forks) {
            return switch (this) {
                case PLAIN -> new Truth(variation, forks, false, 0);
                case OUTLIERS -> new Truth(variation, forks, true, 0);
                case DRIFT -> new Truth(variation, forks, false, 0.02);
            };
        }
    }
}
