package org.concurrencybench.runner;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.Stream;

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
     * @throws IOException if the lock file cannot be opened and nobody is known to have it
     */
    public static Optional<MachineLock> take() throws IOException {
        FileChannel channel;
        try {
            channel = open();
        } catch (FileSystemException e) {
            if (holderNumber().isPresent()) {
                return Optional.empty();
            }
            throw new IOException(
                    "the lock file %s cannot be opened (%s), and nobody seems to hold it; have its owner remove it"
                            .formatted(file(), e.getReason() == null ? "no permission" : e.getReason()),
                    e);
        }
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                return Optional.empty();
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
            System.setProperty(HELD, "true");
            return Optional.of(new MachineLock(channel));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** Opens the file for writing; where it is made, everybody on the machine may do that after us. */
    private static FileChannel open() throws IOException {
        try {
            // Without CREATE, which Linux refuses in a directory like /tmp where the file is another user's.
            return FileChannel.open(file(), StandardOpenOption.WRITE);
        } catch (NoSuchFileException e) {
            FileChannel channel = FileChannel.open(file(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-rw-rw-"));
            } catch (UnsupportedOperationException | IOException unshared) {
                // It is ours alone then, and another user who comes is told who holds it.
            }
            return channel;
        }
    }

    /**
     * Who holds the lock now, in words: the process that the kernel names (proc_locks(5)), otherwise the one that wrote its
     * number into the file, if it lives.
     */
    public static String holder() {
        return holderNumber()
                .map(number -> "process " + number
                        + ProcessHandle.of(number)
                                .flatMap(process -> process.info().command())
                                .map(command -> " (" + Path.of(command).getFileName() + ")")
                                .orElse(""))
                .orElse("a process that this system does not name");
    }

    private static Optional<Long> holderNumber() {
        return fromKernel().or(MachineLock::fromFile);
    }

    private static Optional<Long> fromKernel() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/locks"))) {
            String inode = ":" + Files.getAttribute(file(), "unix:ino") + " ";
            // 1: POSIX  ADVISORY  WRITE 1234 08:01:131 0 EOF
            return lines.filter(line -> line.contains(inode) && !line.contains("->"))
                    .map(line -> Long.valueOf(line.trim().split(" +", -1)[4]))
                    .filter(pid -> pid > 0)
                    .findFirst();
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Long> fromFile() {
        try {
            long pid = Long.parseLong(Files.readString(file()).strip());
            return ProcessHandle.of(pid).isPresent() ? Optional.of(pid) : Optional.empty();
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Where the lock is. */
    public static Path file() {
        return Path.of(System.getProperty("java.io.tmpdir"), FILE);
    }

    @Override
    public void close() throws IOException {
        System.clearProperty(HELD);
        try (channel) {
            // The number would be another process's one day.
            channel.truncate(0);
        }
    }
}
