package org.concurrencybench.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.sample.Direction;
import org.concurrencybench.sample.FailedCase;
import org.concurrencybench.sample.Params;
import org.concurrencybench.sample.Phase;
import org.concurrencybench.sample.Sample;
import org.concurrencybench.sample.Summaries;

/** Made-up runs for the tests: the same numbers every time. */
final class Runs {

    static final List<String> MODELS =
            List.of("serial", "platform-threads", "virtual-threads", "child-jvms", "child-jvms-cold");

    private final List<Sample> samples = new ArrayList<>();
    private final Map<CaseKey, Double> ideals = new HashMap<>();
    private final Random random = new Random(42);

    /** The standard profile on a machine with two cores: five groups, five models. */
    static List<CaseSummary> standard() {
        return standardRun().summaries();
    }

    static Runs standardRun() {
        return new Runs()
                .group(
                        "sleep-bound",
                        "square-cube",
                        "numbers=5;sleepMillis=50;split=by-function",
                        "5",
                        new double[] {502.3, 103.1, 101.2, 108.9, 255.0},
                        new double[] {1, 5, 5, 5, 5},
                        0.01)
                .group(
                        "sleep-bound",
                        "square-cube",
                        "numbers=5;sleepMillis=50;split=by-item",
                        "10",
                        new double[] {501.9, 52.9, 51.4, 58.3, 248.2},
                        new double[] {1, 10, 10, 10, 10},
                        0.01)
                .group(
                        "cpu-bound",
                        "sum-of-squares",
                        "tasks=100000;terms=1000",
                        "2",
                        new double[] {61.8, 32.1, 33.9, 36.5, 301.5},
                        new double[] {1, 2, 2, 2, 2},
                        0.025)
                .group(
                        "lock-contended",
                        "bank-balance",
                        "thinkMicros=0;transfers=100000",
                        "2",
                        new double[] {1.62, 7.85, 9.33, 14.2, 260.2},
                        new double[] {1, 1, 1, 1, 1},
                        0.08)
                .group(
                        "lock-contended",
                        "bank-balance",
                        "thinkMicros=10000;transfers=20",
                        "20",
                        new double[] {203.1, 204.5, 203.9, 210.2, 455.1},
                        new double[] {1, 1, 1, 1, 1},
                        0.004);
    }

    static RunReport report(List<CaseSummary> summaries, List<FailedCase> failures) {
        return new RunReport(
                "2026-11-20-laptop",
                "AMD Ryzen 7 5800X, 2 of 16 cores, Linux 6.18",
                "20 November 2026, 14:03 UTC",
                summaries,
                failures,
                List.of(
                        new RunReport.Fact(
                                "Processor", "AMD Ryzen 7 5800X 8-Core Processor, 2 logical cores available"),
                        new RunReport.Fact("Memory", "16 GiB"),
                        new RunReport.Fact("Operating system", "Linux 6.18, glibc 2.36"),
                        new RunReport.Fact("JDK", "Temurin 25.0.3+9"),
                        new RunReport.Fact("Flags", "-Xms512m -Xmx512m -XX:+UseParallelGC"),
                        new RunReport.Fact("Seed", "1234567")),
                List.of(
                        "serial, platform-threads, virtual-threads: starting the threads and joining them is timed.",
                        "child-jvms: handing the batch over and waiting for the answer is timed; starting the pool is not.",
                        "child-jvms-cold: the start of the JVMs is timed too."));
    }

    /** One group; {@code scores} and {@code ideal} stand in the order of {@link #MODELS}. */
    Runs group(
            String kind,
            String workload,
            String params,
            String parallelism,
            double[] scores,
            double[] ideal,
            double noise) {
        for (int i = 0; i < scores.length; i++) {
            String own = MODELS.get(i).equals("serial") ? "1" : parallelism;
            add(kind, workload, MODELS.get(i), params + ";parallelism=" + own, scores[i], ideal[i], noise, 5);
        }
        return this;
    }

    Runs add(
            String kind,
            String workload,
            String model,
            String params,
            double score,
            double ideal,
            double noise,
            int forks) {
        double[] scores = new double[forks];
        for (int fork = 0; fork < forks; fork++) {
            scores[fork] = score * Math.exp(noise * random.nextGaussian());
        }
        return exactly(kind, workload, model, params, Direction.LOWER, ideal, scores);
    }

    /** One case with the given scores, one for each fork. */
    Runs exactly(
            String kind,
            String workload,
            String model,
            String params,
            Direction direction,
            double ideal,
            double... scores) {
        CaseKey key = key(kind, workload, model, params);
        ideals.put(key, ideal);
        for (int fork = 0; fork < scores.length; fork++) {
            samples.add(new Sample(
                    key,
                    fork + 1,
                    1,
                    Phase.MEASUREMENT,
                    scores[fork],
                    direction == Direction.LOWER ? "ms/op" : "ops/s",
                    direction,
                    OptionalDouble.of(scores[fork] * 1.2),
                    OptionalDouble.of(180)));
        }
        return this;
    }

    /** Three forks of nearly the same time, and their CPU time unless that is no number. */
    Runs timed(String kind, String model, double ideal, double millis, double cpuMillis) {
        CaseKey key = key(kind, "w", model, "");
        ideals.put(key, ideal);
        for (int fork = 1; fork <= 3; fork++) {
            samples.add(new Sample(
                    key,
                    fork,
                    1,
                    Phase.MEASUREMENT,
                    millis * (1 + 0.0001 * (fork - 2)),
                    "ms/op",
                    Direction.LOWER,
                    Double.isNaN(cpuMillis) ? OptionalDouble.empty() : OptionalDouble.of(cpuMillis),
                    OptionalDouble.empty()));
        }
        return this;
    }

    List<Sample> samples() {
        return List.copyOf(samples);
    }

    List<CaseSummary> summaries() {
        return Summaries.of(samples, key -> OptionalDouble.of(ideals.getOrDefault(key, 1.0)), 0.95);
    }

    static CaseKey key(String kind, String workload, String model, String params) {
        return new CaseKey("org.acme.Benchmark.run", workload, kind, model, Params.parse(params));
    }
}
