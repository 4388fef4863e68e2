package org.concurrencybench.sharedmemory;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Optional;

/**
 * The C library's functions that locks call. Linking them takes a cold JVM some 50 to 140 ms, so each lock links its own
 * when the first of its kind is made.
 */
final class LockLibrary {

    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    /** For what is also kept from being unmapped during the call, which takes some time: not for quick ones. */
    static final AddressLayout ADDRESS = ValueLayout.ADDRESS;

    // The same on every architecture whose types are known here.
    static final int EINTR = 4;
    static final int EAGAIN = 11;
    static final int EBUSY = 16;
    static final int ETIMEDOUT = 110;
    static final int EOWNERDEAD = 130;

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private LockLibrary() {}

    /** Why these functions cannot be called here; empty if they can. */
    static Optional<String> lacks(String... functions) {
        return lacksOn(System.getProperty("os.name"), System.getProperty("os.arch"), functions);
    }

    /** For tests: the same for some other system. */
    static Optional<String> lacksOn(String os, String architecture, String... functions) {
        if (!os.equals("Linux")) {
            return Optional.of("needs Linux, and this is " + os);
        }
        if (!architecture.equals("amd64") && !architecture.equals("aarch64")) {
            return Optional.of("the C library's types are not known here for " + architecture);
        }
        for (String function : functions) {
            if (!has(function)) {
                return Optional.of("the C library has no " + function);
            }
        }
        return Optional.empty();
    }

    static boolean has(String function) {
        return Native.LOOKUP.find(function).isPresent();
    }

    /** The number of futex(2), which the C library has no function for. */
    static long futexNumber() {
        return System.getProperty("os.arch").equals("aarch64") ? 98 : 202;
    }

    /** A function that cannot block. The JVM is not told of the call, and would wait for it where it wants to stop us. */
    static MethodHandle quick(String function, FunctionDescriptor types) {
        return link(function, types, Linker.Option.critical(false));
    }

    /** A function that may block and sets errno, for which it takes room before its own arguments. */
    static MethodHandle blocking(String function, FunctionDescriptor types) {
        return link(function, types, Linker.Option.captureCallState("errno"));
    }

    /** The same for {@code syscall}, all of whose arguments but the number are variadic. */
    static MethodHandle quickSyscall(FunctionDescriptor types) {
        return link("syscall", types, Linker.Option.critical(false), Linker.Option.firstVariadicArg(1));
    }

    /** The same for {@code syscall}; it may block, and what it sets errno to is lost. */
    static MethodHandle plainSyscall(FunctionDescriptor types) {
        return link("syscall", types, Linker.Option.firstVariadicArg(1));
    }

    /** The same for {@code syscall}. */
    static MethodHandle blockingSyscall(FunctionDescriptor types) {
        return link("syscall", types, Linker.Option.captureCallState("errno"), Linker.Option.firstVariadicArg(1));
    }

    @SuppressWarnings("restricted") // each caller writes the C library's types beside the function's name
    private static MethodHandle link(String function, FunctionDescriptor types, Linker.Option... options) {
        return Native.LINKER.downcallHandle(Native.LOOKUP.findOrThrow(function), types, options);
    }

    static MemorySegment newErrno(Arena arena) {
        return arena.allocate(Native.STATE);
    }

    static int errno(MemorySegment captured) {
        return (int) Native.ERRNO.get(captured, 0L);
    }

    /** A {@code struct timespec}: seconds and nanoseconds. */
    static MemorySegment newTime(Arena arena) {
        return arena.allocate(LONG, 2);
    }

    static void setTime(MemorySegment time, long nanos) {
        time.setAtIndex(LONG, 0, nanos / NANOS_PER_SECOND);
        time.setAtIndex(LONG, 1, nanos % NANOS_PER_SECOND);
    }

    static void addTime(MemorySegment time, long nanos) {
        setTime(time, time.getAtIndex(LONG, 0) * NANOS_PER_SECOND + time.getAtIndex(LONG, 1) + nanos);
    }

    /** For functions that return 0 where all is well. */
    static void check(String function, int result) {
        if (result != 0) {
            throw failed(function, result);
        }
    }

    static IllegalStateException failed(String function, int error) {
        return new IllegalStateException(function + " failed with " + error);
    }

    /** For what a method handle throws; the functions themselves throw nothing. */
    static IllegalStateException failed(String function, Throwable e) {
        return e instanceof IllegalStateException state
                ? state
                : new IllegalStateException(function + " could not be called: " + e.getMessage(), e);
    }

    /** Loaded when something is looked up, and so never on a system that is not Linux. */
    private static final class Native {

        static final Linker LINKER = Linker.nativeLinker();
        static final SymbolLookup LOOKUP = LINKER.defaultLookup().or(threads());
        static final StructLayout STATE = Linker.Option.captureStateLayout();
        static final VarHandle ERRNO = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

        /** Before glibc 2.34, semaphores and mutexes were in a library of their own; the JVM has it loaded. */
        @SuppressWarnings("restricted") // a library that the JVM itself is linked to
        private static SymbolLookup threads() {
            try {
                return SymbolLookup.libraryLookup("libpthread.so.0", Arena.global());
            } catch (IllegalArgumentException e) {
                // Another C library, which has everything in one.
                return name -> Optional.empty();
            }
        }
    }
}
