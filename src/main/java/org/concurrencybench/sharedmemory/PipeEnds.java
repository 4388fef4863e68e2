package org.concurrencybench.sharedmemory;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The ends of a named pipe that carries numbers of 8 bytes and nothing else. The kernel keeps writes of up to {@code PIPE_BUF}
 * bytes whole, so that senders do not cut each other's numbers; and as every write is of whole numbers, so is every read.
 *
 * @param path of the pipe
 * @see <a href="https://man7.org/linux/man-pages/man7/pipe.7.html">pipe(7)</a>
 * @see <a href="https://man7.org/linux/man-pages/man7/fifo.7.html">fifo(7)</a>
 */
record PipeEnds(Path path) implements KernelChannel.Ends {

    /** Numbers in one write: {@code PIPE_BUF}. */
    private static final int LONGEST_WRITE = 4096 / Long.BYTES;

    /** Numbers in one read: as much as a pipe holds. */
    private static final int LONGEST_READ = 65536 / Long.BYTES;

    /** Why there are none here; empty if there are. */
    static Optional<String> unavailable() {
        String architecture = System.getProperty("os.arch");
        return System.getProperty("os.name").equals("Linux")
                        && (architecture.equals("amd64") || architecture.equals("aarch64"))
                ? Optional.empty()
                : Optional.of("named pipes that are opened at both ends at once take Linux on amd64 or aarch64");
    }

    @Override
    public KernelChannel.SendingEnd sender() throws IOException {
        return new Sender(PipeCalls.open(path), new PipeCalls(LONGEST_WRITE * (long) Long.BYTES));
    }

    @Override
    public KernelChannel.ReceivingEnd receiver() throws IOException {
        return new Receiver(PipeCalls.open(path), new PipeCalls(LONGEST_READ * (long) Long.BYTES));
    }

    /** Now: whoever opens the pipe can empty it. */
    @Override
    public void discard() throws IOException {
        long[] discarded = new long[LONGEST_READ];
        try (KernelChannel.ReceivingEnd receiver = receiver()) {
            int count;
            do {
                count = receiver.take(discarded);
            } while (count > 0);
        }
    }

    private static final class Sender implements KernelChannel.SendingEnd {

        private final int fd;
        private final PipeCalls calls;
        private long bytes;

        Sender(int fd, PipeCalls calls) {
            this.fd = fd;
            this.calls = calls;
        }

        @Override
        public int longest() {
            return LONGEST_WRITE;
        }

        /** A pipe is there before its receiver, and takes all of a message or nothing. */
        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void load(long[] items, int from, int count) {
            MemorySegment.copy(items, from, calls.buffer(), ValueLayout.JAVA_LONG, 0, count);
            bytes = count * (long) Long.BYTES;
        }

        @Override
        public boolean flush() {
            return calls.write(fd, bytes) == bytes;
        }

        /** Nothing to announce: the kernel looks itself. */
        @Override
        public int announce() {
            return 0;
        }

        @Override
        public void sleep(int ticket, Duration longest) {
            calls.awaitWritable(fd, longest);
        }

        @Override
        public void close() {
            PipeCalls.close(fd);
        }
    }

    private static final class Receiver implements KernelChannel.ReceivingEnd {

        private final int fd;
        private final PipeCalls calls;

        Receiver(int fd, PipeCalls calls) {
            this.fd = fd;
            this.calls = calls;
        }

        @Override
        public int take(long[] into) {
            long bytes = calls.read(fd, Math.min(into.length, LONGEST_READ) * (long) Long.BYTES);
            int count = (int) (bytes / Long.BYTES);
            MemorySegment.copy(calls.buffer(), ValueLayout.JAVA_LONG, 0, into, 0, count);
            return count;
        }

        /** Nothing to announce: the kernel looks itself. */
        @Override
        public int announce() {
            return 0;
        }

        @Override
        public void sleep(int ticket, Duration longest) {
            calls.awaitReadable(fd, longest);
        }

        @Override
        public void close() {
            PipeCalls.close(fd);
        }
    }
}
