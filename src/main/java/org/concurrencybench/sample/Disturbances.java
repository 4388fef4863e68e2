package org.concurrencybench.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Forks that ran under clearly other conditions than the rest of their run, as the notes in its {@code forks.csv} say.
 *
 * @param forks their numbers, by case
 */
public record Disturbances(Map<CaseKey, Set<Integer>> forks) {

    /** Of a run of which nobody noted any. */
    public static final Disturbances NONE = new Disturbances(Map.of());

    public Disturbances {
        forks = Map.copyOf(forks);
    }

    /** These, and one more. */
    public Disturbances with(CaseKey key, int fork) {
        Map<CaseKey, Set<Integer>> more = new HashMap<>(forks);
        more.merge(
                key,
                Set.of(fork),
                (some, one) -> Stream.concat(some.stream(), one.stream()).collect(Collectors.toUnmodifiableSet()));
        return new Disturbances(more);
    }

    /**
     * Those of a file; none where there is no such file. A row that is not whole, as a run that was killed may leave one,
     * says nothing.
     *
     * @throws IOException if the file is there and cannot be read
     */
    public static Disturbances read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return NONE;
        }
        Disturbances found = NONE;
        try (LineReader lines = new LineReader(Files.newInputStream(file))) {
            for (LineReader.Line line = lines.next(); line != null; line = lines.next()) {
                Optional<List<String>> noted =
                        fields(line).filter(fields -> !field(fields, "note").isEmpty());
                if (noted.isPresent()) {
                    found = found.with(noted.get());
                }
            }
        }
        return found;
    }

    private static Optional<List<String>> fields(LineReader.Line line) {
        try {
            List<String> fields = CsvFields.split(line.text(), ',', ForkRecord.HEADER.size());
            return line.ended()
                            && fields.size() == ForkRecord.HEADER.size()
                            && field(fields, "fork").matches("[1-9][0-9]{0,8}")
                    ? Optional.of(fields)
                    : Optional.empty();
        } catch (CsvFields.Fault e) {
            return Optional.empty();
        }
    }

    private Disturbances with(List<String> fields) {
        try {
            CaseKey key = new CaseKey(
                    field(fields, "benchmark"),
                    field(fields, "workload"),
                    field(fields, "kind"),
                    field(fields, "model"),
                    Params.parse(field(fields, "params")));
            return with(key, Integer.parseInt(field(fields, "fork")));
        } catch (IllegalArgumentException e) {
            // No parameters of ours: then no case of this run has them either.
            return this;
        }
    }

    private static String field(List<String> fields, String column) {
        return Csv.unguarded(fields.get(ForkRecord.HEADER.indexOf(column)));
    }

    /** Whether a fork is one of them. */
    public boolean contains(CaseKey key, int fork) {
        return forks.getOrDefault(key, Set.of()).contains(fork);
    }
}
