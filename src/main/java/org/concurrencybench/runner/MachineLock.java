package org.concurrencybench.runner;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The machine is ours alone: two runs at once would measure each other. It is JMH's own lock file, held for the whole run
 * and not, as JMH does, for each fork; so it keeps other projects' JMH out as well. The operating system lets go of it when
 * the process ends, however that goes.
 */
public final class MachineLock implements AutoCloseable {

    private static final String FILE = "jmh.lock";

    /** Tells JMH not to take the lock that is held already. */
    private static final String HELD = "jmh.ignoreLock";

    private final FileChannel channel;

    private MachineLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @return the lock, or none if another process has it
     * @throws IOException if the lock file cannot be opened
     */
    public static Optional<MachineLock> take() throws IOException {
        FileChannel channel = FileChannel.open(file(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                return Optional.empty();
            }
            System.setProperty(HELD, "true");
            return Optional.of(new MachineLock(channel));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Where the lock is. */
    public static Path file() {
        return Path.of(System.getProperty("java.io.tmpdir"), FILE);
    }

    @Override
    public void close() throws IOException {
        System.clearProperty(HELD);
        channel.close();
    }
}
