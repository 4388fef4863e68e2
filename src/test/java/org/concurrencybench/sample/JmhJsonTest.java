package org.concurrencybench.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;
import static org.concurrencybench.sample.TestSamples.SERIAL;
import static org.concurrencybench.sample.TestSamples.VIRTUAL;
import static org.concurrencybench.sample.TestSamples.measured;
import static org.concurrencybench.sample.TestSamples.warmup;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.AverageTimeResult;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ResultRole;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.ThroughputResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.IterationType;
import org.openjdk.jmh.runner.WorkloadParams;
import org.openjdk.jmh.runner.options.TimeValue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JmhJsonTest {

    private static final JmhRun RUN = new JmhRun(
            "1.37",
            "/usr/lib/\"jvm\"/bin/java",
            List.of("-Xmx1g", "-Dpath=C:\\temp"),
            "25.0.1",
            "OpenJDK 64-Bit Server VM",
            "25.0.1+8-LTS",
            key -> new JmhTimes("500 ms", "1 s"));

    @TempDir
    Path directory;

    private Path file = Path.of("");

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("jmh.json");
    }

    /** JMH's own writer, given the same run, is the judge. */
    @ParameterizedTest
    @CsvSource({"AverageTime, 3, 5", "Throughput, 3, 5", "AverageTime, 1, 3", "AverageTime, 2, 1", "Throughput, 1, 1"})
    void aReaderFindsWhatJmhItselfWrites(Mode mode, int forks, int iterations) throws Exception {
        BenchmarkParams params = jmhParams(mode, forks, iterations);
        List<BenchmarkResult> jmhForks = new ArrayList<>();
        List<Sample> samples = new ArrayList<>();
        for (int fork = 1; fork <= forks; fork++) {
            samples.add(sample(fork, 1, Phase.WARMUP, jmhResult(mode, 99_000_000)));
            samples.add(sample(fork, 2, Phase.WARMUP, jmhResult(mode, 98_000_000)));
            List<IterationResult> jmhIterations = new ArrayList<>();
            for (int iteration = 1; iteration <= iterations; iteration++) {
                Result<?> result = jmhResult(mode, 1_000_000L * fork + 77_777L * iteration * iteration);
                IterationResult jmhIteration = new IterationResult(params, params.getMeasurement(), null);
                jmhIteration.addResult(result);
                jmhIterations.add(jmhIteration);
                samples.add(sample(fork, iteration, Phase.MEASUREMENT, result));
            }
            jmhForks.add(new BenchmarkResult(params, jmhIterations));
        }
        ByteArrayOutputStream jmhs = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(jmhs, true, StandardCharsets.UTF_8)) {
            ResultFormatFactory.getInstance(ResultFormatType.JSON, out)
                    .writeOut(List.of(new RunResult(params, jmhForks)));
        }

        JmhJson.write(file, RUN, samples);

        assertSame("$", JsonMapper.shared().readTree(jmhs.toByteArray()), written());
    }

    @Test
    void casesStandInTheirOrderAndForksAndIterationsInTheirs() throws Exception {
        JmhJson.write(
                file,
                RUN,
                List.of(
                        measured(VIRTUAL, 2, 1, 3),
                        measured(SERIAL, 1, 1, 9),
                        measured(VIRTUAL, 1, 2, 2),
                        measured(VIRTUAL, 1, 1, 1),
                        warmup(SERIAL, 1, 1, 100)));

        assertThat(written().size()).isEqualTo(2);
        JsonNode first = written().get(0);
        assertThat(first.at("/params/model").stringValue()).isEqualTo("virtual-threads");
        assertThat(first.at("/primaryMetric/rawData").toString()).isEqualTo("[[1.0,2.0],[3.0]]");
        assertThat(first.at("/forks").intValue()).isEqualTo(2);
        assertThat(first.at("/measurementIterations").intValue()).isEqualTo(2);
        assertThat(first.at("/warmupIterations").intValue()).isZero();
        assertThat(written().get(1).at("/warmupIterations").intValue()).isEqualTo(1);
    }

    @Test
    void aCaseThatOnlyWarmedUpIsLeftOut() throws Exception {
        JmhJson.write(file, RUN, List.of(warmup(SERIAL, 1, 1, 100)));

        assertThat(written().isArray()).isTrue();
        assertThat(written().isEmpty()).isTrue();
    }

    @Test
    void aCaseWithoutModelAndParametersHasNone() throws Exception {
        CaseKey plain = new CaseKey("org.acme.Queue.offer", "", "", "", Params.none());
        JmhJson.write(file, RUN, List.of(measured(plain, 1, 1, 5)));

        assertThat(written().get(0).has("params")).isFalse();
    }

    @Test
    void aParameterCalledModelBesidesTheModelIsRefused() {
        CaseKey ambiguous = TestSamples.key("serial", Map.of("model", "Ford T"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> JmhJson.write(file, RUN, List.of(measured(ambiguous, 1, 1, 5))));
        assertThat(directory).isEmptyDirectory();
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void theModeFollowsTheDirection(Direction direction) throws Exception {
        Sample time = measured(SERIAL, 1, 1, 5);
        JmhJson.write(file, RUN, List.of(direction == Direction.LOWER ? time : TestSamples.asRate(time)));

        assertThat(written().get(0).get("mode").stringValue())
                .isEqualTo(direction == Direction.LOWER ? "avgt" : "thrpt");
    }

    private JsonNode written() throws Exception {
        return JsonMapper.shared().readTree(Files.readAllBytes(file));
    }

    private static BenchmarkParams jmhParams(Mode mode, int forks, int iterations) {
        WorkloadParams workload = new WorkloadParams();
        workload.put("model", "virtual-threads", 0);
        workload.put("parallelism", "8", 0);
        workload.put("tasks", "100", 0);
        return new BenchmarkParams(
                VIRTUAL.benchmark(),
                VIRTUAL.benchmark(),
                false,
                1,
                new int[] {1},
                List.of(),
                forks,
                0,
                new IterationParams(IterationType.WARMUP, 2, TimeValue.milliseconds(500), 1),
                new IterationParams(IterationType.MEASUREMENT, iterations, TimeValue.seconds(1), 1),
                mode,
                workload,
                TimeUnit.MILLISECONDS,
                1,
                RUN.jvm(),
                RUN.jvmArgs(),
                RUN.jdkVersion(),
                RUN.vmName(),
                RUN.vmVersion(),
                RUN.jmhVersion(),
                TimeValue.minutes(10));
    }

    private static Result<?> jmhResult(Mode mode, long nanos) {
        return mode == Mode.Throughput
                ? new ThroughputResult(ResultRole.PRIMARY, "run", 1, nanos, TimeUnit.MILLISECONDS)
                : new AverageTimeResult(ResultRole.PRIMARY, "run", 1, nanos, TimeUnit.MILLISECONDS);
    }

    private static Sample sample(int fork, int iteration, Phase phase, Result<?> result) {
        return new Sample(
                VIRTUAL,
                fork,
                iteration,
                phase,
                result.getScore(),
                result.getScoreUnit(),
                result instanceof ThroughputResult ? Direction.HIGHER : Direction.LOWER,
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }

    /** Same fields in the same order, same text, and the same numbers as far as two quantile functions agree. */
    private static void assertSame(String path, JsonNode jmhs, JsonNode ours) {
        assertThat(ours.getNodeType()).as(path).isEqualTo(jmhs.getNodeType());
        if (jmhs.isObject()) {
            assertThat(List.copyOf(ours.propertyNames())).as(path).isEqualTo(List.copyOf(jmhs.propertyNames()));
            jmhs.properties()
                    .forEach(field ->
                            assertSame(path + "." + field.getKey(), field.getValue(), ours.get(field.getKey())));
        } else if (jmhs.isArray()) {
            assertThat(ours.size()).as(path).isEqualTo(jmhs.size());
            for (int i = 0; i < jmhs.size(); i++) {
                assertSame(path + "[" + i + "]", jmhs.get(i), ours.get(i));
            }
        } else if (jmhs.isNumber()) {
            assertThat(ours.doubleValue())
                    .as(path)
                    .isCloseTo(jmhs.doubleValue(), within(1e-7 * Math.abs(jmhs.doubleValue())));
        } else {
            assertThat(ours).as(path).isEqualTo(jmhs);
        }
    }
}
