package org.concurrencybench.sharedmemory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The lock on the first byte of a file of its own, beside the file that is mapped. Such a lock is a process's as a whole:
 * its threads first agree among themselves which of them asks for it. There should be one of these for each JVM and file,
 * because closing any channel on a file drops every lock that the process has on it. The kernel does so too when the
 * process ends; the name that a dead holder left in the memory tells the next one.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/F_SETLK.2const.html">F_SETLK(2const)</a>
 * @see FileLock
 */
final class FileBackedLock extends AbstractProcessLock {

    /** Tries before the first nap, each of them a call of the kernel and so a microsecond or two. */
    private static final int TRIES = 20;

    private static final long SHORTEST_NAP_NANOS = 20_000;
    private static final long LONGEST_NAP_NANOS = 1_000_000;

    /** How often a thread that waits for another of this JVM counts how long it has waited. */
    private static final long STEP_NANOS = 20_000_000;

    private static final Set<OpenOption> OPENING = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
    private static final Set<OpenOption> MAKING =
            Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);

    private final Path file;
    private final FileChannel channel;
    private final boolean owned;

    /** Between the threads of this JVM. Not a reentrant lock, because the file's is none. */
    private final Semaphore inside = new Semaphore(1);

    /** Only for the thread that has the permit of {@link #inside}, which orders these accesses. */
    private @Nullable FileLock held;

    private FileBackedLock(MemorySegment memory, long offset, Duration giveUp, Path segmentFile, boolean owned) {
        super(memory, offset, giveUp);
        this.file = segmentFile.resolveSibling(segmentFile.getFileName() + ".lock-" + offset);
        this.owned = owned;
        try {
            this.channel = FileChannel.open(file, owned ? MAKING : OPENING, attributes(owned));
        } catch (IOException e) {
            throw new UncheckedIOException("no lock file: " + e, e);
        }
    }

    /** Makes the file, which goes when this is closed. */
    static FileBackedLock create(MemorySegment memory, long offset, Duration giveUp, Path segmentFile) {
        return new FileBackedLock(memory, offset, giveUp, segmentFile, true);
    }

    /** Opens the file that another process made. */
    static FileBackedLock open(MemorySegment memory, long offset, Duration giveUp, Path segmentFile) {
        return new FileBackedLock(memory, offset, giveUp, segmentFile, false);
    }

    private FileAttribute<?>[] attributes(boolean making) {
        return making && file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    @Override
    long take() {
        if (!inside.tryAcquire()) {
            awaitOthersInside();
        }
        FileLock taken = null;
        try {
            taken = tryLock();
            if (taken == null) {
                taken = awaitOtherProcesses();
            }
        } finally {
            if (taken == null) {
                inside.release();
            }
        }
        held = taken;
        // Who lets go removes the name first, so one that stands is that of a holder who did not come to that.
        long dead = nameLeft();
        leaveName();
        // No change of what is guarded comes before the name; removeName() holds back those before it.
        VarHandle.storeStoreFence();
        return dead;
    }

    @Override
    public void unlock() {
        FileLock mine = held;
        if (mine == null) {
            throw new IllegalStateException("the lock on " + file + " is not held");
        }
        held = null;
        removeName();
        try {
            mine.release();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unlock " + file + ": " + e, e);
        } finally {
            inside.release();
        }
    }

    @Override
    public void close() {
        try (channel) {
            if (owned) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + file + ": " + e, e);
        }
    }

    private void awaitOthersInside() {
        LockPatience patience = new LockPatience(giveUp);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    if (inside.tryAcquire(STEP_NANOS, TimeUnit.NANOSECONDS)) {
                        return;
                    }
                } catch (InterruptedException e) {
                    interrupted = true;
                }
                if (patience.isOver()) {
                    throw tooLong(self);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private FileLock awaitOtherProcesses() {
        FileLock taken = null;
        for (int again = 1; again < TRIES && taken == null; again++) {
            Thread.onSpinWait();
            taken = tryLock();
        }
        LockPatience patience = new LockPatience(giveUp);
        long nap = SHORTEST_NAP_NANOS;
        // A thread whose interrupt is pending does not nap at all.
        boolean interrupted = Thread.interrupted();
        try {
            while (taken == null) {
                LockSupport.parkNanos(nap);
                interrupted |= Thread.interrupted();
                nap = Math.min(2 * nap, LONGEST_NAP_NANOS);
                taken = tryLock();
                if (taken == null && patience.isOver()) {
                    throw tooLong(nameLeft());
                }
            }
            return taken;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /**
     * The kernel orders what one holder wrote before what the next reads: each of its calls is more than a fence. No
     * interrupt closes the channel here, as it would in the variant that blocks.
     */
    private @Nullable FileLock tryLock() {
        try {
            return channel.tryLock(0, 1, false);
        } catch (OverlappingFileLockException e) {
            // Another of these in this JVM, against all advice, holds it.
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock " + file + ": " + e, e);
        }
    }
}
