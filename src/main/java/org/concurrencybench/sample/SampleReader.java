package org.concurrencybench.sample;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import org.concurrencybench.sample.SampleCsv.Column;
import org.concurrencybench.sample.SampleCsv.SampleFile;
import org.jspecify.annotations.Nullable;

/**
 * Reads one {@code samples.csv}.
 *
 * <p>Splits lines itself rather than through a CSV library: a row is one line here, so a lost quote is an error in its own
 * line and column instead of a field that swallows the rest of the file, and a line that was cut off is known as such.
 */
final class SampleReader {

    private static final Column[] COLUMNS = Column.values();
    private static final Map<String, Phase> PHASES =
            Arrays.stream(Phase.values()).collect(toUnmodifiableMap(Phase::label, identity()));
    private static final Map<String, Direction> DIRECTIONS =
            Arrays.stream(Direction.values()).collect(toUnmodifiableMap(Direction::label, identity()));

    private static final Pattern COUNT = Pattern.compile("[0-9]+");
    private static final String DECIMAL = "0123456789.+-eE";

    private final Path file;
    private final LineReader lines;
    private final List<Sample> samples = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private long lastNumber = 1;
    private final Map<RawKey, Case> casesAsWritten = new HashMap<>();
    private final Map<CaseKey, Case> cases = new HashMap<>();
    private final Map<Column, Integer> fieldOfColumn = new EnumMap<>(Column.class);
    private List<String> header = List.of();

    SampleReader(Path file, LineReader lines) {
        this.file = file;
        this.lines = lines;
    }

    /** The five fields that name a case, as they stand in the file. */
    private record RawKey(String benchmark, String workload, String kind, String model, String params) {}

    /** What all rows of a case share, and which of them there were. */
    private record Case(CaseKey key, String unit, Direction direction, Set<Long> rows) {

        /** Whether this is the first row of that fork, phase and iteration. */
        boolean isNew(Sample sample) {
            long phase = sample.phase() == Phase.WARMUP ? 1L << 32 : 0;
            long row = (long) sample.fork() << 33 | phase | sample.iteration();
            // Spread by an odd factor, which keeps different rows different: Long's own hash folds the halves onto each
            // other, and a thousand forks of a thousand iterations would fall into two thousand buckets.
            return rows.add(row * 0x9E3779B97F4A7C15L);
        }
    }

    SampleFile read() throws IOException, FormatException {
        SampleFile whole = readBegun();
        if (whole.samples().isEmpty()) {
            throw FormatException.at(
                    file, lastNumber, header.getFirst(), "there is no sample in this file; measure again");
        }
        return whole;
    }

    SampleFile readBegun() throws IOException, FormatException {
        readHeader();
        for (Column column : COLUMNS) {
            fieldOfColumn.put(column, header.indexOf(column.label()));
        }
        LineReader.@Nullable Line line = lines.next();
        while (line != null) {
            lastNumber = line.number();
            if (!line.text().isEmpty() || line.fault() != LineReader.Fault.NONE) {
                readRow(line);
            }
            line = lines.next();
        }
        return new SampleFile(samples, warnings);
    }

    private void readHeader() throws IOException, FormatException {
        LineReader.@Nullable Line line = lines.next();
        if (line == null) {
            throw FormatException.at(file, 1, "1", "the file is empty; expected the header " + expectedHeader());
        }
        String text = line.text();
        // Spreadsheets mark UTF-8 with a byte order mark; it is not part of the first column's name.
        List<String> found = split(
                text.startsWith("\uFEFF")
                        ? new LineReader.Line(line.number(), text.substring(1), line.ended(), line.fault())
                        : line);
        for (int i = 0; i < found.size(); i++) {
            String name = found.get(i);
            if (!SampleCsv.HEADER.contains(name)) {
                throw FormatException.at(
                        file,
                        line.number(),
                        Integer.toString(i + 1),
                        "%s is no column of samples; expected the header %s"
                                .formatted(FormatException.quoted(name), expectedHeader()));
            }
            if (found.indexOf(name) < i) {
                throw FormatException.at(file, line.number(), name, "this column stands twice; remove one of them");
            }
        }
        for (String name : SampleCsv.HEADER) {
            if (!found.contains(name)) {
                throw FormatException.at(
                        file, line.number(), name, "this column is missing; expected the header " + expectedHeader());
            }
        }
        header = found;
    }

    private static String expectedHeader() {
        return String.join(",", SampleCsv.HEADER);
    }

    private void readRow(LineReader.Line line) throws FormatException {
        Case known;
        Sample sample;
        try {
            Row row = new Row(line.number(), split(line));
            known = row.caseOf();
            sample = row.sample(known);
        } catch (FormatException e) {
            if (line.ended() || line.fault() == LineReader.Fault.TOO_LONG) {
                throw e;
            }
            warnings.add(e.getMessage() + " (the last line has no line end and was cut off; it is left out)");
            return;
        }
        if (!known.isNew(sample)) {
            throw FormatException.at(
                    file,
                    line.number(),
                    Column.ITERATION.label(),
                    "%s iteration %d of fork %d stands twice for this case; remove one of the two rows"
                            .formatted(sample.phase().label(), sample.iteration(), sample.fork()));
        }
        samples.add(sample);
        if (!line.ended()) {
            warnings.add(FormatException.at(
                            file,
                            line.number(),
                            header.getLast(),
                            "the last line has no line end, so this value may be cut short; add one if it is whole")
                    .getMessage());
        }
    }

