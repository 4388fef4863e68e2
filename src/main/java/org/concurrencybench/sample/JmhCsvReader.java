package org.concurrencybench.sample;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads what JMH 1.2x to 1.37 writes under {@code -rf csv} and {@code -rf scsv}: a row for each case with its score over
 * all iterations and that score's error, no forks. JMH spells numbers as its user's locale does, so a decimal comma is
 * taken as well. Rows of secondary results, whose name has a colon in it, are left out.
 */
final class JmhCsvReader {

    private static final Pattern HEADER = Pattern.compile("\"?Benchmark\"?[,;]\"?Mode\"?[,;].*", Pattern.DOTALL);
    private static final List<String> COLUMNS = List.of("Benchmark", "Mode", "Threads", "Samples", "Score");
    private static final String ERROR = "Score Error (99";
    private static final String UNIT = "Unit";
    private static final String PARAM = "Param: ";
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+([.,][0-9]+)?([eE][-+]?[0-9]+)?");
    private static final Pattern COUNT = Pattern.compile("[0-9]{1,15}");

    private final Path file;
    private final List<String> header;
    private final List<MeasuredCase> cases = new ArrayList<>();

    private JmhCsvReader(Path file, List<String> header) {
        this.file = file;
        this.header = header;
    }

    /** Whether a file that begins like this is one of JMH's. */
    static boolean isHeader(String start) {
        return HEADER.matcher(start).matches();
    }

    static MeasuredFile read(Path file, byte[] bytes) throws IOException, FormatException {
        String text = decoded(file, bytes);
        char delimiter = text.charAt(text.indexOf("Mode") - (text.charAt(text.indexOf("Mode") - 1) == '"' ? 2 : 1));
        CSVFormat format = CSVFormat.RFC4180.builder().setDelimiter(delimiter).get();
        try (CSVParser parser = CSVParser.parse(new StringReader(text), format)) {
            Iterator<CSVRecord> rows = parser.iterator();
            JmhCsvReader reader = new JmhCsvReader(file, rows.next().toList());
            reader.checkHeader();
            // Asking whether there is a row reads it, so its first line is the one after the last row's last.
            long line = parser.getCurrentLineNumber() + 1;
            while (rows.hasNext()) {
                reader.readRow(line, rows.next());
                line = parser.getCurrentLineNumber() + 1;
            }
            return MeasuredFiles.checked(
                    new MeasuredFile(file, reader.cases, Optional.empty(), Optional.empty(), List.of()));
        } catch (UncheckedIOException e) {
            // The parser's own words name the line: a lost quote, or the end of the file inside of one.
            throw new FormatException("%s: %s; write the file again"
                    .formatted(
                            FormatException.printable(file.toString()),
                            FormatException.printable(String.valueOf(e.getMessage()))));
        }
    }

    private static String decoded(Path file, byte[] bytes) throws FormatException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw FormatException.at(file, 1, "1", "the file is not UTF-8; save it as UTF-8");
        }
    }

    private void checkHeader() throws FormatException {
        for (int i = 0; i < COLUMNS.size(); i++) {
            expect(i, COLUMNS.get(i), i < header.size() && header.get(i).equals(COLUMNS.get(i)));
        }
        expect(5, ERROR + ".9%)", header.size() > 5 && header.get(5).startsWith(ERROR));
        expect(6, UNIT, header.size() > 6 && header.get(6).equals(UNIT));
        for (int i = 7; i < header.size(); i++) {
            expect(
                    i,
                    PARAM + "name",
                    header.get(i).startsWith(PARAM) && header.get(i).length() > PARAM.length());
        }
    }

    private void expect(int index, String name, boolean holds) throws FormatException {
        if (!holds) {
            throw FormatException.at(
                    file,
                    1,
                    Integer.toString(index + 1),
                    "JMH writes '%s' here; write the file with -rf csv".formatted(name));
        }
    }

    private void readRow(long line, CSVRecord row) throws FormatException {
        if (row.size() == 1 && row.get(0).isBlank()) {
            return;
        }
        if (row.size() != header.size()) {
            throw FormatException.at(
                    file,
                    line,
                    Integer.toString(Math.min(row.size(), header.size()) + 1),
                    "the row has %d fields where the header has %d; was the file cut off?"
                            .formatted(row.size(), header.size()));
        }
        String benchmark = row.get(0);
        if (benchmark.isEmpty() || !Csv.isPlain(benchmark)) {
            throw FormatException.at(file, line, "Benchmark", "there is no benchmark's name here; write one");
        }
        if (benchmark.indexOf(':') >= 0) {
            return;
        }
        String unit = row.get(6);
        Direction direction;
        try {
            direction = JmhModes.direction(row.get(1), unit);
        } catch (IllegalArgumentException e) {
            throw FormatException.at(file, line, "Mode", String.valueOf(e.getMessage()));
        }
        OptionalDouble score = number(line, 4, row);
        if (score.isEmpty()) {
            throw FormatException.at(file, line, "Score", "the score is not a number; measure this case again");
        }
        cases.add(new MeasuredCase(
                benchmark,
                params(line, row),
                row.get(1),
                Math.toIntExact(count(line, 2, row, Integer.MAX_VALUE)),
                unit,
                direction,
                new MeasuredCase.Scores.Pooled(
                        score.getAsDouble(), number(line, 5, row), count(line, 3, row, Long.MAX_VALUE))));
    }

    private Params params(long line, CSVRecord row) throws FormatException {
        Map<String, String> params = new TreeMap<>();
        for (int i = 7; i < header.size(); i++) {
            // A parameter that this benchmark lacks and another has leaves its field empty.
            if (!row.get(i).isEmpty()) {
                params.put(header.get(i).substring(PARAM.length()), row.get(i));
            }
        }
        try {
            return Params.of(params);
        } catch (IllegalArgumentException e) {
            throw FormatException.at(file, line, PARAM.strip(), e.getMessage() + "; rename it");
        }
    }

    private long count(long line, int column, CSVRecord row, long most) throws FormatException {
        String field = row.get(column);
        long count = COUNT.matcher(field).matches() ? Long.parseLong(field) : 0;
        if (count < 1 || count > most) {
            throw FormatException.at(
                    file,
                    line,
                    header.get(column),
                    "%s is not a number from 1; write one".formatted(FormatException.quoted(field)));
        }
        return count;
    }

    /** Absent for {@code NaN}, which is what JMH writes where there is no error to speak of. */
    private OptionalDouble number(long line, int column, CSVRecord row) throws FormatException {
        String field = row.get(column);
        if (field.equals("NaN") || field.equals("\uFFFD")) {
            return OptionalDouble.empty();
        }
        double number = NUMBER.matcher(field).matches() ? Double.parseDouble(field.replace(',', '.')) : Double.NaN;
        if (!SampleCsv.isMeasurable(number)) {
            throw FormatException.at(
                    file,
                    line,
                    header.get(column),
                    "%s is not a finite number; write one such as 12.5".formatted(FormatException.quoted(field)));
        }
        return OptionalDouble.of(number);
    }
}
