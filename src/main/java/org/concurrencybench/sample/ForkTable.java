package org.concurrencybench.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code forks.csv} as an earlier process left it. A fork's row is written after the last of its samples, so it is the mark
 * that they are all there.
 */
public final class ForkTable {

    private ForkTable() {}

    /**
     * A fork that came to its end.
     *
     * @param key the case
     * @param fork its number, from 1
     * @param wallMillis how long it took
     * @param line all of it as it stands in the file, without the line end
     */
    public record Row(CaseKey key, int fork, double wallMillis, String line) {}

    /**
     * Reads the rows. A last line without its end, which is what a killed process may leave, is no row.
     *
     * @throws FormatException for the first line that is no row, with its number
     * @throws IOException where the file cannot be read
     */
    public static List<Row> read(Path file) throws IOException, FormatException {
        List<Row> rows = new ArrayList<>();
        try (LineReader lines = new LineReader(Files.newInputStream(file))) {
            LineReader.@Nullable Line line = lines.next();
            if (line == null || !line.text().equals(header())) {
                throw FormatException.at(file, 1, "1", "this is not the header of forks; expected " + header());
            }
            for (line = lines.next(); line != null && !isTorn(line); line = lines.next()) {
                rows.add(row(file, line));
            }
        }
        return List.copyOf(rows);
    }

    /** Puts exactly these rows into the file, whole or not at all. */
    public static void write(Path file, List<Row> rows) throws IOException {
        AtomicFile.write(file, out -> {
            out.write(ForkRecord.header());
            for (Row row : rows) {
                out.write((row.line + "\r\n").getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    private static String header() {
        return String.join(",", ForkRecord.HEADER);
    }

    private static boolean isTorn(LineReader.Line line) {
        return !line.ended() && line.fault() != LineReader.Fault.TOO_LONG;
    }

    private static Row row(Path file, LineReader.Line line) throws FormatException {
        try {
            List<String> fields = CsvFields.split(line.text(), ',', ForkRecord.HEADER.size());
            if (line.fault() != LineReader.Fault.NONE || fields.size() < ForkRecord.HEADER.size()) {
                throw new IllegalArgumentException("it has no %d fields".formatted(ForkRecord.HEADER.size()));
            }
            CaseKey key = new CaseKey(
                    text(fields, "benchmark"),
                    text(fields, "workload"),
                    text(fields, "kind"),
                    text(fields, "model"),
                    Params.parse(text(fields, "params")));
            return new Row(
                    key,
                    Integer.parseInt(text(fields, "fork")),
                    Double.parseDouble(text(fields, "wall_ms")),
                    line.text());
        } catch (CsvFields.Fault | IllegalArgumentException e) {
            throw FormatException.at(
                    file,
                    line.number(),
                    "1",
                    "this is no row of forks (%s); remove it to have that fork measured again"
                            .formatted(FormatException.printable(String.valueOf(e.getMessage()))));
        }
    }

    private static String text(List<String> fields, String column) {
        return Csv.unguarded(fields.get(ForkRecord.HEADER.indexOf(column)));
    }
}
