package org.concurrencybench.execution.childjvm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Drains a child's stderr, so that it never blocks on a full pipe, and keeps the end of it. */
final class StderrTail {

    private final InputStream stream;
    private final Thread drainer;
    // Guarded by this: the drainer writes, whoever reports a failure reads.
    private final byte[] ring = new byte[ChildJvmDefaults.STDERR_TAIL_BYTES];
    private long written;

    StderrTail(Process process) {
        this(process.getErrorStream(), process.pid());
    }

    /** Of any stream of that process. */
    StderrTail(InputStream stream, long pid) {
        this.stream = stream;
        this.drainer =
                Thread.ofPlatform().name("child-" + pid + "-stderr").daemon().unstarted(this::drain);
    }

    void start() {
        drainer.start();
    }

    /** Waits for the end of the stream; false if it has not come by then. */
    boolean join(Duration limit) throws InterruptedException {
        // Not join(Duration), which throws where the thread was never started.
        drainer.join(limit.toMillis());
        return !drainer.isAlive();
    }

    /** The last bytes, as one line of text. */
    synchronized String text() {
        int length = (int) Math.min(written, ring.length);
        byte[] tail = new byte[length];
        for (int i = 0; i < length; i++) {
            tail[i] = ring[(int) ((written - length + i) % ring.length)];
        }
        String words = new String(tail, StandardCharsets.UTF_8);
        return words.strip()
                .replaceAll("\\s*\\R\\s*", " | ")
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
    }

    private void drain() {
        byte[] buffer = new byte[4096];
        try (stream) {
            for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
                keep(buffer, read);
            }
        } catch (IOException e) {
            // The child is gone and took the pipe with it; what was kept stands.
            return;
        }
    }

    private synchronized void keep(byte[] buffer, int length) {
        for (int i = 0; i < length; i++) {
            ring[(int) (written % ring.length)] = buffer[i];
            written++;
        }
    }
}
