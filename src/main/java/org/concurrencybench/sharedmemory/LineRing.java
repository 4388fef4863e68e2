package org.concurrencybench.sharedmemory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * A ring of cache lines for one sender, each a header and up to seven numbers. The header says for which position of the
 * queue the line was filled, and how far; that makes it its own flag, which nobody has to clear, and a line of the round
 * before, or one that a killed sender left half written, does not pass for a new one. A number sent alone costs one line's
 * journey between the cores, and no other line moves with it.
 */
final class LineRing implements ChannelRing {

    private static final VarHandle WORD = ValueLayout.JAVA_LONG.varHandle();

    // Pairs of lines, because the prefetcher fetches such: one for each side's own word, then the lines.
    private static final long SENDER = 0;
    private static final long HEAD = 128;
    private static final long LINES = 256;

    private static final int LINE_SHIFT = 6;

    /** Numbers in a line; they can be counted in the low bits of a word. */
    private static final int MOST = 7;

    /** Those bits; above them stands a position, in a header from 1 and in the head, which says how many were taken, from 0. */
    private static final int COUNT_BITS = 3;

    /** No sender's number, not even that of a ring that has had none. */
    private static final long NOBODY = -1;

    private final MemorySegment memory;
    private final int lines;
    private final int linesPerRelease;

    // The sender's own. Its position is not kept in shared memory: a store for each message would take a third of the
    // core's
    // room for stores that wait for their line. Who has not sent last finds it again by the headers.
    private long number = NOBODY;
    private long tail;
    private long headSeen;

    /** @param memory as long as {@link #bytes} says, zeroed before the first use by anybody */
    LineRing(MemorySegment memory, int capacity) {
        this.memory = memory;
        this.lines = lines(capacity);
        this.linesPerRelease = lines / 8;
    }

    static long bytes(int capacity) {
        return LINES + ((long) lines(capacity) << LINE_SHIFT);
    }

    private static int lines(int capacity) {
        if (capacity < 1 || capacity > 1 << 24) {
            throw new IllegalArgumentException("a ring cannot hold %d numbers".formatted(capacity));
        }
        return Math.max(8, 1 << (Integer.SIZE - Integer.numberOfLeadingZeros(capacity - 1)));
    }

    @Override
    public int longest() {
        return lines / 8 * MOST;
    }

    @Override
    public boolean offer(long[] items, int from, int count) {
        if ((long) WORD.get(memory, SENDER) != number) {
            takeOver();
        }
        long end = tail + (count + MOST - 1) / MOST;
        if (end - headSeen > lines) {
            // Acquire: pairs with the release in take(), so that a line is filled after its numbers were read.
            headSeen = (long) WORD.getAcquire(memory, HEAD) >>> COUNT_BITS;
            if (end - headSeen > lines) {
                return false;
            }
        }
        int next = from;
        for (long position = tail; position < end; position++) {
            int now = Math.min(from + count - next, MOST);
            fill(position, items, next, now);
            next += now;
        }
        tail = end;
        return true;
    }

    private void fill(long position, long[] items, int from, int count) {
        long line = line(position);
        if (count == 1) {
            // The loop below, without what it takes to begin one.
            WORD.set(memory, number(line, 0), items[from]);
        } else {
            for (int i = 0; i < count; i++) {
                WORD.set(memory, number(line, i), items[from + i]);
            }
        }
        // Release: pairs with the acquire in take(), after which the numbers are read.
        WORD.setRelease(memory, line, (position + 1) << COUNT_BITS | count);
    }

    /** Becomes the sender, after another one's last message or before the first. */
    private void takeOver() {
        number = (long) WORD.getAndAdd(memory, SENDER, 1L) + 1;
        tail = tail();
    }

    /** The first position that is not filled. */
    private long tail() {
        long head = (long) WORD.getAcquire(memory, HEAD) >>> COUNT_BITS;
        long position = head;
        while (position - head < lines
                && (long) WORD.getAcquire(memory, line(position)) >>> COUNT_BITS == position + 1) {
            position++;
        }
        return position;
    }

    @Override
    public int take(long[] into) {
        long word = (long) WORD.get(memory, HEAD);
        long head = word >>> COUNT_BITS;
        int taken = (int) word & MOST;
        int count = 0;
        while (count < into.length) {
            long line = line(head);
            // Acquire: pairs with the release in offer().
            long header = (long) WORD.getAcquire(memory, line);
            if (header >>> COUNT_BITS != head + 1) {
                break;
            }
            int filled = (int) header & MOST;
            int now = Math.min(filled - taken, into.length - count);
            for (int i = 0; i < now; i++) {
                into[count + i] = (long) WORD.get(memory, number(line, taken + i));
            }
            count += now;
            taken += now;
            if (taken == filled) {
                taken = 0;
                head++;
                if ((head & linesPerRelease - 1) == 0) {
                    // A sender that has run into the end of the ring need not wait until we have caught up with it.
                    WORD.setRelease(memory, HEAD, head << COUNT_BITS);
                }
            }
        }
        if (count > 0) {
            // Release: pairs with the acquire in offer().
            WORD.setRelease(memory, HEAD, head << COUNT_BITS | taken);
        }
        return count;
    }

    /** Positions only grow: what a sender has seen of the head stays true. */
    @Override
    public void clear() {
        WORD.setRelease(memory, HEAD, tail() << COUNT_BITS);
    }

    private long line(long position) {
        return LINES + ((position & lines - 1) << LINE_SHIFT);
    }

    private static long number(long line, int index) {
        return line + (1L + index) * Long.BYTES;
    }
}
