package org.concurrencybench.sharedmemory;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What a lock between processes is made of.
 *
 * <p>After its holder was killed: {@link #SPIN}, {@link #FUTEX}, {@link #ROBUST_MUTEX} and {@link #FILE_LOCK} pass to the
 * next one, who is told; {@link #POSIX_SEMAPHORE} is lost, and all who want it are told. Only {@link #ROBUST_MUTEX} is
 * bound to the thread that took it, but all of them may hold up the carrier of a virtual thread while they wait: they are
 * for platform threads.
 */
public enum ProcessLockKind {
    /** A word and patience: compare-and-set, then yields, then naps. No system call is needed, no native one set up. */
    SPIN,

    /** A word that is spun on for a moment and then slept on: futex(2). */
    FUTEX,

    /** The C library's semaphore with one permit, sem_overview(7); what {@code multiprocessing.Lock} is. */
    POSIX_SEMAPHORE,

    /** The C library's mutex, process-shared and robust: pthread_mutexattr_setrobust(3). */
    ROBUST_MUTEX,

    /** The lock on a byte of a file beside the mapped one: F_SETLK(2const). The only one that costs a system call each. */
    FILE_LOCK;

    /**
     * Room for one lock and the number beside it, which has to begin at a multiple of {@value #LINE}. Two cache lines, of
     * which the first is used: processors fetch them in pairs.
     */
    public static final long BYTES = 128;

    static final long LINE = 64;

    /** Its name as a parameter's value, e.g. {@code robust-mutex}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Why there is none on this machine, in one line; empty if there is. */
    public Optional<String> unavailable() {
        return switch (this) {
            case SPIN, FILE_LOCK -> Optional.empty();
            case FUTEX -> LockLibrary.lacks("syscall");
            case POSIX_SEMAPHORE ->
                LockLibrary.lacks("sem_init", "sem_trywait", "sem_timedwait", "sem_post", "clock_gettime");
            case ROBUST_MUTEX ->
                LockLibrary.lacks(
                        "pthread_mutexattr_setpshared",
                        "pthread_mutexattr_setrobust",
                        "pthread_mutex_trylock",
                        "pthread_mutex_timedlock",
                        "pthread_mutex_consistent",
                        "pthread_mutex_unlock",
                        "clock_gettime");
        };
    }

    /**
     * Makes one, before any other process opens it.
     *
     * @param memory shared by all parties, zeroed so far
     * @param offset where the lock's {@link #BYTES} begin
     * @param segmentFile the file that is mapped
     * @throws UnsupportedOperationException if it is {@linkplain #unavailable unavailable}
     * @throws java.io.UncheckedIOException if a file that it needs cannot be made
     */
    public ProcessLock create(MemorySegment memory, long offset, Path segmentFile) {
        return create(memory, offset, segmentFile, AbstractProcessLock.GIVE_UP);
    }

    /** Opens one that another process made, with the arguments that it was made with. */
    public ProcessLock open(MemorySegment memory, long offset, Path segmentFile) {
        return open(memory, offset, segmentFile, AbstractProcessLock.GIVE_UP);
    }

    /** For tests, which wait less for a holder. */
    AbstractProcessLock create(MemorySegment memory, long offset, Path segmentFile, Duration giveUp) {
        requireAvailable();
        return switch (this) {
            case SPIN -> new SpinLock(memory, offset, giveUp);
            case FUTEX -> new FutexLock(memory, offset, giveUp);
            case POSIX_SEMAPHORE -> PosixSemaphoreLock.create(memory, offset, giveUp);
            case ROBUST_MUTEX -> RobustMutexLock.create(memory, offset, giveUp);
            case FILE_LOCK -> FileBackedLock.create(memory, offset, giveUp, segmentFile);
        };
    }

    /** For tests, which wait less for a holder. */
    AbstractProcessLock open(MemorySegment memory, long offset, Path segmentFile, Duration giveUp) {
        requireAvailable();
        return switch (this) {
            case SPIN -> new SpinLock(memory, offset, giveUp);
            case FUTEX -> new FutexLock(memory, offset, giveUp);
            case POSIX_SEMAPHORE -> new PosixSemaphoreLock(memory, offset, giveUp);
            case ROBUST_MUTEX -> new RobustMutexLock(memory, offset, giveUp);
            case FILE_LOCK -> FileBackedLock.open(memory, offset, giveUp, segmentFile);
        };
    }

    private void requireAvailable() {
        Optional<String> reason = unavailable();
        if (reason.isPresent()) {
            throw new UnsupportedOperationException("no " + label() + " lock: " + reason.get());
        }
    }
}
