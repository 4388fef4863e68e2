package org.concurrencybench.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.concurrencybench.statistics.Estimate;
import org.concurrencybench.statistics.PooledIterations;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Samples in the JSON that JMH 1.37 itself writes, for tools that read that.
 *
 * <p>Its figures are JMH's, not ours: the score is the mean over all measured iterations, and the error is that of
 * independent iterations at 99.9 %, which understates it where forks differ. Our own figures stand in {@code summary.csv}.
 * The case's workload and kind have no place in that format; its model stands among the parameters.
 */
public final class JmhJson {

    /** The parameter that a case's model stands under. */
    public static final String MODEL = "model";

    private static final double CONFIDENCE = 0.999;

    /** JMH gives no error for fewer iterations than these. */
    private static final int FEWEST_FOR_ERROR = 3;

    private static final double[] PERCENTILES = {0, 50, 90, 95, 99, 99.9, 99.99, 99.999, 99.9999, 100};

    private JmhJson() {}

    /**
     * Writes one object for each case that has a measured iteration, in the order in which the cases first appear, over
     * what was there; whole or not at all.
     *
     * @throws IllegalArgumentException for a case that has a model and a parameter called {@value #MODEL} besides
     * @throws IOException where the directory cannot be written to; an earlier file is then as it was
     */
    public static void write(Path file, JmhRun run, List<Sample> samples) throws IOException {
        Map<CaseKey, List<Sample>> byCase = new LinkedHashMap<>();
        for (Sample sample : samples) {
            byCase.computeIfAbsent(sample.key(), key -> new ArrayList<>()).add(sample);
        }
        ArrayNode results = JsonNodeFactory.instance.arrayNode();
        byCase.forEach((key, rows) -> {
            if (rows.stream().anyMatch(row -> row.phase() == Phase.MEASUREMENT)) {
                results.add(result(run, key, rows));
            }
        });
        AtomicFile.write(file, out -> writer().writeValue(out, results));
    }

    /** The same bytes on every system: its line ends are not the system's. */
    private static ObjectWriter writer() {
        DefaultIndenter indenter = new DefaultIndenter("    ", "\n");
        return JsonMapper.shared()
                .writer()
                .with(new DefaultPrettyPrinter().withObjectIndenter(indenter).withArrayIndenter(indenter));
    }

    private static ObjectNode result(JmhRun run, CaseKey key, List<Sample> rows) {
        NavigableMap<Integer, NavigableMap<Integer, Double>> measured = byFork(rows, Phase.MEASUREMENT);
        JmhTimes times = run.times().apply(key);
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("jmhVersion", run.jmhVersion());
        result.put("benchmark", key.benchmark());
        result.put(
                "mode",
                switch (rows.getFirst().direction()) {
                    case LOWER -> "avgt";
                    case HIGHER -> "thrpt";
                });
        result.put("threads", 1);
        result.put("forks", measured.size());
        result.put("jvm", run.jvm());
        ArrayNode jvmArgs = result.putArray("jvmArgs");
        run.jvmArgs().forEach(jvmArgs::add);
        result.put("jdkVersion", run.jdkVersion());
        result.put("vmName", run.vmName());
        result.put("vmVersion", run.vmVersion());
        result.put("warmupIterations", mostIterations(byFork(rows, Phase.WARMUP).values()));
        result.put("warmupTime", times.warmupTime());
        result.put("warmupBatchSize", 1);
        result.put("measurementIterations", mostIterations(measured.values()));
        result.put("measurementTime", times.measurementTime());
        result.put("measurementBatchSize", 1);
        Map<String, String> params = params(key);
        if (!params.isEmpty()) {
            ObjectNode node = result.putObject("params");
            params.forEach(node::put);
        }
        result.set("primaryMetric", metric(measured.values(), rows.getFirst().unit()));
        result.putObject("secondaryMetrics");
        return result;
    }

    private static NavigableMap<Integer, NavigableMap<Integer, Double>> byFork(List<Sample> rows, Phase phase) {
        NavigableMap<Integer, NavigableMap<Integer, Double>> byFork = new TreeMap<>();
        for (Sample row : rows) {
            if (row.phase() == phase) {
                byFork.computeIfAbsent(row.fork(), fork -> new TreeMap<>()).put(row.iteration(), row.score());
            }
        }
        return byFork;
    }

    private static int mostIterations(Collection<? extends Map<Integer, Double>> forks) {
        return forks.stream().mapToInt(Map::size).max().orElse(0);
    }

    private static Map<String, String> params(CaseKey key) {
        Map<String, String> params = new TreeMap<>(key.params().asMap());
        if (!key.model().isEmpty() && params.put(MODEL, key.model()) != null) {
            throw new IllegalArgumentException("case '%s' has a parameter called '%s'".formatted(key.label(), MODEL));
        }
        return params;
    }

    private static ObjectNode metric(Collection<? extends Map<Integer, Double>> forks, String unit) {
        List<Double> scores =
                forks.stream().flatMap(fork -> fork.values().stream()).toList();
        Estimate mean = PooledIterations.mean(scores, CONFIDENCE);
        boolean hasError = scores.size() >= FEWEST_FOR_ERROR;
        ObjectNode metric = JsonNodeFactory.instance.objectNode();
        metric.put("score", mean.value());
        put(metric, "scoreError", hasError ? mean.high() - mean.value() : Double.NaN);
        ArrayNode confidence = metric.putArray("scoreConfidence");
        add(confidence, hasError ? mean.low() : Double.NaN);
        add(confidence, hasError ? mean.high() : Double.NaN);
        ObjectNode percentiles = metric.putObject("scorePercentiles");
        double[] sorted =
                scores.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        for (double percentile : PERCENTILES) {
            percentiles.put(Double.toString(percentile), PooledIterations.percentile(sorted, percentile));
        }
        metric.put("scoreUnit", unit);
        ArrayNode rawData = metric.putArray("rawData");
        for (Map<Integer, Double> fork : forks) {
            ArrayNode iterations = rawData.addArray();
            fork.values().forEach(iterations::add);
        }
        return metric;
    }

    /** JMH writes what is no number as text, which JSON can hold. */
    private static void put(ObjectNode node, String name, double number) {
        if (Double.isNaN(number)) {
            node.put(name, "NaN");
        } else {
            node.put(name, number);
        }
    }

    private static void add(ArrayNode node, double number) {
        if (Double.isNaN(number)) {
            node.add("NaN");
        } else {
            node.add(number);
        }
    }
}
