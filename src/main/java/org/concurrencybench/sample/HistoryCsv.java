package org.concurrencybench.sample;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.concurrencybench.statistics.Estimate;

/**
 * {@code history.csv}: what each case scored at each commit, one row for each, in the spelling of {@link SampleCsv}. Both ends
 * of an interval are empty where there is none.
 */
public final class HistoryCsv {

    /** The columns, in their order. */
    public static final List<String> HEADER = List.of(
            "commit",
            "date",
            "machine",
            "jdk",
            "benchmark",
            "params",
            "work",
            "score",
            "score_low",
            "score_high",
            "unit",
            "direction",
            "forks");

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{7,64}");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
    private static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,8}");
    private static final Pattern WORK = Pattern.compile("[0-9a-f]{0,64}");

    private final Path file;

    private HistoryCsv(Path file) {
        this.file = file;
    }

    /** Whether a text is a commit's hash, or the beginning of one. */
    public static boolean isCommit(String text) {
        return COMMIT.matcher(text).matches();
    }

    /**
     * Adds entries to a file, in place of those of the same commit on the same machine; to add the same twice changes
     * nothing.
     *
     * @return how many were there already and are replaced
     * @throws FormatException if the file is there and not one of these
     * @throws IOException if it cannot be read or written; it is then as it was
     */
    public static int add(Path file, List<HistoryEntry> entries) throws IOException, FormatException {
        List<HistoryEntry> all = Files.exists(file) ? new ArrayList<>(read(file)) : new ArrayList<>();
        int before = all.size();
        all.removeIf(old -> entries.stream().anyMatch(entry -> entry.replaces(old)));
        int replaced = before - all.size();
        all.addAll(entries);
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADER);
        all.forEach(entry -> rows.add(row(entry)));
        byte[] bytes = Csv.encode(rows);
        AtomicFile.write(file, out -> out.write(bytes));
        return replaced;
    }

    private static List<String> row(HistoryEntry entry) {
        Optional<Estimate> bounded = Optional.of(entry.score()).filter(Estimate::isBounded);
        return List.of(
                entry.commit(),
                entry.date().toString(),
                Csv.text("machine", entry.machine()),
                Csv.text("jdk", entry.jdk()),
                Csv.text("benchmark", entry.benchmark()),
                Csv.text("params", entry.params().toCell()),
                entry.work(),
                Double.toString(entry.score().value()),
                bounded.map(score -> Double.toString(score.low())).orElse(""),
                bounded.map(score -> Double.toString(score.high())).orElse(""),
                Csv.text("unit", entry.unit()),
                entry.direction().label(),
                Integer.toString(entry.forks()));
    }

    /**
     * Reads a whole file and checks all of it.
     *
     * @return its entries, in the order of the file
     * @throws FormatException for a file that is none, or broken; one line that says where
     * @throws IOException where it cannot be read
     */
    public static List<HistoryEntry> read(Path file) throws IOException, FormatException {
        return new HistoryCsv(file).read();
    }

    private List<HistoryEntry> read() throws IOException, FormatException {
        try (CSVParser parser = CSVParser.parse(new StringReader(text()), CSVFormat.RFC4180)) {
            Iterator<CSVRecord> rows = parser.iterator();
            if (!rows.hasNext() || !rows.next().toList().equals(HEADER)) {
                throw FormatException.at(
                        file, 1, "1", "the header of a history is '%s'".formatted(String.join(",", HEADER)));
            }
            List<HistoryEntry> entries = new ArrayList<>();
            for (long line = 2; rows.hasNext(); line++) {
                entries.add(entry(line, rows.next()));
            }
            return entries;
        } catch (UncheckedIOException e) {
            throw new FormatException("%s: %s; was the file cut off?"
                    .formatted(
                            FormatException.printable(file.toString()),
                            FormatException.printable(String.valueOf(e.getMessage()))));
        }
    }

    private String text() throws IOException, FormatException {
        long bytes = Files.size(file);
        if (bytes > MeasuredFiles.LARGEST_BYTES) {
            throw FormatException.at(
                    file,
                    1,
                    "1",
                    "the file has %d MiB, and %d are the most; move old rows elsewhere"
                            .formatted(bytes >> 20, MeasuredFiles.LARGEST_BYTES >> 20));
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw FormatException.at(file, 1, "1", "the file is not UTF-8; save it as UTF-8");
        }
    }

    private HistoryEntry entry(long line, CSVRecord row) throws FormatException {
        if (row.size() != HEADER.size()) {
            throw FormatException.at(
                    file,
                    line,
                    Integer.toString(Math.min(row.size(), HEADER.size()) + 1),
                    "the row has %d fields where the header has %d; was the file cut off?"
                            .formatted(row.size(), HEADER.size()));
        }
        String commit = matching(line, row, "commit", COMMIT, "a commit's hash");
        double score = number(line, row, "score");
        OptionalDouble low = optional(line, row, "score_low");
        OptionalDouble high = optional(line, row, "score_high");
        if (!(score > 0) || low.orElse(score) > score || high.orElse(score) < score) {
            throw FormatException.at(file, line, "score", "a score is above 0 and within its interval; remove the row");
        }
        return new HistoryEntry(
                commit,
                date(line, row),
                text(line, row, "machine"),
                text(line, row, "jdk"),
                text(line, row, "benchmark"),
                params(line, row),
                matching(line, row, "work", WORK, "a fingerprint"),
                new Estimate(
                        score,
                        low.orElse(Double.NEGATIVE_INFINITY),
                        high.orElse(Double.POSITIVE_INFINITY),
                        Estimate.DEFAULT_CONFIDENCE),
                text(line, row, "unit"),
                direction(line, row),
                Integer.parseInt(matching(line, row, "forks", COUNT, "a number of forks")));
    }

    private String field(CSVRecord row, String column) {
        return row.get(HEADER.indexOf(column));
    }

    private String text(long line, CSVRecord row, String column) throws FormatException {
        String text = Csv.unguarded(field(row, column));
        if (text.isEmpty() || !Csv.isPlain(text)) {
            throw FormatException.at(file, line, column, "a plain text is missing here; remove the row");
        }
        return text;
    }

    private String matching(long line, CSVRecord row, String column, Pattern pattern, String what)
            throws FormatException {
        String text = field(row, column);
        if (!pattern.matcher(text).matches()) {
            throw FormatException.at(
                    file, line, column, "%s is not %s; remove the row".formatted(FormatException.quoted(text), what));
        }
        return text;
    }

    private double number(long line, CSVRecord row, String column) throws FormatException {
        double number = Double.parseDouble(matching(line, row, column, NUMBER, "a number"));
        if (!SampleCsv.isMeasurable(number)) {
            throw FormatException.at(file, line, column, "the number is beyond all measure; remove the row");
        }
        return number;
    }

    private OptionalDouble optional(long line, CSVRecord row, String column) throws FormatException {
        return field(row, column).isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(number(line, row, column));
    }

    private Instant date(long line, CSVRecord row) throws FormatException {
        try {
            return Instant.parse(field(row, "date"));
        } catch (DateTimeParseException e) {
            throw FormatException.at(
                    file,
                    line,
                    "date",
                    "%s is not a time such as 2026-11-24T12:00:00Z; remove the row"
                            .formatted(FormatException.quoted(field(row, "date"))));
        }
    }

    private Params params(long line, CSVRecord row) throws FormatException {
        try {
            return Params.parse(Csv.unguarded(field(row, "params")));
        } catch (IllegalArgumentException e) {
            throw FormatException.at(file, line, "params", e.getMessage() + "; remove the row");
        }
    }

    private Direction direction(long line, CSVRecord row) throws FormatException {
        for (Direction direction : Direction.values()) {
            if (direction.label().equals(field(row, "direction"))) {
                return direction;
            }
        }
        throw FormatException.at(file, line, "direction", "it is lower or higher; remove the row");
    }
}
