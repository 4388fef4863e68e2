package org.concurrencybench.sample;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * {@code samples.csv}: one row for each fork and iteration.
 *
 * <p>UTF-8, RFC 4180 with CRLF (LF is read as well), numbers with all their digits. Names that a spreadsheet would take for
 * a formula carry an apostrophe in the file and none in a {@link Sample}; names with control characters are refused on both
 * ways, so that a row is always exactly one line. Scores are finite and at most {@link #LARGEST_NUMBER} in size.
 */
public final class SampleCsv {

    /** The columns, in the order in which they are written. */
    public static final List<String> HEADER =
            Arrays.stream(Column.values()).map(Column::label).toList();

    /** Most characters that one field may have when it is read. */
    public static final int LONGEST_FIELD = CsvFields.LONGEST;

    /** Nothing measured is larger, in any unit; sums of squares over a million such numbers are still finite. */
    public static final double LARGEST_NUMBER = 1e150;

    private SampleCsv() {}

    enum Column {
        BENCHMARK,
        WORKLOAD,
        KIND,
        MODEL,
        PARAMS,
        FORK,
        ITERATION,
        PHASE,
        SCORE,
        UNIT,
        DIRECTION,
        CPU_MS,
        RSS_MB;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What a file holds.
     *
     * @param samples in the order of their rows, at least one unless the file was only begun
     * @param warnings one line each; what was left out of {@code samples}, and why
     */
    public record SampleFile(List<Sample> samples, List<String> warnings) {
        public SampleFile {
            samples = List.copyOf(samples);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * Starts a file with its header.
     *
     * @throws java.nio.file.FileAlreadyExistsException where there is such a file: measured data are never overwritten
     */
    public static Writer create(Path file) throws IOException {
        Writer writer = new Writer(FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        try {
            writer.write(Csv.encode(List.of(HEADER)));
            return writer;
        } catch (IOException e) {
            writer.close();
            throw e;
        }
    }

    /**
     * Puts exactly these samples into a file, whole or not at all, over what was there.
     *
     * @throws IOException where it cannot be written; the file is then as it was
     */
    public static void write(Path file, List<Sample> samples) throws IOException {
        byte[] header = Csv.encode(List.of(HEADER));
        byte[] rows = Csv.encode(samples.stream().map(SampleCsv::row).toList());
        AtomicFile.write(file, out -> {
            out.write(header);
            out.write(rows);
        });
    }

    /**
     * Opens a file that {@link #create} started, to append to it. A last line without a line end, which is what a killed
     * process may leave, is cut off first; so {@link #read} the file after this call, not before.
     *
     * @throws IOException where there is no such file or it cannot be written to
     */
    public static Writer reopen(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            long end = endOfLastLine(channel);
            channel.truncate(end);
            Writer writer = new Writer(channel.position(end));
            if (end == 0) {
                writer.write(Csv.encode(List.of(HEADER)));
            }
            return writer;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Reads a whole file and checks every field of it. A last line that was cut off (no line end, and not a row) is left
     * out with a warning, and one that could be whole is kept with a warning; everything else that is wrong ends the reading.
     *
     * @throws FormatException for the first row that is not a sample, with its line and column
     * @throws IOException where the file cannot be read
     */
    public static SampleFile read(Path file) throws IOException, FormatException {
        try (LineReader lines = new LineReader(Files.newInputStream(file))) {
            return new SampleReader(file, lines).read();
        }
    }

    /**
     * Like {@link #read}, of a file that a run has begun: nothing but the header, and perhaps a row that was cut off, is a run
     * that was ended before its first fork was.
     *
     * @return samples, which may be none
     */
    public static SampleFile readBegun(Path file) throws IOException, FormatException {
        try (LineReader lines = new LineReader(Files.newInputStream(file))) {
            return new SampleReader(file, lines).readBegun();
        }
    }

    private static long endOfLastLine(FileChannel channel) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(1 << 13);
        long blockEnd = channel.size();
        while (blockEnd > 0) {
            long blockStart = Math.max(0, blockEnd - block.capacity());
            block.clear().limit((int) (blockEnd - blockStart));
            int read = channel.read(block, blockStart);
            for (int i = read - 1; i >= 0; i--) {
                if (block.get(i) == '\n') {
                    return blockStart + i + 1;
                }
            }
            blockEnd = blockStart;
        }
        return 0;
    }

    /** Appends samples to one file; for one thread at a time. */
    public static final class Writer implements Closeable {

        private final FileChannel channel;

        private Writer(FileChannel channel) {
            this.channel = channel;
        }

        /**
         * Appends the rows in one write and keeps nothing back, so that they outlive a process that is killed right after.
         *
         * @throws IllegalArgumentException for a sample that could not be read back: a score that is not finite, a number
         *     of fork or iteration below 1, an empty benchmark or unit, a control character in a name; nothing is written
         * @throws IOException where the rows could not be written; those that were written in part are taken back
         */
        public void append(List<Sample> samples) throws IOException {
            write(Csv.encode(samples.stream().map(SampleCsv::row).toList()));
        }

        private void write(byte[] rows) throws IOException {
            long before = channel.position();
            ByteBuffer buffer = ByteBuffer.wrap(rows);
            try {
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            } catch (IOException e) {
                takeBack(before, e);
                throw e;
            }
        }

        /** A full disk must not leave half a row that the next one would continue. */
        private void takeBack(long size, IOException cause) {
            try {
                channel.truncate(size);
            } catch (IOException e) {
                cause.addSuppressed(e);
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    private static List<String> row(Sample sample) {
        CaseKey key = sample.key();
        return Arrays.stream(Column.values())
                .map(column -> switch (column) {
                    case BENCHMARK -> Csv.text(column.label(), named(column, key.benchmark()));
                    case WORKLOAD -> Csv.text(column.label(), key.workload());
                    case KIND -> Csv.text(column.label(), key.kind());
                    case MODEL -> Csv.text(column.label(), key.model());
                    case PARAMS -> Csv.text(column.label(), key.params().toCell());
                    case FORK -> counted(column, sample.fork());
                    case ITERATION -> counted(column, sample.iteration());
                    case PHASE -> sample.phase().label();
                    case SCORE -> measured(column, sample.score());
                    case UNIT -> Csv.text(column.label(), named(column, sample.unit()));
                    case DIRECTION -> sample.direction().label();
                    case CPU_MS -> notNegative(column, sample.cpuMillis());
                    case RSS_MB -> notNegative(column, sample.rssMebibytes());
                })
                .toList();
    }

    private static String named(Column column, String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a sample without " + column.label());
        }
        return text;
    }

    private static String counted(Column column, int number) {
        if (number < 1) {
            throw new IllegalArgumentException("%s %d is not 1 or more".formatted(column.label(), number));
        }
        return Integer.toString(number);
    }

    private static String measured(Column column, double number) {
        if (!isMeasurable(number)) {
            throw new IllegalArgumentException("%s %s cannot have been measured".formatted(column.label(), number));
        }
        return Double.toString(number);
    }

    private static String notNegative(Column column, OptionalDouble number) {
        if (number.isEmpty()) {
            return "";
        }
        if (number.getAsDouble() < 0) {
            throw new IllegalArgumentException("%s %s is below 0".formatted(column.label(), number.getAsDouble()));
        }
        return measured(column, number.getAsDouble());
    }

    /** Whether a number is finite and of a size that arithmetic on it stays so. */
    static boolean isMeasurable(double number) {
        return Math.abs(number) <= LARGEST_NUMBER;
    }
}
