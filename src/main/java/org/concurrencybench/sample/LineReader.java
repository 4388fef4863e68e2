package org.concurrencybench.sample;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The lines of a UTF-8 stream, strictly decoded, and never more of it in memory than one line of bounded length. */
final class LineReader implements Closeable {

    /** Longest line, in bytes. */
    static final int LONGEST_LINE = 1 << 20;

    private static final int CHUNK = 1 << 16;

    private final InputStream in;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final byte[] chunk = new byte[CHUNK];
    private int position;
    private int limit;
    private byte[] line = new byte[1024];
    private int length;
    private long number;

    LineReader(InputStream in) {
        this.in = in;
    }

    /**
     * One line, without its line end.
     *
     * @param number from 1
     * @param text all of it, or what stands before the fault
     * @param ended whether a line feed followed
     * @param fault what keeps the rest from being text
     */
    record Line(long number, String text, boolean ended, Fault fault) {}

    enum Fault {
        NONE,
        NOT_UTF_8,
        TOO_LONG
    }

    /** The next line, or null at the end of the stream. */
    @Nullable
    Line next() throws IOException {
        length = 0;
        while (true) {
            if (position == limit) {
                position = 0;
                limit = Math.max(0, in.read(chunk));
                if (limit == 0) {
                    return length == 0 ? null : decoded(false);
                }
            }
            int start = position;
            while (position < limit && chunk[position] != '\n') {
                position++;
            }
            int found = Math.min(position - start, LONGEST_LINE - length);
            append(start, found);
            if (found < position - start) {
                Line first = decoded(false);
                return new Line(first.number, first.text, false, Fault.TOO_LONG);
            }
            if (position < limit) {
                position++;
                return decoded(true);
            }
        }
    }

    private void append(int start, int count) {
        if (length + count > line.length) {
            line = Arrays.copyOf(line, Math.max(length + count, 2 * line.length));
        }
        System.arraycopy(chunk, start, line, length, count);
        length += count;
    }

    private Line decoded(boolean ended) {
        number++;
        int count = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
        ByteBuffer bytes = ByteBuffer.wrap(line, 0, count);
        try {
            return new Line(number, decoder.decode(bytes).toString(), ended, Fault.NONE);
        } catch (CharacterCodingException e) {
            // The buffer stands at the first byte that is not UTF-8; all before it decodes.
            String before = new String(line, 0, bytes.position(), StandardCharsets.UTF_8);
            return new Line(number, before, ended, Fault.NOT_UTF_8);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
