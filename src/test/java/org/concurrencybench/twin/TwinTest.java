package org.concurrencybench.twin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.concurrencybench.benchmark.BankBalanceBenchmark;
import org.concurrencybench.benchmark.Model;
import org.concurrencybench.benchmark.SquareCubeBenchmark;
import org.concurrencybench.benchmark.SumOfSquaresBenchmark;
import org.concurrencybench.statistics.Estimate;
import org.concurrencybench.statistics.ForkScores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

@Tag("twin")
class TwinTest {

    /** A twin may be this much quicker: what two measurements of the same code differ by on a quiet machine. */
    private static final double ALLOWED = 0.03;

    private static final int PAIRS = 7;

    /** How a pair is measured: both in the same minutes, A B and B A in turn, so that drift hits both. */
    record Pair(
            String twin,
            Class<?> ours,
            Model model,
            Map<String, String> params,
            int warmups,
            int iterations,
            int millis) {}

    /** Every serial and platform-thread case of the standard profile. */
    static List<Pair> pairs() {
        Class<?> squareCube = SquareCubeBenchmark.class;
        Class<?> sumOfSquares = SumOfSquaresBenchmark.class;
        Class<?> bankBalance = BankBalanceBenchmark.class;
        Map<String, String> byItem = Map.of("split", "by-item");
        Map<String, String> thinking = Map.of("transfers", "20", "thinkMicros", "10000");
        return List.of(
                new Pair("squareCubeSerial", squareCube, Model.SERIAL, Map.of(), 1, 2, 1),
                new Pair("squareCubeThreads", squareCube, Model.PLATFORM_THREADS, Map.of(), 1, 3, 1),
                // One thread does the same whichever way the batch is split.
                new Pair("squareCubeSerial", squareCube, Model.SERIAL, byItem, 1, 2, 1),
                new Pair("squareCubeByItemThreads", squareCube, Model.PLATFORM_THREADS, byItem, 1, 5, 1),
                new Pair("sumOfSquaresSerial", sumOfSquares, Model.SERIAL, Map.of(), 3, 7, 200),
                new Pair("sumOfSquaresThreads", sumOfSquares, Model.PLATFORM_THREADS, Map.of(), 3, 7, 200),
                new Pair("bankBalanceSerial", bankBalance, Model.SERIAL, Map.of(), 3, 7, 200),
                new Pair("bankBalanceThreads", bankBalance, Model.PLATFORM_THREADS, Map.of(), 3, 7, 200),
                new Pair("bankBalanceThinkingSerial", bankBalance, Model.SERIAL, thinking, 1, 2, 1),
                new Pair("bankBalanceThinkingThreads", bankBalance, Model.PLATFORM_THREADS, thinking, 1, 3, 1));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aHandWrittenTwinIsNoQuickerThanOurs(Pair pair) throws RunnerException {
        List<Double> ours = new ArrayList<>();
        List<Double> twins = new ArrayList<>();
        for (int i = 0; i < PAIRS; i++) {
            if (i % 2 == 0) {
                ours.add(ours(pair));
                twins.add(twin(pair));
            } else {
                twins.add(twin(pair));
                ours.add(ours(pair));
            }
        }
        Estimate ratio = ForkScores.of(ours).ratioTo(ForkScores.of(twins), Estimate.DEFAULT_CONFIDENCE);
        System.out.printf(
                Locale.ROOT,
                "%-26s ours %8.3f ms, twin %8.3f ms, ours/twin %.3f [%.3f, %.3f]%n",
                pair.twin(),
                ForkScores.of(ours).score(Estimate.DEFAULT_CONFIDENCE).value(),
                ForkScores.of(twins).score(Estimate.DEFAULT_CONFIDENCE).value(),
                ratio.value(),
                ratio.low(),
                ratio.high());
        // Where a contended lock lies in the heap is luck, as much as 15 %: only what the interval shows counts.
        assertThat(ratio.low()).as(pair.twin()).isLessThanOrEqualTo(1 + ALLOWED);
    }

    private static double ours(Pair pair) throws RunnerException {
        Map<String, String> params = new HashMap<>(pair.params());
        params.put("model", pair.model().name());
        return score(pair, pair.ours().getName() + ".run", params);
    }

    private static double twin(Pair pair) throws RunnerException {
        return score(pair, HandWritten.class.getName() + "." + pair.twin(), Map.of());
    }

    /** The median iteration of one fork, in ms. */
    private static double score(Pair pair, String benchmark, Map<String, String> params) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + benchmark.replace(".", "\\.") + "$")
                .forks(1)
                .warmupIterations(pair.warmups())
                .warmupTime(TimeValue.milliseconds(pair.millis()))
                .measurementIterations(pair.iterations())
                .measurementTime(TimeValue.milliseconds(pair.millis()))
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true);
        params.forEach(options::param);
        Collection<RunResult> results = new Runner(options.build()).run();
        return results.iterator().next().getPrimaryResult().getStatistics().getPercentile(50);
    }
}
