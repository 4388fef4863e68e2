package org.concurrencybench.sample;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import org.concurrencybench.sample.MeasuredCase.Scores;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what JMH 1.2x to 1.37 writes under {@code -rf json}: an array of results, each with its iterations fork by fork
 * ({@code rawData}, or in sample mode {@code rawDataHistogram}, of which an iteration's mean is taken). Where a file was
 * stripped of these, score and error are what is left.
 *
 * <p>A number that is none stands as text ({@code "NaN"}), or in files of older versions bare.
 */
final class JmhJsonReader {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Path file;
    private final byte[] bytes;
    private final Set<String> jvms = new LinkedHashSet<>();
    private final List<SecondaryResult> secondary = new ArrayList<>();

    private JmhJsonReader(Path file, byte[] bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    static MeasuredFile read(Path file, byte[] bytes) throws FormatException {
        JsonNode root;
        try {
            root = MAPPER.readTree(bytes);
        } catch (JacksonException e) {
            TokenStreamLocation location = e.getLocation();
            throw FormatException.at(
                    file,
                    location == null ? 1 : Math.max(1, location.getLineNr()),
                    Integer.toString(location == null ? 1 : Math.max(1, location.getColumnNr())),
                    String.valueOf(e.getOriginalMessage()).contains("Invalid UTF-8")
                            ? "a byte here is not UTF-8; save the file as UTF-8"
                            : "this is not whole JSON (%s); was the file cut off? measure again"
                                    .formatted(firstLine(e.getOriginalMessage())));
        }
        JmhJsonReader reader = new JmhJsonReader(file, bytes);
        if (!root.isArray()) {
            throw reader.wrong("$", "JMH's JSON is an array of results; write the file with -rf json");
        }
        List<MeasuredCase> cases = new ArrayList<>();
        for (int i = 0; i < root.size(); i++) {
            cases.add(reader.result(root.get(i), "$[" + i + "]"));
        }
        return MeasuredFiles.checked(
                new MeasuredFile(
                        file,
                        cases,
                        reader.secondary,
                        Optional.empty(),
                        reader.jvms.isEmpty() ? Optional.empty() : Optional.of(String.join(" and ", reader.jvms)),
                        List.of()),
                index -> JsonPlaces.of(MAPPER, bytes, "$[" + index + "]"));
    }

    private MeasuredCase result(JsonNode result, String path) throws FormatException {
        String benchmark = text(result, path, "benchmark");
        String mode = text(result, path, "mode");
        JsonNode metric = result.path("primaryMetric");
        String metricPath = path + ".primaryMetric";
        if (!metric.isObject()) {
            throw wrong(metricPath, "there is no primary metric; measure this benchmark again");
        }
        String unit = text(metric, metricPath, "scoreUnit");
        Direction direction;
        try {
            direction = JmhModes.direction(mode, unit);
        } catch (IllegalArgumentException e) {
            throw wrong(path + ".mode", String.valueOf(e.getMessage()));
        }
        JsonNode vmName = result.path("vmName");
        JsonNode vmVersion = result.path("vmVersion");
        if (vmName.isString() && vmVersion.isString()) {
            jvms.add(vmName.stringValue() + " " + vmVersion.stringValue());
        }
        Params params = params(result, path);
        takeSecondary(result, benchmark, params, mode);
        return new MeasuredCase(
                benchmark, params, mode, threads(result, path), unit, direction, scores(metric, metricPath, result));
    }

    /** What is none of a score, an error and a unit is left as it is not known: nothing is claimed of these figures. */
    private void takeSecondary(JsonNode result, String benchmark, Params params, String mode) {
        result.path("secondaryMetrics").properties().forEach(entry -> {
            JsonNode metric = entry.getValue();
            JsonNode unit = metric.path("scoreUnit");
            secondary.add(new SecondaryResult(
                    benchmark,
                    params,
                    mode,
                    entry.getKey(),
                    finite(metric.path("score")),
                    finite(metric.path("scoreError")),
                    unit.isString() ? unit.stringValue() : ""));
        });
    }

    private static OptionalDouble finite(JsonNode node) {
        double number = node.isNumber() ? node.doubleValue(Double.NaN) : Double.NaN;
        return SampleCsv.isMeasurable(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
    }

    private int threads(JsonNode result, String path) throws FormatException {
        JsonNode threads = result.path("threads");
        if (threads.isMissingNode()) {
            return 1;
        }
        int count = threads.isIntegralNumber() ? threads.intValue(0) : 0;
        if (count < 1) {
            throw wrong(path + ".threads", "this is not a number of threads from 1; write one");
        }
        return count;
    }

    private Params params(JsonNode result, String path) throws FormatException {
        JsonNode node = result.path("params");
        if (node.isMissingNode() || node.isNull()) {
            return Params.none();
        }
        if (!node.isObject()) {
            throw wrong(path + ".params", "parameters are an object of names and texts; write one");
        }
        Map<String, String> params = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (!entry.getValue().isValueNode()) {
                throw wrong(path + ".params." + entry.getKey(), "a parameter's value is a text; write one");
            }
            params.put(entry.getKey(), entry.getValue().asString());
        }
        try {
            return Params.of(params);
        } catch (IllegalArgumentException e) {
            throw wrong(path + ".params", e.getMessage() + "; rename it");
        }
    }

    private Scores scores(JsonNode metric, String path, JsonNode result) throws FormatException {
        JsonNode histogram = metric.path("rawDataHistogram");
        boolean sampled = histogram.isArray() && !histogram.isEmpty();
        JsonNode raw = sampled ? histogram : metric.path("rawData");
        String rawPath = path + (sampled ? ".rawDataHistogram" : ".rawData");
        if (raw.isMissingNode() || raw.isNull() || (raw.isArray() && raw.isEmpty())) {
            return pooled(metric, path, result);
        }
        if (!raw.isArray()) {
            throw wrong(rawPath, "raw data are an array of forks; measure again");
        }
        List<List<Double>> forks = new ArrayList<>();
        for (int fork = 0; fork < raw.size(); fork++) {
            JsonNode iterations = raw.get(fork);
            String forkPath = rawPath + "[" + fork + "]";
            if (!iterations.isArray() || iterations.isEmpty()) {
                throw wrong(forkPath, "a fork is an array of at least one iteration; measure again");
            }
            List<Double> scores = new ArrayList<>();
            for (int i = 0; i < iterations.size(); i++) {
                String at = forkPath + "[" + i + "]";
                scores.add(
                        iterations.get(i).isArray()
                                ? histogramMean(iterations.get(i), at)
                                : measured(iterations.get(i), at));
            }
            forks.add(List.copyOf(scores));
        }
        return new Scores.ByFork(forks);
    }

    /** Of pairs of a value and how often it was seen. */
    private double histogramMean(JsonNode pairs, String path) throws FormatException {
        double sum = 0;
        double count = 0;
        for (int i = 0; i < pairs.size(); i++) {
            JsonNode pair = pairs.get(i);
            String at = path + "[" + i + "]";
            if (!pair.isArray() || pair.size() != 2) {
                throw wrong(at, "a bar of a histogram is a value and a count; measure again");
            }
            double weight = measured(pair.get(1), at + "[1]");
            if (weight < 0) {
                throw wrong(at + "[1]", "a count below 0; measure again");
            }
            sum += weight * measured(pair.get(0), at + "[0]");
            count += weight;
        }
        double mean = sum / count;
        if (!SampleCsv.isMeasurable(mean)) {
            throw wrong(path, "an iteration without a sample; measure again");
        }
        return mean;
    }

    private Scores pooled(JsonNode metric, String path, JsonNode result) throws FormatException {
        double score = measured(metric.path("score"), path + ".score");
        JsonNode error = metric.path("scoreError");
        boolean unknown = error.isMissingNode()
                || (error.isString() && error.stringValue().equals("NaN"))
                || (error.isNumber() && Double.isNaN(error.doubleValue(0)));
        OptionalDouble half =
                unknown ? OptionalDouble.empty() : OptionalDouble.of(measured(error, path + ".scoreError"));
        long samples = result.path("forks").longValue(0)
                * result.path("measurementIterations").longValue(0);
        return new Scores.Pooled(score, half, Math.max(1, samples));
    }

    private double measured(JsonNode node, String path) throws FormatException {
        double number = node.isNumber() ? node.doubleValue(Double.NaN) : Double.NaN;
        if (!SampleCsv.isMeasurable(number)) {
            throw wrong(
                    path,
                    node.isMissingNode()
                            ? "the number is missing; measure again"
                            : "%s is not a finite number; measure again"
                                    .formatted(FormatException.quoted(node.isValueNode() ? node.asString() : "this")));
        }
        return number;
    }

    private String text(JsonNode node, String path, String name) throws FormatException {
        JsonNode value = node.path(name);
        String text = value.isString() ? value.stringValue() : "";
        if (text.isEmpty() || !Csv.isPlain(text)) {
            throw wrong(path + "." + name, "a text is missing here; is this JMH's JSON?");
        }
        return text;
    }

    private FormatException wrong(String path, String complaint) {
        return new FormatException("%s:%s: %s: %s"
                .formatted(
                        FormatException.printable(file.toString()),
                        JsonPlaces.of(MAPPER, bytes, path),
                        FormatException.printable(path.length() > 120 ? path.substring(0, 120) + "…" : path),
                        complaint));
    }

    private static String firstLine(String text) {
        String first = text.lines().findFirst().orElse("");
        // What follows is where Jackson read from, which the message says already.
        int marker = first.indexOf(" (start marker");
        return FormatException.printable(marker < 0 ? first : first.substring(0, marker));
    }
}
