package org.concurrencybench.sharedmemory;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The calls that a named pipe takes, with the constants of Linux on the architectures that we know, and room for one caller's
 * arguments: not for two threads at once.
 *
 * @see <a href="https://man7.org/linux/man-pages/man3/mkfifo.3.html">mkfifo(3)</a>
 * @see <a href="https://man7.org/linux/man-pages/man2/poll.2.html">poll(2)</a>
 */
final class PipeCalls {

    private static final int OWNER_READS_AND_WRITES = 0600;

    private static final int O_RDWR = 02;
    private static final int O_NONBLOCK = 04000;
    private static final int O_CLOEXEC = 02000000;

    private static final int EINTR = 4;
    private static final int EAGAIN = 11;

    private static final short POLLIN = 1;
    private static final short POLLOUT = 4;

    private static final Linker LINKER = Linker.nativeLinker();

    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");

    private static final VarHandle ERROR =
            Linker.Option.captureStateLayout().varHandle(PathElement.groupElement("errno"));

    private static final MemoryLayout POLL_FD = MemoryLayout.structLayout(
            ValueLayout.JAVA_INT.withName("fd"),
            ValueLayout.JAVA_SHORT.withName("events"),
            ValueLayout.JAVA_SHORT.withName("revents"));
    private static final VarHandle FD = POLL_FD.varHandle(PathElement.groupElement("fd"));
    private static final VarHandle EVENTS = POLL_FD.varHandle(PathElement.groupElement("events"));

    private static final MethodHandle MKFIFO =
            function("mkfifo", ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    private static final MethodHandle OPEN =
            function("open", ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
    private static final MethodHandle CLOSE = function("close", ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
    private static final MethodHandle READ =
            function("read", ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG);
    private static final MethodHandle WRITE =
            function("write", ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG);
    private static final MethodHandle POLL =
            function("poll", ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT);

    private final MemorySegment buffer;
    private final MemorySegment callState;
    private final MemorySegment pollFd;

    PipeCalls(long bytes) {
        // The collector frees it: a sender and a receiver that end at different times have no common moment for it.
        Arena arena = Arena.ofAuto();
        buffer = arena.allocate(bytes, Long.BYTES);
        callState = arena.allocate(Linker.Option.captureStateLayout());
        pollFd = arena.allocate(POLL_FD);
    }

    /** What {@link #write} takes from and {@link #read} puts into. */
    MemorySegment buffer() {
        return buffer;
    }

    /** Makes a pipe that only this user can open. */
    static void make(Path path) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            MemorySegment name = arena.allocateFrom(path.toString());
            check("mkfifo", path, state, (int) MKFIFO.invokeExact(state, name, OWNER_READS_AND_WRITES));
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /** Opens both ends at once, which waits for nobody and never sees the other end close: Linux alone promises that. */
    static int open(Path path) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            MemorySegment name = arena.allocateFrom(path.toString());
            return check("open", path, state, (int) OPEN.invokeExact(state, name, O_RDWR | O_NONBLOCK | O_CLOEXEC));
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /** What cannot be closed was not open. */
    static void close(int fd) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            int ignored = (int) CLOSE.invokeExact(state, fd);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /** Reads into the buffer; returns how many bytes, 0 if there are none. */
    long read(int fd, long bytes) {
        long result;
        try {
            result = (long) READ.invokeExact(callState, fd, buffer, bytes);
        } catch (Throwable e) {
            throw impossible(e);
        }
        return amount("read", result);
    }

    /** Writes the buffer's beginning; returns how many bytes, 0 if there is no room. */
    long write(int fd, long bytes) {
        long result;
        try {
            result = (long) WRITE.invokeExact(callState, fd, buffer, bytes);
        } catch (Throwable e) {
            throw impossible(e);
        }
        return amount("write", result);
    }

    /** Sleeps until there may be something to read, or that long. */
    void awaitReadable(int fd, Duration longest) {
        await(fd, POLLIN, longest);
    }

    /** Sleeps until there may be room for {@code PIPE_BUF} bytes, or that long. */
    void awaitWritable(int fd, Duration longest) {
        await(fd, POLLOUT, longest);
    }

    private void await(int fd, short events, Duration longest) {
        FD.set(pollFd, 0L, fd);
        EVENTS.set(pollFd, 0L, events);
        try {
            // Whatever it says, the caller tries again.
            int ignored = (int) POLL.invokeExact(callState, pollFd, 1L, (int) longest.toMillis());
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    private long amount(String call, long result) {
        if (result >= 0) {
            return result;
        }
        int error = (int) ERROR.get(callState, 0L);
        if (error == EAGAIN || error == EINTR) {
            return 0;
        }
        throw new IllegalStateException("%s of a pipe failed with error %d".formatted(call, error));
    }

    private static int check(String call, Path path, MemorySegment state, int result) throws IOException {
        if (result < 0) {
            throw new IOException("%s of %s failed with error %d".formatted(call, path, (int) ERROR.get(state, 0L)));
        }
        return result;
    }

    @SuppressWarnings("restricted") // system calls are what this class is for
    private static MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, arguments), ERRNO);
    }

    private static IllegalStateException impossible(Throwable e) {
        return new IllegalStateException("a call of the C library failed: " + e, e);
    }
}
