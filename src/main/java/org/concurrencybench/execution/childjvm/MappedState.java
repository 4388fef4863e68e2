package org.concurrencybench.execution.childjvm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.concurrencybench.execution.BatchState;
import org.concurrencybench.sharedmemory.MappedSegment;
import org.concurrencybench.sharedmemory.ProcessLock;
import org.concurrencybench.sharedmemory.ProcessLockKind;
import org.concurrencybench.sharedmemory.SharedArray;
import org.concurrencybench.sharedmemory.SharedChannel;
import org.concurrencybench.sharedmemory.SharedChannelKind;
import org.concurrencybench.sharedmemory.SharedLong;
import org.concurrencybench.workload.Channel;
import org.concurrencybench.workload.ChannelKind;
import org.concurrencybench.workload.Guard;
import org.concurrencybench.workload.LockKind;
import org.concurrencybench.workload.LockedLong;
import org.concurrencybench.workload.SharedNumbers;
import org.jspecify.annotations.Nullable;

/**
 * State that processes share: numbers, channels and locks in a mapped segment. The owner's side makes the segment when the first of
 * them is asked for; a child opens the one that it is told of. Every side asks for the same ones in the same order, and so
 * finds them at the same places. Used by one thread while a workload is created, then closed.
 */
public final class MappedState implements BatchState {

    /** Room for mailboxes, and for all that a workload shares: thousands of numbers, or channels for ten thousands of items. */
    private static final long BYTES = 2 << 20;

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private @Nullable MappedSegment segment;
    private boolean owner = true;
    private long used;

    /** Of a workload's owner, or of a child that has not been told of a segment yet. */
    public MappedState() {}

    /** Uses the segment that the owner made. */
    void open(Path path) throws IOException {
        segment = MappedSegment.open(path, BYTES);
        owner = false;
    }

    /** Where the segment is; empty if the workload shares nothing. */
    String path() {
        return segment == null ? "" : segment.path().toString();
    }

    /** Why a lock of this kind cannot be had in mapped memory here, in one line; empty if it can. */
    public static Optional<String> unavailable(LockKind kind) {
        return processKind(kind).flatMap(ProcessLockKind::unavailable);
    }

    /** Why a channel of this kind cannot be had in mapped memory here, in one line; empty if it can. */
    public static Optional<String> unavailable(ChannelKind kind) {
        return processKind(kind).flatMap(SharedChannelKind::unavailable);
    }

    /**
     * What the JVM means where an access to mapped memory fails with an {@code InternalError}, and the kernel where one of its
     * calls does: the page is not there, because the file was cut short or its storage is full or broken.
     */
    IllegalStateException inPlainWords(Throwable e) {
        return new IllegalStateException(
                "the shared memory %s cannot be used: its file was cut short, or its storage failed (%s)"
                        .formatted(path(), e.getMessage()),
                e);
    }

    /** Whether the segment's file is shorter than what is mapped of it. */
    boolean isCutShort() {
        MappedSegment mapped = segment;
        try {
            return mapped != null && Files.size(mapped.path()) < mapped.memory().byteSize();
        } catch (IOException e) {
            // It has no name any more, and is whole or not.
            return false;
        }
    }

    @Override
    public LockedLong lockedLong(LockKind kind) {
        Optional<ProcessLockKind> lock = processKind(kind);
        if (lock.isEmpty() && kind != LockKind.ATOMIC && kind != LockKind.NONE) {
            throw new IllegalArgumentException("lock '%s' lives on the heap of one JVM".formatted(kind.label()));
        }
        refuse(kind.label(), unavailable(kind));
        MappedSegment mapped = segment();
        // A number's place is counted in numbers; a channel before it may have ended within one.
        int index = (int) (reserve(SharedLong.BYTES) / SharedLong.BYTES);
        SharedLong number = lock.map(one -> owner
                        ? SharedLong.create(one, mapped.memory(), index, mapped.path())
                        : SharedLong.open(one, mapped.memory(), index, mapped.path()))
                .orElseGet(() -> kind == LockKind.NONE
                        ? SharedLong.unguarded(mapped.memory(), index)
                        : SharedLong.atomic(mapped.memory(), index));
        parts.push(number);
        return new MappedLong(number);
    }

    @Override
    public Channel channel(ChannelKind kind, int capacity) {
        SharedChannelKind shared = processKind(kind)
                .orElseThrow(() -> new IllegalArgumentException(
                        "channel '%s' lives on the heap of one JVM".formatted(kind.label())));
        refuse(kind.label(), unavailable(kind));
        MappedSegment mapped = segment();
        long offset = reserve(shared.bytes(capacity));
        try {
            SharedChannel channel = owner
                    ? shared.create(mapped.memory(), offset, capacity, mapped.path())
                    : shared.open(mapped.memory(), offset, capacity, mapped.path());
            parts.push(channel);
            return new MappedChannel(channel);
        } catch (IOException e) {
            throw new UncheckedIOException("no channel '%s': %s".formatted(kind.label(), e.getMessage()), e);
        }
    }

