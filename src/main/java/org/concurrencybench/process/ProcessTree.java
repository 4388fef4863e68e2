package org.concurrencybench.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * This process and its descendants: the CPU time that they have used so far and the memory that they hold now.
 *
 * <p>Linux only. CPU time comes from each process's own clock (clock_getcpuclockid(3), to the nanosecond where the ticks of
 * {@code /proc/pid/stat} are 10 ms) and, for children that are gone, from getrusage(2). Memory is the proportional set size
 * (proc_pid_smaps(5)), which splits a shared page among those who share it, so that the sum counts it once.
 */
public final class ProcessTree {

    private static final int RUSAGE_CHILDREN = -1;

    private static final StructLayout TIMESPEC = MemoryLayout.structLayout(
            ValueLayout.JAVA_LONG.withName("seconds"), ValueLayout.JAVA_LONG.withName("nanos"));

    /** User and system time as seconds and microseconds, then fourteen other numbers. */
    private static final StructLayout RUSAGE =
            MemoryLayout.structLayout(MemoryLayout.sequenceLayout(18, ValueLayout.JAVA_LONG));

    private final MethodHandle clockOf;
    private final MethodHandle readClock;
    private final MethodHandle usage;
    private final ProcessHandle self = ProcessHandle.current();

    private ProcessTree(MethodHandle clockOf, MethodHandle readClock, MethodHandle usage) {
        this.clockOf = clockOf;
        this.readClock = readClock;
        this.usage = usage;
    }

    /** The tree below this process; empty where the platform does not tell. */
    @SuppressWarnings("restricted") // three calls of the C library, with the arguments that their man pages give
    public static Optional<ProcessTree> find() {
        if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux")
                || ValueLayout.ADDRESS.byteSize() != Long.BYTES) {
            return Optional.empty();
        }
        Linker linker = Linker.nativeLinker();
        SymbolLookup library = linker.defaultLookup();
        Optional<MemorySegment> clockOf = library.find("clock_getcpuclockid");
        Optional<MemorySegment> readClock = library.find("clock_gettime");
        Optional<MemorySegment> usage = library.find("getrusage");
        if (clockOf.isEmpty() || readClock.isEmpty() || usage.isEmpty()) {
            return Optional.empty();
        }
        FunctionDescriptor numberAndPointer =
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS);
        return Optional.of(new ProcessTree(
                linker.downcallHandle(clockOf.get(), numberAndPointer),
                linker.downcallHandle(readClock.get(), numberAndPointer),
                linker.downcallHandle(usage.get(), numberAndPointer)));
    }

    /**
     * CPU time of all of them since each began, in nanoseconds. A child that ended and was waited for still counts; its own
     * children count if it waited for them.
     */
    public long cpuNanos() {
        long nanos = ofEndedChildren();
        for (long pid : pids()) {
            nanos += of(pid).orElse(0);
        }
        return nanos;
    }

    /** Memory of all of them, in bytes; empty where the kernel does not tell. */
    public OptionalLong memoryBytes() {
        long bytes = 0;
        for (long pid : pids()) {
            OptionalLong one = memoryOf(pid);
            if (one.isEmpty() && pid == self.pid()) {
                return OptionalLong.empty();
            }
            // A descendant may have ended since it was listed.
            bytes += one.orElse(0);
        }
        return OptionalLong.of(bytes);
    }

    private List<Long> pids() {
        return Stream.concat(Stream.of(self), self.descendants())
                .map(ProcessHandle::pid)
                .toList();
    }

    private OptionalLong of(long pid) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment clock = arena.allocate(ValueLayout.JAVA_INT);
            MemorySegment time = arena.allocate(TIMESPEC);
            // Both answer 0 where it went well; a process that has just ended has no clock.
            if ((int) clockOf.invokeExact((int) pid, clock) != 0
                    || (int) readClock.invokeExact(clock.get(ValueLayout.JAVA_INT, 0), time) != 0) {
                return OptionalLong.empty();
            }
            return OptionalLong.of(
                    time.get(ValueLayout.JAVA_LONG, 0) * 1_000_000_000L + time.get(ValueLayout.JAVA_LONG, Long.BYTES));
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    private long ofEndedChildren() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment answer = arena.allocate(RUSAGE);
            if ((int) usage.invokeExact(RUSAGE_CHILDREN, answer) != 0) {
                return 0;
            }
            long seconds = answer.getAtIndex(ValueLayout.JAVA_LONG, 0) + answer.getAtIndex(ValueLayout.JAVA_LONG, 2);
            long micros = answer.getAtIndex(ValueLayout.JAVA_LONG, 1) + answer.getAtIndex(ValueLayout.JAVA_LONG, 3);
            return seconds * 1_000_000_000L + micros * 1_000L;
        } catch (Throwable e) {
            throw unexpected(e);
        }
    }

    /** Proportional set size of one process, in bytes; empty where the kernel does not tell, or there is no such process. */
    public static OptionalLong memoryOf(long pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
            return lines.filter(line -> line.startsWith("Pss:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                    .findFirst();
        } catch (IOException | UncheckedIOException e) {
            return OptionalLong.empty();
        }
    }

    /** A call with the right number and kind of arguments throws nothing. */
    private static IllegalStateException unexpected(Throwable e) {
        return new IllegalStateException("a system call could not be made: " + e, e);
    }
}
