package org.concurrencybench.sample;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.concurrencybench.sample.TimelineCsv.Column;
import org.jspecify.annotations.Nullable;

/** Reads one {@code timelines.csv}; the columns stand in the order in which they are written. */
final class TimelineReader {

    private static final Map<String, TimelineSpan.State> STATES = Arrays.stream(TimelineSpan.State.values())
            .collect(toUnmodifiableMap(TimelineSpan.State::label, identity()));

    private final Path file;
    private final LineReader lines;
    private final List<TimelineSpan> spans = new ArrayList<>();
    private final Set<BatchKey> batches = new HashSet<>();

    TimelineReader(Path file, LineReader lines) {
        this.file = file;
        this.lines = lines;
    }

    private record BatchKey(String workload, String model, Params params) {}

    List<TimelineSpan> read() throws IOException, FormatException {
        String expected = String.join(",", TimelineCsv.HEADER);
        LineReader.@Nullable Line line = lines.next();
        if (line == null) {
            throw FormatException.at(file, 1, "1", "the file is empty; expected the header " + expected);
        }
        if (!fields(line).equals(TimelineCsv.HEADER)) {
            throw FormatException.at(file, 1, "1", "this is not the header of timelines; expected " + expected);
        }
        for (line = lines.next(); line != null; line = lines.next()) {
            if (!line.text().isEmpty() || line.fault() != LineReader.Fault.NONE) {
                if (spans.size() == TimelineCsv.MOST_ROWS) {
                    throw FormatException.at(
                            file,
                            line.number(),
                            Column.WORKLOAD.label(),
                            "the file has more than %d rows; is it one of ours?".formatted(TimelineCsv.MOST_ROWS));
                }
                add(line.number(), fields(line));
            }
        }
        return List.copyOf(spans);
    }

    private List<String> fields(LineReader.Line line) throws FormatException {
        switch (line.fault()) {
            case NONE -> {}
            case NOT_UTF_8 ->
                throw at(
                        line.number(),
                        CsvFields.separators(line.text(), ','),
                        "a byte here is not UTF-8; save the file as UTF-8");
            case TOO_LONG ->
                throw at(
                        line.number(),
                        CsvFields.separators(line.text(), ','),
                        "the line has more than %d bytes; is this a file of timelines?"
                                .formatted(LineReader.LONGEST_LINE));
        }
        try {
            List<String> fields = CsvFields.split(line.text(), ',', TimelineCsv.HEADER.size());
            if (fields.size() < TimelineCsv.HEADER.size()) {
                throw at(line.number(), fields.size(), "the line ends before this column; complete it or remove it");
            }
            return fields;
        } catch (CsvFields.Fault e) {
            throw at(line.number(), e.field(), e.complaint());
        }
    }

    private static int index(Column column) {
        return TimelineCsv.HEADER.indexOf(column.label());
    }

    private FormatException at(long line, int field, String complaint) {
        int column = Math.min(field, TimelineCsv.HEADER.size() - 1);
        return FormatException.at(file, line, TimelineCsv.HEADER.get(column), complaint);
    }

    private void add(long line, List<String> fields) throws FormatException {
        TimelineSpan span = new TimelineSpan(
                text(line, fields, Column.WORKLOAD),
                text(line, fields, Column.MODEL),
                params(line, fields),
                text(line, fields, Column.WORKER),
                state(line, fields),
                (int) number(line, fields, Column.FIRST_TASK, Integer.MAX_VALUE),
                (int) number(line, fields, Column.END_TASK, Integer.MAX_VALUE),
                number(line, fields, Column.START_NS, TimelineCsv.LONGEST_NANOS),
                number(line, fields, Column.END_NS, TimelineCsv.LONGEST_NANOS));
        if (span.endTask() < span.firstTask()) {
            throw at(line, index(Column.END_TASK), "the last task is before the first; correct one of them");
        }
        if (span.endNanos() < span.startNanos()) {
            throw at(line, index(Column.END_NS), "it ends before it starts; correct one of them");
        }
        BatchKey batch = new BatchKey(span.workload(), span.model(), span.params());
        if (span.state() == TimelineSpan.State.BATCH) {
            if (!batches.add(batch)) {
                throw at(line, index(Column.STATE), "this batch stands twice; remove one of the two");
            }
        } else if (!batches.contains(batch)) {
            throw at(line, index(Column.STATE), "no row 'batch' of this batch stands before this one; put it there");
        }
        spans.add(span);
    }

    private String text(long line, List<String> fields, Column column) throws FormatException {
        String text = Csv.unguarded(fields.get(index(column)));
        if (text.isEmpty()) {
            throw at(line, index(column), "the field is empty; fill it in");
        }
        if (!Csv.isPlain(text)) {
            throw at(line, index(column), "a control character stands here; remove it");
        }
        return text;
    }

    private Params params(long line, List<String> fields) throws FormatException {
        try {
            return Params.parse(Csv.unguarded(fields.get(index(Column.PARAMS))));
        } catch (IllegalArgumentException e) {
            throw at(line, index(Column.PARAMS), e.getMessage() + "; write name=value;name=value");
        }
    }

    private TimelineSpan.State state(long line, List<String> fields) throws FormatException {
        String label = fields.get(index(Column.STATE));
        TimelineSpan.State state = STATES.get(label);
        if (state == null) {
            throw at(
                    line,
                    index(Column.STATE),
                    "%s is not known; write one of %s"
                            .formatted(
                                    FormatException.quoted(label),
                                    Stream.of(TimelineSpan.State.values())
                                            .map(TimelineSpan.State::label)
                                            .collect(Collectors.joining(", "))));
        }
        return state;
    }

    private long number(long line, List<String> fields, Column column, long most) throws FormatException {
        String field = fields.get(index(column));
        long number = field.matches("[0-9]{1,18}") ? Long.parseLong(field) : -1;
        if (number < 0 || number > most) {
            throw at(
                    line,
                    index(column),
                    "%s is not a whole number from 0 to %d; correct it".formatted(FormatException.quoted(field), most));
        }
        return number;
    }
}
