package org.concurrencybench.sample;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** Reads our {@code samples.csv}, JMH's JSON and JMH's CSV; which of them a file is, is told from its first bytes. */
public final class MeasuredFiles {

    /** Largest JMH file that is read: a hundred times that of a suite with a thousand cases. */
    static final long LARGEST_BYTES = 64L << 20;

    private static final String ENVIRONMENT = "environment.json";
    private static final List<String> OF_RUNS = List.of("samples.csv", "jmh.json");
    private static final int LOOK_AHEAD = 4096;

    private MeasuredFiles() {}

    /**
     * Reads a whole file and checks all of it that is used. Where it is one of a run of ours, the machine comes from the
     * {@code environment.json} beside it.
     *
     * @throws FormatException for a file that is none of the three, or broken; one line that says where
     * @throws IOException where it cannot be read
     */
    public static MeasuredFile read(Path file) throws IOException, FormatException {
        if (!Files.isRegularFile(file)) {
            throw new FormatException("%s is not a file; name a samples.csv, a JMH JSON or a JMH CSV"
                    .formatted(FormatException.printable(file.toString())));
        }
        String start = beginning(file).stripLeading();
        if (start.startsWith("[") || start.startsWith("{")) {
            return withEnvironment(JmhJsonReader.read(file, bounded(file)));
        }
        if (JmhCsvReader.isHeader(start)) {
            return withEnvironment(JmhCsvReader.read(file));
        }
        if (isSamples(start)) {
            return withEnvironment(samples(file));
        }
        throw FormatException.at(
                file,
                1,
                "1",
                "this is neither a samples.csv nor JMH's JSON nor JMH's CSV; write one of these with -rf json or -rf csv");
    }

    /**
     * Whether a file is a table of samples, by its first line: one of its columns is enough to read it as such, which then
     * says what else is missing. So is an empty file.
     *
     * @throws IOException where it cannot be read
     */
    public static boolean isSamples(Path file) throws IOException {
        return isSamples(beginning(file).stripLeading());
    }

    private static boolean isSamples(String start) {
        return start.isEmpty()
                || Arrays.stream(start.lines().findFirst().orElse("").split(",", -1))
                        .map(name -> name.replace("\"", ""))
                        .anyMatch(SampleCsv.HEADER::contains);
    }

    private static String beginning(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(LOOK_AHEAD), StandardCharsets.UTF_8);
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        }
    }

    private static byte[] bounded(Path file) throws IOException, FormatException {
        long bytes = Files.size(file);
        if (bytes > LARGEST_BYTES) {
            throw FormatException.at(
                    file,
                    1,
                    "1",
                    "the file has %d MiB, and %d are the most; is it a JMH result?"
                            .formatted(bytes >> 20, LARGEST_BYTES >> 20));
        }
        return Files.readAllBytes(file);
    }

    private static MeasuredFile samples(Path file) throws IOException, FormatException {
        SampleCsv.SampleFile read = SampleCsv.read(file);
        Map<CaseKey, List<Sample>> byCase = new LinkedHashMap<>();
        for (Sample sample : read.samples()) {
            // A figure is no time: nothing is slower or faster for it.
            if (sample.phase() == Phase.MEASUREMENT && !sample.key().isFigure()) {
                byCase.computeIfAbsent(sample.key(), key -> new ArrayList<>()).add(sample);
            }
        }
        List<MeasuredCase> cases = new ArrayList<>();
        for (Map.Entry<CaseKey, List<Sample>> entry : byCase.entrySet()) {
            cases.add(ofSamples(file, entry.getKey(), entry.getValue()));
        }
        return checked(
                new MeasuredFile(file, cases, List.of(), Optional.empty(), Optional.empty(), read.warnings()),
                _ -> "1:1");
    }

    private static MeasuredCase ofSamples(Path file, CaseKey key, List<Sample> rows) throws FormatException {
        Map<Integer, List<Double>> forks = new TreeMap<>();
        for (Sample row : rows) {
            forks.computeIfAbsent(row.fork(), fork -> new ArrayList<>()).add(row.score());
        }
        if (!key.model().isEmpty() && key.params().get(JmhJson.MODEL).isPresent()) {
            throw new FormatException("%s: %s has a model and a parameter called '%s'; rename the parameter"
                    .formatted(file, FormatException.quoted(key.label()), JmhJson.MODEL));
        }
        Sample first = rows.getFirst();
        return new MeasuredCase(
                key.benchmark(),
                params(key),
                switch (first.direction()) {
                    case LOWER -> "avgt";
                    case HIGHER -> "thrpt";
                },
                1,
                first.unit(),
                first.direction(),
                new MeasuredCase.Scores.ByFork(List.copyOf(forks.values())));
    }

    /** What a case of ours is called among those of any tool: as {@link MeasuredCase#label}, its model among the parameters. */
    public static String label(CaseKey key) {
        Params params = params(key);
        return params.asMap().isEmpty() ? key.benchmark() : key.benchmark() + " " + params.toCell();
    }

    /** The parameters of a case of ours as other tools have them: its model among them. */
    public static Params params(CaseKey key) {
        Map<String, String> params = new TreeMap<>(key.params().asMap());
        if (!key.model().isEmpty()) {
            params.put(JmhJson.MODEL, key.model());
        }
        return Params.of(params);
    }

    /**
     * Refuses a file without a case, and one that has a case twice.
     *
     * @param places {@code LINE:COLUMN} of a case by its number
     */
    static MeasuredFile checked(MeasuredFile file, IntFunction<String> places) throws FormatException {
        if (file.cases().isEmpty()) {
            throw FormatException.at(file.file(), 1, "1", "nothing was measured in this file; measure again");
        }
        Set<MeasuredCase.Identity> seen = new HashSet<>();
        for (int i = 0; i < file.cases().size(); i++) {
            MeasuredCase one = file.cases().get(i);
            if (!seen.add(one.identity())) {
                throw new FormatException("%s:%s: %s stands twice in mode %s; keep the two in different files"
                        .formatted(
                                FormatException.printable(file.file().toString()),
                                places.apply(i),
                                FormatException.quoted(one.label()),
                                one.mode()));
            }
        }
        return file;
    }

    private static MeasuredFile withEnvironment(MeasuredFile read) throws IOException, FormatException {
        Path environment = read.file().resolveSibling(ENVIRONMENT);
        if (!OF_RUNS.contains(Objects.requireNonNull(read.file().getFileName()).toString())
                || !Files.isRegularFile(environment)) {
            return read;
        }
        RunEnvironment known = RunEnvironment.read(environment);
        Map<String, String> machine = known.machine();
        return new MeasuredFile(
                read.file(),
                read.cases().stream()
                        .map(one ->
                                one.withWork(Optional.ofNullable(known.work().get(one.label()))))
                        .toList(),
                read.secondary(),
                machine(machine),
                Optional.ofNullable(machine.get("vm")).or(read::jvm),
                read.warnings(),
                known.failedCases());
    }

    /**
     * What makes two machines the same to a comparison, in words; none where nothing is known of it.
     *
     * @param described what was found, by name, as in {@link RunEnvironment#machine}
     */
    public static Optional<String> machine(Map<String, String> described) {
        String words = String.join(
                ", ",
                Stream.of("processor", "cores", "memory", "os", "architecture")
                        .flatMap(name -> Stream.ofNullable(described.get(name)))
                        .toList());
        return words.isEmpty() ? Optional.empty() : Optional.of(words);
    }
}