    /** A mailbox for each child: after all that the workload shares. */
    Mailboxes mailboxes(int count) {
        MappedSegment mapped = segment();
        return Mailboxes.in(mapped.memory(), reserve(Mailboxes.bytes(count)), count, this);
    }

    @Override
    public Guard guard(LockKind kind) {
        if (kind == LockKind.NONE) {
            return Guard.Section::run;
        }
        if (!kind.isLock()) {
            throw new IllegalArgumentException(
                    "lock '%s' is one instruction, and cannot be held".formatted(kind.label()));
        }
        ProcessLockKind lock = processKind(kind)
                .orElseThrow(() ->
                        new IllegalArgumentException("lock '%s' lives on the heap of one JVM".formatted(kind.label())));
        refuse(kind.label(), unavailable(kind));
        MappedSegment mapped = segment();
        long offset = reserve(ProcessLockKind.BYTES);
        ProcessLock made = owner
                ? lock.create(mapped.memory(), offset, mapped.path())
                : lock.open(mapped.memory(), offset, mapped.path());
        parts.push(made);
        return new MappedGuard(made);
    }

    @Override
    public SharedNumbers numbers(int length) {
        MappedSegment mapped = segment();
        long offset = reserve(SharedArray.bytes(length));
        return new MappedNumbers(new SharedArray(mapped.memory(), offset, length, null));
    }

    /** Closes what is in the segment, the last one first, then the segment. */
    @Override
    public void close() {
        MappedSegment mapped = segment;
        try {
            while (!parts.isEmpty()) {
                parts.pop().close();
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("neither numbers nor channels nor locks throw that on close", e);
        } finally {
            if (mapped != null) {
                mapped.close();
            }
        }
    }

    private MappedSegment segment() {
        MappedSegment mapped = segment;
        if (mapped == null) {
            try {
                mapped = MappedSegment.create(BYTES);
            } catch (IOException e) {
                throw new UncheckedIOException("no shared memory: " + e.getMessage(), e);
            }
            segment = mapped;
        }
        return mapped;
    }

    /** Room for so many bytes, from a place that suits numbers and channels alike. */
    private long reserve(long bytes) {
        long start = used;
        long end = start + (bytes + SharedLong.BYTES - 1) / SharedLong.BYTES * SharedLong.BYTES;
        if (end > BYTES) {
            throw new IllegalArgumentException("a workload may share %d bytes, no more".formatted(BYTES));
        }
        used = end;
        return start;
    }

    private static void refuse(String label, Optional<String> reason) {
        if (reason.isPresent()) {
            throw new IllegalArgumentException(
                    "'%s' is not to be had on this machine: %s".formatted(label, reason.get()));
        }
    }

    private static Optional<ProcessLockKind> processKind(LockKind kind) {
        return switch (kind) {
            // Without a call to the operating system: setting one up takes a cold child tens of milliseconds.
            case OWN, SPIN -> Optional.of(ProcessLockKind.SPIN);
            case FUTEX -> Optional.of(ProcessLockKind.FUTEX);
            case POSIX_SEMAPHORE -> Optional.of(ProcessLockKind.POSIX_SEMAPHORE);
            case ROBUST_MUTEX -> Optional.of(ProcessLockKind.ROBUST_MUTEX);
            case FILE_LOCK -> Optional.of(ProcessLockKind.FILE_LOCK);
            case NONE, ATOMIC, SYNCHRONIZED, REENTRANT_LOCK, STAMPED_LOCK, SEMAPHORE, ATOMIC_LONG, LONG_ADDER ->
                Optional.empty();
        };
    }

    private static Optional<SharedChannelKind> processKind(ChannelKind kind) {
        return switch (kind) {
            case OWN, MPSC_RING -> Optional.of(SharedChannelKind.MPSC_RING);
            case SPSC_RING -> Optional.of(SharedChannelKind.SPSC_RING);
            case PIPE -> Optional.of(SharedChannelKind.PIPE);
            case UNIX_SOCKET -> Optional.of(SharedChannelKind.UNIX_SOCKET);
            case ARRAY_BLOCKING_QUEUE, LINKED_TRANSFER_QUEUE, JCTOOLS_SPSC, JCTOOLS_MPSC -> Optional.empty();
        };
    }

    private record MappedLong(SharedLong number) implements LockedLong {

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
    }

    private record MappedGuard(ProcessLock lock) implements Guard {

        @Override
        public void hold(Section section) throws InterruptedException {
            boolean intact = lock.lock();
            try {
                if (!intact) {
                    throw new IllegalStateException("a process died while it held a shared lock");
                }
                section.run();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Its own accesses are opaque, and under no lock. */
    private record MappedNumbers(SharedArray array) implements SharedNumbers {

        @Override
        public int length() {
            return array.length();
        }

        @Override
        public double get(int index) {
            return array.get(index);
        }

        @Override
        public void set(int index, double value) {
            array.set(index, value);
        }
    }

    private record MappedChannel(SharedChannel channel) implements Channel {

        @Override
        public boolean send(long[] items, int count) throws InterruptedException {
            return channel.send(items, count);
        }

        @Override
        public int receive(long[] into) throws InterruptedException {
            return channel.receive(into);
        }

        @Override
        public void reset() {
            channel.reset();
        }
    }
}
