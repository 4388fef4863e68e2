package org.concurrencybench.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.concurrencybench.sample.AtomicFile;
import org.concurrencybench.sample.FormatException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code self-test.json}: what became of the comparisons of a self-test, all of them, so that its figures can be made again.
 *
 * @param schema {@value #SCHEMA}
 * @param machine what it was taken on, in words; a self-test says nothing of another
 * @param jdk name and version of the virtual machine
 * @param subject what was compared with itself, and how: name, digest and options, in words
 * @param takenAt ISO 8601, UTC, when its last comparison ended
 * @param threshold of the gate
 * @param confidence of the gate
 * @param budgetSeconds of each comparison
 * @param trials in the order in which they were made
 */
public record SelfTestRecord(
        int schema,
        String machine,
        String jdk,
        String subject,
        String takenAt,
        double threshold,
        double confidence,
        long budgetSeconds,
        List<SelfTestTrial> trials) {

    /** Files of another are not read. */
    public static final int SCHEMA = 1;

    /** More than any self-test of weeks. */
    private static final long LARGEST_BYTES = 64L << 20;

    public SelfTestRecord {
        Objects.requireNonNull(machine, "machine");
        Objects.requireNonNull(jdk, "jdk");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(takenAt, "takenAt");
        trials = List.copyOf(trials);
        if (schema != SCHEMA || !(threshold > 0 && threshold < 1) || !(confidence > 0.5 && confidence < 1)) {
            throw new IllegalArgumentException("schema %d, threshold %s, confidence %s, where schema %d is known"
                    .formatted(schema, threshold, confidence, SCHEMA));
        }
    }

    /**
     * How often a slowdown of one size was found.
     *
     * @param found cases that were called regressed
     * @param of cases that the slowdown was put into
     * @param saidUnchanged cases of these that were called unchanged, or improved
     */
    public record Detection(double slowdown, int found, int of, int saidUnchanged) {}

    /** This with one more comparison. */
    public SelfTestRecord with(SelfTestTrial trial, String at) {
        List<SelfTestTrial> more = new ArrayList<>(trials);
        more.add(trial);
        return new SelfTestRecord(schema, machine, jdk, subject, at, threshold, confidence, budgetSeconds, more);
    }

    /** Whether this one can go on where the other stopped: the same thing, measured in the same way. */
    public boolean isOfTheSame(SelfTestRecord other) {
        return machine.equals(other.machine)
                && jdk.equals(other.jdk)
                && subject.equals(other.subject)
                && threshold == other.threshold
                && confidence == other.confidence
                && budgetSeconds == other.budgetSeconds;
    }

    /** How many comparisons were made with a slowdown of this size; 0 for the same code. */
    public int count(double slowdown) {
        return (int)
                trials.stream().filter(trial -> trial.slowdown() == slowdown).count();
    }

    /** Comparisons of the same code that could have given a false alarm. */
    public int judged() {
        return (int) trials.stream()
                .filter(trial -> trial.slowdown() == 0 && trial.judgedAnything())
                .count();
    }

    /** Comparisons of the same code in which any case got an alarm. */
    public int falseAlarms() {
        return (int) trials.stream()
                .filter(trial -> trial.slowdown() == 0 && trial.hasFalseAlarm())
                .count();
    }

    /** Comparisons with a slowdown in which a case that had none of it got an alarm. */
    public int falseAlarmsBeside() {
        return (int) trials.stream()
                .filter(trial -> trial.slowdown() > 0 && trial.hasFalseAlarm())
                .count();
    }

    /** Each size with how often it was found, smallest first. */
    public List<Detection> detections() {
        return trials.stream()
                .map(SelfTestTrial::slowdown)
                .filter(size -> size > 0)
                .distinct()
                .sorted()
                .map(this::detection)
                .toList();
    }

    private Detection detection(double size) {
        List<SelfTestTrial.Case> slowed = trials.stream()
                .filter(trial -> trial.slowdown() == size)
                .flatMap(trial -> trial.cases().stream())
                .filter(one -> one.burnt() == SelfTestTrial.Burnt.AS_ASKED)
                .toList();
        return new Detection(
                size,
                (int) slowed.stream()
                        .filter(one -> one.verdict() == Verdict.REGRESSED)
                        .count(),
                slowed.size(),
                (int) slowed.stream()
                        .filter(one -> one.verdict() == Verdict.UNCHANGED || one.verdict() == Verdict.IMPROVED)
                        .count());
    }

    /** Cases that should have been slowed and were not. */
    public int notSlowed() {
        return (int) trials.stream()
                .flatMap(trial -> trial.cases().stream())
                .filter(one -> one.burnt() == SelfTestTrial.Burnt.FAILED)
                .count();
    }

    /** Cases that could not be measured. */
    public int failures() {
        return (int) trials.stream()
                .flatMap(trial -> trial.cases().stream())
                .filter(one -> one.verdict() == Verdict.FAILED)
                .count();
    }

    /**
     * For each case about the smallest slowdown that is found 19 times of 20 within the budget: the median over comparisons of
     * what each could have found with the forks that it took, brought to the forks that the whole budget has time for.
     */
    public Map<String, Double> detectable() {
        Map<String, List<Double>> found = new LinkedHashMap<>();
        for (SelfTestTrial trial : trials) {
            for (SelfTestTrial.Case one : trial.cases()) {
                Double detectable = one.detectable();
                if (detectable != null && one.pairs() > 0) {
                    double affordable = Math.max(1, budgetSeconds / Math.max(1, trial.seconds()));
                    double least = StrictMath.log1p(threshold);
                    double luck = Math.max(0, StrictMath.log1p(detectable) - least) / Math.sqrt(affordable);
                    found.computeIfAbsent(one.label(), _ -> new ArrayList<>()).add(StrictMath.expm1(least + luck));
                }
            }
        }
        Map<String, Double> medians = new LinkedHashMap<>();
        found.forEach((label, values) -> medians.put(label, median(values).orElseThrow()));
        return medians;
    }

    /** The middle value, the larger of two; none of nothing. */
    static OptionalDouble median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted.length == 0
                ? OptionalDouble.empty()
                : Arrays.stream(sorted).skip(sorted.length / 2).findFirst();
    }

    /** Writes it whole or not at all. */
    public void write(Path file) throws IOException {
        byte[] json = JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .build()
                .writeValueAsBytes(this);
        AtomicFile.write(file, out -> out.write(json));
    }

    /**
     * Reads it back.
     *
     * @throws FormatException if the file is not one of these; one line
     * @throws IOException if it cannot be read
     */
    public static SelfTestRecord read(Path file) throws IOException, FormatException {
        try {
            if (Files.size(file) > LARGEST_BYTES) {
                throw new IllegalArgumentException("it has more than %d MiB".formatted(LARGEST_BYTES >> 20));
            }
            SelfTestRecord read =
                    JsonMapper.builder().build().readValue(Files.readAllBytes(file), SelfTestRecord.class);
            if (read == null) {
                throw new IllegalArgumentException("nothing is in it");
            }
            return read;
        } catch (JacksonException | NullPointerException | IllegalArgumentException e) {
            String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new FormatException("%s is not a self-test.json of ours (%s); remove it to go on without it"
                    .formatted(FormatException.printable(file.toString()), FormatException.printable(first)));
        }
    }
}
