package org.concurrencybench.sample;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what JMH 1.2x to 1.37 writes under {@code -rf csv} and {@code -rf scsv}: a row for each case with its score over
 * all iterations and that score's error, no forks. JMH spells numbers as its user's locale does, so a decimal comma is
 * taken as well, and said. A row whose name has a colon in it is a secondary result.
 */
final class JmhCsvReader {

    private static final Pattern HEADER = Pattern.compile("\"?Benchmark\"?[,;]\"?Mode\"?[,;].*", Pattern.DOTALL);
    private static final List<String> COLUMNS = List.of("Benchmark", "Mode", "Threads", "Samples", "Score");
    private static final String ERROR = "Score Error (99";
    private static final String UNIT = "Unit";
    private static final String PARAM = "Param: ";
    private static final int FIRST_PARAM = 7;
    private static final int MOST_COLUMNS = 1000;
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+([.,][0-9]+)?([eE][-+]?[0-9]+)?");
    private static final Pattern COUNT = Pattern.compile("[0-9]{1,15}");

    private final Path file;
    private final LineReader lines;
    private final List<MeasuredCase> cases = new ArrayList<>();
    private final List<Long> linesOfCases = new ArrayList<>();
    private final List<SecondaryResult> secondary = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private List<String> header = List.of();
    private char delimiter = ',';
    private boolean decimalComma;

    private JmhCsvReader(Path file, LineReader lines) {
        this.file = file;
        this.lines = lines;
    }

    /** One row; a parameter's value may hold line breaks, so it may be several lines. */
    private record Row(long line, boolean ended, List<String> fields) {}

    /** Whether a file that begins like this is one of JMH's. */
    static boolean isHeader(String start) {
        return HEADER.matcher(start).matches();
    }

    static MeasuredFile read(Path file) throws IOException, FormatException {
        try (LineReader lines = new LineReader(Files.newInputStream(file))) {
            return new JmhCsvReader(file, lines).read();
        }
    }

    private MeasuredFile read() throws IOException, FormatException {
        readHeader();
        for (LineReader.Line line = lines.next(); line != null; line = lines.next()) {
            if (!line.text().isBlank() || line.fault() != LineReader.Fault.NONE) {
                readRow(line);
            }
        }
        if (decimalComma) {
            warnings.addFirst("%s: its numbers are written with a decimal comma, and are read so"
                    .formatted(FormatException.printable(file.toString())));
        }
        return MeasuredFiles.checked(
                new MeasuredFile(file, cases, secondary, Optional.empty(), Optional.empty(), warnings),
                index -> "%d:%s".formatted(linesOfCases.get(index), COLUMNS.getFirst()));
    }