    /** The fields of a line, as many as there are columns. */
    private List<String> split(LineReader.Line line) throws FormatException {
        String text = line.text();
        switch (line.fault()) {
            case NONE -> {}
            case NOT_UTF_8 ->
                throw fault(line, CsvFields.separators(text, ','), "a byte here is not UTF-8; save the file as UTF-8");
            case TOO_LONG ->
                throw fault(
                        line,
                        CsvFields.separators(text, ','),
                        "the line has more than %d bytes; is this a file of samples?"
                                .formatted(LineReader.LONGEST_LINE));
        }
        try {
            return CsvFields.split(text, ',', COLUMNS.length);
        } catch (CsvFields.Fault e) {
            throw fault(line, e.field(), e.complaint());
        }
    }

    private FormatException fault(LineReader.Line line, int field, String complaint) {
        String column = field < header.size() ? header.get(field) : Integer.toString(field + 1);
        return FormatException.at(file, line.number(), column, complaint);
    }

    /** One row under conversion. */
    private final class Row {

        private final long number;
        private final List<String> fields;

        Row(long number, List<String> fields) throws FormatException {
            this.number = number;
            this.fields = fields;
            if (fields.size() < COLUMNS.length) {
                throw FormatException.at(
                        file,
                        number,
                        header.get(fields.size()),
                        "the line ends before this column; complete it or remove it");
            }
        }

        /** The case of this row: the one that earlier rows had, where there are such. */
        Case caseOf() throws FormatException {
            RawKey raw = new RawKey(
                    field(Column.BENCHMARK),
                    field(Column.WORKLOAD),
                    field(Column.KIND),
                    field(Column.MODEL),
                    field(Column.PARAMS));
            Case known = casesAsWritten.get(raw);
            if (known != null) {
                return known;
            }
            CaseKey key = new CaseKey(
                    name(Column.BENCHMARK), text(Column.WORKLOAD), text(Column.KIND), text(Column.MODEL), params());
            known = cases.get(key);
            if (known == null) {
                known = new Case(key, name(Column.UNIT), oneOf(DIRECTIONS, Column.DIRECTION), new HashSet<>());
                cases.put(key, known);
            }
            casesAsWritten.put(raw, known);
            return known;
        }

        Sample sample(Case known) throws FormatException {
            Sample sample = new Sample(
                    known.key(),
                    count(Column.FORK),
                    count(Column.ITERATION),
                    oneOf(PHASES, Column.PHASE),
                    number(Column.SCORE),
                    known.unit(),
                    oneOf(DIRECTIONS, Column.DIRECTION),
                    notNegative(Column.CPU_MS),
                    notNegative(Column.RSS_MB));
            if (!text(Column.UNIT).equals(known.unit())) {
                throw other(Column.UNIT, known.unit());
            }
            if (sample.direction() != known.direction()) {
                throw other(Column.DIRECTION, known.direction().label());
            }
            return sample;
        }

        private String field(Column column) {
            return fields.get(Objects.requireNonNull(fieldOfColumn.get(column)));
        }

        private String text(Column column) throws FormatException {
            String text = Csv.unguarded(field(column));
            if (!Csv.isPlain(text)) {
                throw wrong(column, "a control character stands here; remove it");
            }
            return text;
        }

        private String name(Column column) throws FormatException {
            String text = text(column);
            if (text.isEmpty()) {
                throw wrong(column, "the field is empty; fill it in");
            }
            return text;
        }

        private Params params() throws FormatException {
            try {
                return Params.parse(text(Column.PARAMS));
            } catch (IllegalArgumentException e) {
                throw wrong(Column.PARAMS, e.getMessage() + "; write name=value;name=value");
            }
        }

        private <T> T oneOf(Map<String, T> values, Column column) throws FormatException {
            T value = values.get(field(column));
            if (value == null) {
                throw wrong(
                        column,
                        "%s is not known; write one of %s"
                                .formatted(
                                        FormatException.quoted(field(column)),
                                        String.join(
                                                ", ",
                                                values.keySet().stream()
                                                        .sorted()
                                                        .toList())));
            }
            return value;
        }

        private int count(Column column) throws FormatException {
            String field = field(column);
            try {
                int count = COUNT.matcher(field).matches() ? Integer.parseInt(field) : 0;
                if (count > 0) {
                    return count;
                }
            } catch (NumberFormatException e) {
                // Too large for an int: the same complaint as for every other text that is no count.
            }
            throw wrong(
                    column,
                    "%s is not a number from 1 to %d; write one"
                            .formatted(FormatException.quoted(field), Integer.MAX_VALUE));
        }

        private double number(Column column) throws FormatException {
            String field = field(column);
            double number = isDecimal(field) ? parsed(field) : Double.NaN;
            if (!SampleCsv.isMeasurable(number)) {
                throw wrong(
                        column,
                        "%s is not a finite number up to %s; write one such as 12.5"
                                .formatted(FormatException.quoted(field), SampleCsv.LARGEST_NUMBER));
            }
            return number;
        }

        private OptionalDouble notNegative(Column column) throws FormatException {
            if (field(column).isEmpty()) {
                return OptionalDouble.empty();
            }
            double number = number(column);
            if (number < 0) {
                throw wrong(
                        column,
                        "%s is below 0; leave the field empty where nothing was measured"
                                .formatted(FormatException.quoted(field(column))));
            }
            return OptionalDouble.of(number);
        }

        private FormatException other(Column column, String before) {
            return wrong(
                    column,
                    "%s, but earlier rows of this case have %s; keep the two in different files"
                            .formatted(FormatException.quoted(field(column)), FormatException.quoted(before)));
        }

        private FormatException wrong(Column column, String complaint) {
            return FormatException.at(file, number, column.label(), complaint);
        }
    }

    /** Whether text has only the characters of a decimal number: Double.parseDouble takes blanks, hexadecimals, "1d". */
    private static boolean isDecimal(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (DECIMAL.indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    private static double parsed(String decimal) {
        try {
            return Double.parseDouble(decimal);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
