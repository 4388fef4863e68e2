package org.concurrencybench.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * {@code timelines.csv}: who did what when in small batches that were run for that picture after the measurement. UTF-8, RFC
 * 4180, times in nanoseconds since the batch's start. For each workload, model and set of parameters there is one row in state
 * {@code batch}, before the rows of its workers.
 */
public final class TimelineCsv {

    /** The columns, in the order in which they are written. */
    public static final List<String> HEADER =
            Arrays.stream(Column.values()).map(Column::label).toList();

    /** Most rows that are read: a hundred times what a run of all models writes. */
    public static final int MOST_ROWS = 200_000;

    /** No batch of ours takes as long: a day. */
    static final long LONGEST_NANOS = 86_400_000_000_000L;

    private TimelineCsv() {}

    enum Column {
        WORKLOAD,
        MODEL,
        PARAMS,
        WORKER,
        STATE,
        FIRST_TASK,
        END_TASK,
        START_NS,
        END_NS;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Writes the file whole or not at all. */
    public static void write(Path file, List<TimelineSpan> spans) throws IOException {
        byte[] head = Csv.encode(List.of(HEADER));
        byte[] rows = Csv.encode(spans.stream().map(TimelineCsv::row).toList());
        AtomicFile.write(file, out -> {
            out.write(head);
            out.write(rows);
        });
    }

    /**
     * Reads a whole file and checks every field of it.
     *
     * @throws FormatException for the first row that is none, with its line and column
     * @throws IOException where the file cannot be read
     */
    public static List<TimelineSpan> read(Path file) throws IOException, FormatException {
        try (LineReader lines = new LineReader(Files.newInputStream(file))) {
            return new TimelineReader(file, lines).read();
        }
    }

    private static List<String> row(TimelineSpan span) {
        return List.of(
                Csv.text(Column.WORKLOAD.label(), span.workload()),
                Csv.text(Column.MODEL.label(), span.model()),
                Csv.text(Column.PARAMS.label(), span.params().toCell()),
                Csv.text(Column.WORKER.label(), span.worker()),
                span.state().label(),
                Integer.toString(span.firstTask()),
                Integer.toString(span.endTask()),
                Long.toString(span.startNanos()),
                Long.toString(span.endNanos()));
    }
}