    private void readHeader() throws IOException, FormatException {
        LineReader.@Nullable Line line = lines.next();
        String text = line == null ? "" : line.text();
        if (line != null && text.startsWith("\uFEFF")) {
            text = text.substring(1);
            line = new LineReader.Line(line.number(), text, line.ended(), line.fault());
        }
        if (line == null) {
            throw FormatException.at(file, 1, "1", "the file is empty; measure again");
        }
        int mode = text.indexOf("Mode");
        delimiter = mode > 1 ? text.charAt(mode - (text.charAt(mode - 1) == '"' ? 2 : 1)) : ',';
        try {
            header = fields(line, MOST_COLUMNS);
        } catch (CsvFields.Fault e) {
            throw FormatException.at(file, 1, Integer.toString(e.field() + 1), e.complaint());
        }
        for (int i = 0; i < COLUMNS.size(); i++) {
            expect(i, COLUMNS.get(i), i < header.size() && header.get(i).equals(COLUMNS.get(i)));
        }
        expect(5, ERROR + ".9%)", header.size() > 5 && header.get(5).startsWith(ERROR));
        expect(6, UNIT, header.size() > 6 && header.get(6).equals(UNIT));
        for (int i = FIRST_PARAM; i < header.size(); i++) {
            String name = header.get(i);
            expect(i, PARAM + "name", name.startsWith(PARAM) && name.length() > PARAM.length());
            if (header.indexOf(name) < i) {
                throw FormatException.at(file, 1, name, "this column stands twice; remove one of them");
            }
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

    private void readRow(LineReader.Line first) throws IOException, FormatException {
        boolean ended = first.ended();
        try {
            Row row = row(first);
            ended = row.ended();
            take(row);
            if (!row.ended()) {
                warnings.add(FormatException.at(
                                file,
                                row.line(),
                                header.getLast(),
                                "the last line has no line end, so this value may be cut short; add one if it is whole")
                        .getMessage());
            }
        } catch (FormatException e) {
            if (ended || first.fault() == LineReader.Fault.TOO_LONG) {
                throw e;
            }
            warnings.add(e.getMessage() + " (the last line has no line end and was cut off; it is left out)");
        }
    }

    /** The row that begins in this line: so many lines as it takes to close its quotes. */
    private Row row(LineReader.Line first) throws IOException, FormatException {
        LineReader.Line line = first;
        while (true) {
            try {
                List<String> fields = fields(line, header.size());
                if (fields.size() < header.size()) {
                    throw FormatException.at(
                            file,
                            first.number(),
                            header.get(fields.size()),
                            "the row has %d fields where the header has %d; was the file cut off?"
                                    .formatted(fields.size(), header.size()));
                }
                return new Row(first.number(), line.ended(), fields);
            } catch (CsvFields.Fault e) {
                LineReader.@Nullable Line next = e.quoteIsOpen() && line.ended() ? lines.next() : null;
                if (next == null || line.text().length() + next.text().length() > LineReader.LONGEST_LINE) {
                    throw at(first.number(), e.field(), e.complaint());
                }
                line = new LineReader.Line(
                        first.number(), line.text() + "\n" + next.text(), next.ended(), next.fault());
            }
        }
    }

    private List<String> fields(LineReader.Line line, int most) throws FormatException, CsvFields.Fault {
        String text = line.text();
        switch (line.fault()) {
            case NONE -> {}
            case NOT_UTF_8 ->
                throw at(
                        line.number(),
                        CsvFields.separators(text, delimiter),
                        "a byte here is not UTF-8; save the file as UTF-8");
            case TOO_LONG ->
                throw at(
                        line.number(),
                        CsvFields.separators(text, delimiter),
                        "the line has more than %d bytes; is it a JMH result?".formatted(LineReader.LONGEST_LINE));
        }
        return CsvFields.split(text, delimiter, most);
    }

    private FormatException at(long line, int field, String complaint) {
        String column = field < header.size() ? header.get(field) : Integer.toString(field + 1);
        return FormatException.at(file, line, column, complaint);
    }

    private void take(Row row) throws FormatException {
        String label = row.fields().getFirst();
        if (label.isEmpty() || !Csv.isPlain(label)) {
            throw at(row.line(), 0, "there is no benchmark's name here; write one");
        }
        String unit = row.fields().get(6);
        int colon = label.indexOf(':');
        String mode = row.fields().get(1);
        Params params = params(row);
        OptionalDouble score = number(row, 4);
        OptionalDouble error = number(row, 5);
        if (colon >= 0) {
            secondary.add(new SecondaryResult(
                    label.substring(0, colon), params, mode, label.substring(colon + 1), score, error, unit));
            return;
        }
        Direction direction;
        try {
            direction = JmhModes.direction(mode, unit);
        } catch (IllegalArgumentException e) {
            throw at(row.line(), 1, String.valueOf(e.getMessage()));
        }
        int threads = Math.toIntExact(count(row, 2, Integer.MAX_VALUE));
        long samples = count(row, 3, Long.MAX_VALUE);
        if (score.isEmpty()) {
            throw at(row.line(), 4, "the score is not a number; measure this case again");
        }
        linesOfCases.add(row.line());
        cases.add(new MeasuredCase(
                label,
                params,
                mode,
                threads,
                unit,
                direction,
                new MeasuredCase.Scores.Pooled(score.getAsDouble(), withRounding(error, row), samples)));
    }

    /**
     * The error with what rounding may have taken from it and from the score: JMH writes six decimals, which of a microsecond
     * in seconds leaves one digit, and errors of 0.
     */
    private static OptionalDouble withRounding(OptionalDouble error, Row row) {
        if (error.isEmpty()) {
            return error;
        }
        BigDecimal written = decimal(row.fields().get(5));
        BigDecimal digits = decimal(row.fields().get(4)).ulp().add(written.ulp());
        return OptionalDouble.of(
                written.abs().add(digits.divide(BigDecimal.TWO)).doubleValue());
    }

    private static BigDecimal decimal(String number) {
        return new BigDecimal(number.replace(',', '.'));
    }

    private Params params(Row row) throws FormatException {
        Map<String, String> params = new TreeMap<>();
        for (int i = FIRST_PARAM; i < header.size(); i++) {
            // A parameter that this benchmark lacks and another has leaves its field empty.
            if (!row.fields().get(i).isEmpty()) {
                params.put(header.get(i).substring(PARAM.length()), row.fields().get(i));
            }
        }
        try {
            return Params.of(params);
        } catch (IllegalArgumentException e) {
            throw FormatException.at(file, row.line(), PARAM.strip(), e.getMessage() + "; rename it");
        }
    }

    private long count(Row row, int column, long most) throws FormatException {
        String field = row.fields().get(column);
        long count = COUNT.matcher(field).matches() ? Long.parseLong(field) : 0;
        if (count < 1 || count > most) {
            throw at(
                    row.line(),
                    column,
                    "%s is not a number from 1; write one".formatted(FormatException.quoted(field)));
        }
        return count;
    }

    /** Absent for {@code NaN}, which is what JMH writes where there is no error to speak of. */
    private OptionalDouble number(Row row, int column) throws FormatException {
        String field = row.fields().get(column);
        if (field.equals("NaN") || field.equals("\uFFFD")) {
            return OptionalDouble.empty();
        }
        double number = NUMBER.matcher(field).matches() ? Double.parseDouble(field.replace(',', '.')) : Double.NaN;
        if (!SampleCsv.isMeasurable(number)) {
            throw at(
                    row.line(),
                    column,
                    "%s is not a finite number; write one such as 12.5".formatted(FormatException.quoted(field)));
        }
        decimalComma |= field.indexOf(',') >= 0;
        return OptionalDouble.of(number);
    }
}
