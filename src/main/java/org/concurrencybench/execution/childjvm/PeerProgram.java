package org.concurrencybench.execution.childjvm;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.concurrencybench.execution.ExecutionException;

/** A program that is not ours and no JVM, run once to its end, for what it prints. */
public final class PeerProgram {

    /** Of its output; what we run prints one line. */
    private static final int MOST_BYTES = 64 * 1024;

    /** From the end of the program until its output has been read. */
    private static final Duration READ_LIMIT = Duration.ofSeconds(5);

    private PeerProgram() {}

    /**
     * Runs it. Its stdin is empty; its stderr comes with its output. It and its descendants are ended where they take too
     * long, or this thread is interrupted.
     *
     * @param command its words; no shell sees them
     * @param limit of its time
     * @return what it printed
     * @throws ExecutionException if it cannot be started, fails, or takes longer; the message holds its last words
     */
    public static String run(List<String> command, Duration limit) throws ExecutionException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            throw new ExecutionException("'%s' cannot be started: %s".formatted(command.getFirst(), e.getMessage()), e);
        }
        // Written by the reader before it ends, read after it has been joined.
        AtomicReference<String> printed = new AtomicReference<>("");
        Thread reader = Thread.ofPlatform()
                .name("peer-" + process.pid())
                .daemon()
                .start(() -> printed.set(read(process.getInputStream())));
        try {
            process.getOutputStream().close();
            if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new ExecutionException(
                        "%s took more than %d s".formatted(String.join(" ", command), limit.toSeconds()), null);
            }
        } catch (IOException e) {
            throw new ExecutionException(String.join(" ", command) + ": " + e.getMessage(), e);
        } finally {
            end(process);
        }
        reader.join(READ_LIMIT.toMillis());
        if (process.exitValue() != 0) {
            throw new ExecutionException(
                    "%s exited with code %d: %s"
                            .formatted(String.join(" ", command), process.exitValue(), printed.get()),
                    null);
        }
        return printed.get();
    }

    /** Descendants first: once their parent is gone nobody knows whose they were. */
    private static void end(Process process) {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static String read(InputStream in) {
        try (in) {
            byte[] first = in.readNBytes(MOST_BYTES);
            // The rest is read and dropped: a program that prints into a full pipe would never end.
            in.transferTo(OutputStream.nullOutputStream());
            return new String(first, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "(unreadable: " + e.getMessage() + ")";
        }
    }
}
