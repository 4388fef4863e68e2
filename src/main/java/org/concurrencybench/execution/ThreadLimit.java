package org.concurrencybench.execution;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many platform threads one process may have here without taking them away from everybody else: half of the least of
 * what the kernel allows (threads-max and pid_max in proc(5), RLIMIT_NPROC in getrlimit(2), pids.max in cgroups(7)), of what
 * its memory maps leave room for, and of what fits into a quarter of the memory. Fixed for a machine, so that a case has the
 * same parallelism wherever it is worked out.
 */
public final class ThreadLimit {

    /** Where no limit can be read; macOS allows 2048 threads a process on its smaller machines. */
    private static final int ELSEWHERE = 1000;

    /** A thread's stack and its guard pages are mappings of their own, three in a HotSpot thread on Linux. */
    private static final int MAPPINGS_PER_THREAD = 3;

    /** Touched stack, and what kernel and JVM keep for a thread that does little: some 40 KiB, with room to spare. */
    private static final int BYTES_PER_THREAD = 64 * 1024;

    private static final Pattern MAX_PROCESSES = Pattern.compile("(?m)^Max processes\\s+(\\d+)");

    private static final int MOST = find();

    private ThreadLimit() {}

    /** That many, at least 1. */
    public static int most() {
        return MOST;
    }

    private static int find() {
        OptionalLong threads = number(Path.of("/proc/sys/kernel/threads-max"));
        if (threads.isEmpty()) {
            return ELSEWHERE;
        }
        long least = threads.getAsLong();
        least = Math.min(least, number(Path.of("/proc/sys/kernel/pid_max")).orElse(least));
        least = Math.min(least, userProcesses().orElse(least));
        least = Math.min(least, number(Path.of("/sys/fs/cgroup/pids.max")).orElse(least));
        least = Math.min(
                least, number(Path.of("/proc/sys/vm/max_map_count")).orElse(Long.MAX_VALUE) / MAPPINGS_PER_THREAD);
        if (ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system) {
            least = Math.min(least, system.getTotalMemorySize() / 2 / BYTES_PER_THREAD);
        }
        return Math.clamp(least / 2, 1, Integer.MAX_VALUE);
    }

    private static OptionalLong userProcesses() {
        return text(Path.of("/proc/self/limits"))
                .map(MAX_PROCESSES::matcher)
                .filter(Matcher::find)
                .map(found -> OptionalLong.of(Long.parseLong(found.group(1))))
                .orElse(OptionalLong.empty());
    }

    /** The number in a file; empty where there is no file or the word {@code max} in it. */
    private static OptionalLong number(Path file) {
        return text(file)
                .map(String::strip)
                .filter(text -> text.matches("\\d{1,18}"))
                .map(text -> OptionalLong.of(Long.parseLong(text)))
                .orElse(OptionalLong.empty());
    }

    /** In one read: the kernel hands out a sysctl file at its first one alone, and {@code Files.readString} begins with a byte. */
    private static Optional<String> text(Path file) {
        byte[] buffer = new byte[4096];
        try (InputStream in = Files.newInputStream(file)) {
            int count = Math.max(0, in.read(buffer));
            return Optional.of(new String(buffer, 0, count, StandardCharsets.US_ASCII));
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
