package org.concurrencybench.execution.childjvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What a batch of child JVMs must not leave behind. */
final class Leftovers {

    private Leftovers() {}

    /** No child process, no thread of a child's owner, no file of ours, all within three seconds. */
    static void assertNone() {
        assertSoonEmpty(
                "child processes",
                () -> ProcessHandle.current()
                        .children()
                        .map(child ->
                                child.pid() + " " + child.info().commandLine().orElse("?"))
                        .toList());
        assertSoonEmpty(
                "threads",
                () -> Thread.getAllStackTraces().keySet().stream()
                        .map(Thread::getName)
                        .filter(name -> name.startsWith("child-"))
                        .toList());
        assertSoonEmpty("segments", () -> files(ProcessHandle.current().pid()));
    }

    private static void assertSoonEmpty(String what, Supplier<List<String>> left) {
        await(Duration.ofSeconds(3), () -> left.get().isEmpty());
        assertThat(left.get()).as(what).isEmpty();
    }

    /** Process ids of this JVM's children, in order. */
    static List<Long> children() {
        return ProcessHandle.current()
                .children()
                .map(ProcessHandle::pid)
                .sorted()
                .toList();
    }

    /** Segments of that process, and whatever else is named after them: lock files, pipes, sockets, named semaphores. */
    static List<String> files(long pid) {
        String mark = "concurrency-benchmarks-" + pid + "-";
        return Stream.of("/dev/shm", System.getProperty("java.io.tmpdir"))
                .map(Path::of)
                .filter(Files::isDirectory)
                .flatMap(directory -> {
                    try (Stream<Path> files = Files.list(directory)) {
                        return files
                                .filter(file -> file.getFileName().toString().contains(mark))
                                .map(Path::toString)
                                .toList()
                                .stream();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
    }

    /** Whether it has come true before the limit. */
    static boolean await(Duration limit, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > limit.toNanos()) {
                return false;
            }
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    /** Whether a process has ended, be it that nobody has waited for it yet. */
    static boolean isGone(long pid) {
        if (ProcessHandle.of(pid).map(handle -> !handle.isAlive()).orElse(true)) {
            return true;
        }
        try {
            return Files.readString(Path.of("/proc/" + pid + "/stat")).contains(") Z ");
        } catch (NoSuchFileException e) {
            // Another system than Linux, or gone this very moment; the next look tells.
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
