package org.concurrencybench.sharedmemory;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/**
 * A function of the C library that waits until a point of time: by the clock that nobody sets, where the library has that
 * variant (glibc 2.30 and later).
 *
 * @param function its name
 * @param handle takes room for errno, the object and the time
 * @param clock that the time is by
 */
record LockTimedCall(String function, MethodHandle handle, int clock) {

    private static final int CLOCK_REALTIME = 0;
    private static final int CLOCK_MONOTONIC = 1;

    private static final MethodHandle CLOCK_GETTIME = LockLibrary.quick(
            "clock_gettime", FunctionDescriptor.of(LockLibrary.INT, LockLibrary.INT, LockLibrary.ADDRESS));

    /**
     * @param byAnyClock takes the object, a clock and the time
     * @param byWallClock takes the object and the time
     */
    static LockTimedCall of(String byAnyClock, String byWallClock) {
        if (!LockLibrary.has(byAnyClock)) {
            MethodHandle handle = LockLibrary.blocking(
                    byWallClock, FunctionDescriptor.of(LockLibrary.INT, LockLibrary.ADDRESS, LockLibrary.ADDRESS));
            return new LockTimedCall(byWallClock, handle, CLOCK_REALTIME);
        }
        MethodHandle handle = LockLibrary.blocking(
                byAnyClock,
                FunctionDescriptor.of(LockLibrary.INT, LockLibrary.ADDRESS, LockLibrary.INT, LockLibrary.ADDRESS));
        return new LockTimedCall(
                byAnyClock, MethodHandles.insertArguments(handle, 2, CLOCK_MONOTONIC), CLOCK_MONOTONIC);
    }

    /**
     * Calls it.
     *
     * @param object what is waited for; it stays mapped meanwhile
     * @param errno room for one
     * @param time room for one
     * @param nanos from now
     * @return what the function returns
     */
    int await(MemorySegment object, MemorySegment errno, MemorySegment time, long nanos) {
        try {
            LockLibrary.check("clock_gettime", (int) CLOCK_GETTIME.invokeExact(clock, time));
            LockLibrary.addTime(time, nanos);
            return (int) handle.invokeExact(errno, object, time);
        } catch (Throwable e) {
            throw LockLibrary.failed(function, e);
        }
    }
}
