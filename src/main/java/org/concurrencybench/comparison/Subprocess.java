package org.concurrencybench.comparison;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.concurrencybench.sample.FormatException;

/** A program that is run to its end, with everything that it says in a file, so that no full pipe can stop it. */
final class Subprocess {

    /** Of the output that is kept in memory: more than a stack trace, less than harm. */
    private static final int TAIL_BYTES = 1 << 16;

    private static final Duration MERCY = Duration.ofSeconds(5);

    private Subprocess() {}

    /**
     * What came of it.
     *
     * @param exitCode -1 where it had to be ended
     * @param tail the end of what it said
     * @param log the file of all of it, until the next program writes there
     */
    record Outcome(int exitCode, String tail, Path log) {

        /** All that it said; for programs that say as much as they are asked for. */
        String all() throws IOException {
            return new String(Files.readAllBytes(log), StandardCharsets.UTF_8);
        }

        boolean succeeded() {
            return exitCode == 0;
        }

        /** The line that tells most: after JMH's mark of a failure, or Maven's first error, or the last line there is. */
        String reason() {
            List<String> lines = tail.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
            for (int i = 0; i + 1 < lines.size(); i++) {
                if (lines.get(i).endsWith("<failure>")) {
                    return shortened(lines.get(i + 1));
                }
            }
            return shortened(lines.stream()
                    .filter(line -> line.startsWith("[ERROR] ") || line.startsWith("fatal: "))
                    // A heading, with what was wrong below it.
                    .filter(line -> !line.startsWith("[ERROR] COMPILATION ERROR"))
                    .findFirst()
                    .orElse(lines.isEmpty() ? "it said nothing" : lines.getLast()));
        }

        private static String shortened(String told) {
            String printable = FormatException.printable(told);
            return printable.length() > 200 ? printable.substring(0, 200) + "…" : printable;
        }
    }

    /**
     * Runs a program. Where it is ended (the limit, an interrupt), so are those that it started.
     *
     * @param directory where it runs
     * @param log where its output goes
     * @param limit after which it is ended
     * @throws IOException if it cannot be started
     * @throws InterruptedException if this thread is interrupted meanwhile
     */
    static Outcome run(List<String> command, Path directory, Path log, Duration limit)
            throws IOException, InterruptedException {
        return run(command, Map.of(), directory, log, limit);
    }

    /**
     * The same with more in its environment.
     *
     * @param environment values by their names
     */
    static Outcome run(List<String> command, Map<String, String> environment, Path directory, Path log, Duration limit)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        boolean ended = false;
        try {
            process.getOutputStream().close();
            ended = process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            if (!ended) {
                end(process);
            }
        }
        return new Outcome(ended ? process.exitValue() : -1, tail(log), log);
    }

    /** First the ask, which lets JMH end its fork; then force, for it and all below it. */
    private static void end(Process process) throws InterruptedException {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        process.destroy();
        try {
            process.waitFor(MERCY.toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            all.forEach(ProcessHandle::destroyForcibly);
        }
        try {
            CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                    .get(MERCY.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // Killed, and not yet gone: the kernel's business.
        }
    }

    private static String tail(Path log) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            byte[] bytes = new byte[(int) Math.min(TAIL_BYTES, file.length())];
            file.seek(file.length() - bytes.length);
            file.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
