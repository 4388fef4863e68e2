package org.concurrencybench.execution.childjvm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.concurrencybench.sharedmemory.MappedSegment;
import org.concurrencybench.sharedmemory.SharedLong;
import org.concurrencybench.workload.LockedLong;
import org.concurrencybench.workload.SharedState;
import org.jspecify.annotations.Nullable;

/**
 * State that child JVMs share: numbers in a mapped segment. The owner's side makes the segment when the first number is
 * asked for; a child opens the one that it is told of. Used by one thread while a workload is created, then closed.
 */
final class MappedState implements SharedState, AutoCloseable {

    /** Room for this many numbers; a page holds half of them. */
    private static final int MOST_NUMBERS = 64;

    private static final long BYTES = MOST_NUMBERS * SharedLong.BYTES;

    private @Nullable MappedSegment segment;
    private int numbers;

    /** Uses the segment that the owner made. */
    void open(Path path) throws IOException {
        segment = MappedSegment.open(path, BYTES);
    }

    /** Where the segment is; empty if the workload shares nothing. */
    String path() {
        return segment == null ? "" : segment.path().toString();
    }

    @Override
    public LockedLong lockedLong() {
        if (numbers == MOST_NUMBERS) {
            throw new IllegalStateException("a workload may share %d numbers at most".formatted(MOST_NUMBERS));
        }
        MappedSegment mapped = segment;
        if (mapped == null) {
            try {
                mapped = MappedSegment.create(BYTES);
            } catch (IOException e) {
                throw new UncheckedIOException("no shared memory: " + e.getMessage(), e);
            }
            segment = mapped;
        }
        SharedLong number = new SharedLong(mapped.memory(), numbers++);
        return new LockedLong() {
            @Override
            public void add(long delta) {
                number.add(delta);
            }

            @Override
            public long get() {
                return number.get();
            }

            @Override
            public void set(long value) {
                number.set(value);
            }
        };
    }

    @Override
    public void close() {
        if (segment != null) {
            segment.close();
        }
    }
}
