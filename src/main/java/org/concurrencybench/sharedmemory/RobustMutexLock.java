package org.concurrencybench.sharedmemory;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.time.Duration;

/**
 * The C library's mutex, shared between processes and robust: the kernel frees it when its holder ends, and the next one
 * is told. The holder is a thread of the kernel's. So this lock is for platform threads: a virtual thread may wake up on
 * another carrier, which then has no right to unlock.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/pthread_mutexattr_setrobust.3.html">pthread_mutexattr_setrobust(3)</a>
 * @see <a href="https://man7.org/linux/man-pages/man3/pthread_mutex_lock.3p.html">pthread_mutex_lock(3p)</a>
 */
final class RobustMutexLock extends AbstractProcessLock {

    private static final int PTHREAD_PROCESS_SHARED = 1;
    private static final int PTHREAD_MUTEX_ROBUST = 1;

    /** More than any of the architectures that we know takes for the attributes. */
    private static final long ATTRIBUTES_BYTES = 64;

    /** A dead holder is told at once; this is only how often a waiter counts how long it has waited. */
    private static final long STEP_NANOS = 20_000_000;

    private static final FunctionDescriptor ON_MUTEX = FunctionDescriptor.of(LockLibrary.INT, LockLibrary.LONG);

    private static final MethodHandle TRYLOCK = LockLibrary.quick("pthread_mutex_trylock", ON_MUTEX);
    private static final MethodHandle UNLOCK = LockLibrary.quick("pthread_mutex_unlock", ON_MUTEX);
    private static final MethodHandle CONSISTENT = LockLibrary.quick("pthread_mutex_consistent", ON_MUTEX);
    private static final LockTimedCall LOCK = LockTimedCall.of("pthread_mutex_clocklock", "pthread_mutex_timedlock");

    RobustMutexLock(MemorySegment memory, long offset, Duration giveUp) {
        super(memory, offset, giveUp);
    }

    /** Makes the mutex; before any other party opens it. */
    static RobustMutexLock create(MemorySegment memory, long offset, Duration giveUp) {
        RobustMutexLock lock = new RobustMutexLock(memory, offset, giveUp);
        FunctionDescriptor onAddress = FunctionDescriptor.of(LockLibrary.INT, LockLibrary.ADDRESS);
        FunctionDescriptor setter = onAddress.appendArgumentLayouts(LockLibrary.INT);
        FunctionDescriptor maker = onAddress.appendArgumentLayouts(LockLibrary.ADDRESS);
        MethodHandle attributesInit = LockLibrary.quick("pthread_mutexattr_init", onAddress);
        MethodHandle setShared = LockLibrary.quick("pthread_mutexattr_setpshared", setter);
        MethodHandle setRobust = LockLibrary.quick("pthread_mutexattr_setrobust", setter);
        MethodHandle init = LockLibrary.quick("pthread_mutex_init", maker);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment attributes = arena.allocate(ATTRIBUTES_BYTES, Long.BYTES);
            LockLibrary.check("pthread_mutexattr_init", (int) attributesInit.invokeExact(attributes));
            LockLibrary.check(
                    "pthread_mutexattr_setpshared", (int) setShared.invokeExact(attributes, PTHREAD_PROCESS_SHARED));
            LockLibrary.check(
                    "pthread_mutexattr_setrobust", (int) setRobust.invokeExact(attributes, PTHREAD_MUTEX_ROBUST));
            LockLibrary.check("pthread_mutex_init", (int) init.invokeExact(lock.memory, attributes));
        } catch (Throwable e) {
            throw LockLibrary.failed("pthread_mutex_init", e);
        }
        return lock;
    }

    /** The library's atomic instructions acquire here and release in {@link #unlock}, in whichever process. */
    @Override
    long take() {
        int result = call(TRYLOCK, "pthread_mutex_trylock");
        if (result == LockLibrary.EBUSY) {
            result = awaitTurn();
        }
        long dead = NOBODY;
        if (result == LockLibrary.EOWNERDEAD) {
            dead = inherit();
        } else if (result != 0) {
            throw LockLibrary.failed("pthread_mutex_lock", result);
        }
        leaveName();
        return dead;
    }

    @Override
    public void unlock() {
        removeName();
        LockLibrary.check("pthread_mutex_unlock", call(UNLOCK, "pthread_mutex_unlock"));
    }

    /** What the first holder after a dead one has to do, or the lock is lost for good when it lets go. */
    private long inherit() {
        long dead = nameLeft();
        LockLibrary.check("pthread_mutex_consistent", call(CONSISTENT, "pthread_mutex_consistent"));
        return dead == 0 ? SOMEBODY : dead;
    }

    private int awaitTurn() {
        LockPatience patience = new LockPatience(giveUp);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment errno = LockLibrary.newErrno(arena);
            MemorySegment time = LockLibrary.newTime(arena);
            int result;
            while ((result = LOCK.await(memory, errno, time, STEP_NANOS)) == LockLibrary.ETIMEDOUT) {
                if (patience.isOver()) {
                    throw tooLong(nameLeft());
                }
            }
            return result;
        }
    }

    private int call(MethodHandle function, String name) {
        try {
            return (int) function.invokeExact(memory.address());
        } catch (Throwable e) {
            throw LockLibrary.failed(name, e);
        }
    }
}
