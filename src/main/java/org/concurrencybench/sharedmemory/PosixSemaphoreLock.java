package org.concurrencybench.sharedmemory;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.time.Duration;

/**
 * The C library's semaphore with one permit, shared between processes: what {@code multiprocessing.Lock} is made of. It
 * does not know who holds it, so nobody can take it over: beside it stands the holder's process id, and a waiter that
 * finds the holder dead says so. Whoever dies between the two leaves a wait that ends at its bound.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/sem_overview.7.html">sem_overview(7)</a>
 * @see <a href="https://man7.org/linux/man-pages/man3/sem_wait.3.html">sem_wait(3)</a>
 */
final class PosixSemaphoreLock extends AbstractProcessLock {

    /** Between two looks whether the holder lives. */
    private static final long LOOK_NANOS = 10_000_000;

    private static final MethodHandle TRYWAIT =
            LockLibrary.quick("sem_trywait", FunctionDescriptor.of(LockLibrary.INT, LockLibrary.LONG));

    private static final MethodHandle POST =
            LockLibrary.quick("sem_post", FunctionDescriptor.of(LockLibrary.INT, LockLibrary.LONG));

    private static final LockTimedCall WAIT = LockTimedCall.of("sem_clockwait", "sem_timedwait");

    PosixSemaphoreLock(MemorySegment memory, long offset, Duration giveUp) {
        super(memory, offset, giveUp);
    }

    /** Makes the semaphore; before any other party opens it. */
    static PosixSemaphoreLock create(MemorySegment memory, long offset, Duration giveUp) {
        PosixSemaphoreLock lock = new PosixSemaphoreLock(memory, offset, giveUp);
        MethodHandle init = LockLibrary.quick(
                "sem_init",
                FunctionDescriptor.of(LockLibrary.INT, LockLibrary.ADDRESS, LockLibrary.INT, LockLibrary.INT));
        try {
            LockLibrary.check("sem_init", (int) init.invokeExact(lock.memory, 1, 1));
        } catch (Throwable e) {
            throw LockLibrary.failed("sem_init", e);
        }
        return lock;
    }

    /** The library's atomic instructions acquire here and release in {@link #unlock}, in whichever process: sem_post(3p). */
    @Override
    long take() {
        if (!tryLock()) {
            awaitPermit();
        }
        leaveName();
        return NOBODY;
    }

    @Override
    public void unlock() {
        removeName();
        int result;
        try {
            result = (int) POST.invokeExact(memory.address());
        } catch (Throwable e) {
            throw LockLibrary.failed("sem_post", e);
        }
        LockLibrary.check("sem_post", result);
    }

    private boolean tryLock() {
        try {
            return (int) TRYWAIT.invokeExact(memory.address()) == 0;
        } catch (Throwable e) {
            throw LockLibrary.failed("sem_trywait", e);
        }
    }

    private void awaitPermit() {
        LockPatience patience = new LockPatience(giveUp);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = LockLibrary.newErrno(arena);
            MemorySegment time = LockLibrary.newTime(arena);
            while (WAIT.await(memory, errno, time, LOOK_NANOS) != 0) {
                int error = LockLibrary.errno(errno);
                if (error != LockLibrary.ETIMEDOUT && error != LockLibrary.EINTR) {
                    throw LockLibrary.failed(WAIT.function(), error);
                }
                long holder = nameLeft();
                if (holder != 0 && holder != self && LockHolder.isDead(holder) && nameLeft() == holder) {
                    throw died(holder);
                }
                if (patience.isOver()) {
                    throw tooLong(holder);
                }
            }
        }
    }
}
