package org.concurrencybench.sample;

import java.util.Map;
import java.util.OptionalDouble;

/** Samples and cases for tests, as short as a table. */
final class TestSamples {

    static final CaseKey SERIAL = key("serial", Map.of("tasks", "100", "parallelism", "1"));
    static final CaseKey VIRTUAL = key("virtual-threads", Map.of("tasks", "100", "parallelism", "8"));

    private TestSamples() {}

    static CaseKey key(String model, Map<String, String> params) {
        return new CaseKey(
                "org.concurrencybench.benchmark.SleepBenchmark.run",
                "sleeping-squares",
                "sleep-bound",
                model,
                Params.of(params));
    }

    static Sample measured(CaseKey key, int fork, int iteration, double score) {
        return sample(key, fork, iteration, Phase.MEASUREMENT, score);
    }

    static Sample warmup(CaseKey key, int fork, int iteration, double score) {
        return sample(key, fork, iteration, Phase.WARMUP, score);
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

    static Sample withCosts(Sample sample, double cpuMillis, double rssMebibytes) {
        return new Sample(
                sample.key(),
                sample.fork(),
                sample.iteration(),
                sample.phase(),
                sample.score(),
                sample.unit(),
                sample.direction(),
                OptionalDouble.of(cpuMillis),
                OptionalDouble.of(rssMebibytes));
    }

    static Sample asRate(Sample sample) {
        return new Sample(
                sample.key(),
                sample.fork(),
                sample.iteration(),
                sample.phase(),
                sample.score(),
                "ops/s",
                Direction.HIGHER,
                sample.cpuMillis(),
                sample.rssMebibytes());
    }
}
