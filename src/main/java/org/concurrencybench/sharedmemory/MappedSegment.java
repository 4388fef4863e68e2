package org.concurrencybench.sharedmemory;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/**
 * Zeroed memory that several processes map: a file that only its owner can open, on memory-backed storage where the
 * machine has some. The process that {@linkplain #create creates} it removes the file on close; a file whose creator is
 * gone is removed by the next {@code create}.
 */
public final class MappedSegment implements AutoCloseable {

    /** What every file of ours is called; the creator's process id and a random part follow. */
    static final String PREFIX = "concurrency-benchmarks-";

    private final Path path;
    private final Arena arena;
    private final MemorySegment memory;
    private final boolean owned;

    /** How the names of a process's files begin. */
    public static String prefixOf(long ownerPid) {
        return PREFIX + ownerPid + "-";
    }

    private MappedSegment(Path path, Arena arena, MemorySegment memory, boolean owned) {
        this.path = path;
        this.arena = arena;
        this.memory = memory;
        this.owned = owned;
    }

    /**
     * Makes a new segment.
     *
     * @param bytes its size
     * @throws IOException if there is no room for it or no directory to put it in
     */
    public static MappedSegment create(long bytes) throws IOException {
        Path directory = directory();
        removeAbandoned(directory);
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        Path path = directory.resolve(
                prefixOf(ProcessHandle.current().pid()) + HexFormat.of().formatHex(random));
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createFile(path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } else {
            Files.createFile(path);
        }
        try {
            fill(path, bytes);
            return map(path, bytes, true);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(path);
            throw e;
        }
    }

    /**
     * Maps a segment that another process created.
     *
     * @param path its {@link #path()}
     * @param bytes at most the size that it was created with
     * @throws IOException if it is gone, or smaller than that
     */
    public static MappedSegment open(Path path, long bytes) throws IOException {
        if (Files.size(path) < bytes) {
            // Mapping it would make it longer here, and another process could run off the end of its own mapping.
            throw new IOException("%s has %d bytes instead of %d".formatted(path, Files.size(path), bytes));
        }
        return map(path, bytes, false);
    }

    /** Where another process finds it. */
    public Path path() {
        return path;
    }

    /** The memory; any thread may use it until it is closed. */
    public MemorySegment memory() {
        return memory;
    }

    /** Unmaps it, and removes the file if this process created it. */
    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
        if (owned) {
            // Where that fails, the next create() of another process does it: this one will be gone by then.
            remove(path);
        }
    }

    /**
     * Zeroes, written out: a mapping alone would take its room when it is first touched, and where there is none by then,
     * the JVM dies of it.
     */
    private static void fill(Path path, long bytes) throws IOException {
        try (OutputStream out = Files.newOutputStream(path)) {
            byte[] zeroes = new byte[(int) Math.min(bytes, 64 * 1024)];
            for (long left = bytes; left > 0; left -= zeroes.length) {
                out.write(zeroes, 0, (int) Math.min(left, zeroes.length));
            }
        }
    }

    private static MappedSegment map(Path path, long bytes, boolean owned) throws IOException {
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new MappedSegment(path, arena, channel.map(FileChannel.MapMode.READ_WRITE, 0, bytes, arena), owned);
        } catch (IOException | RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    private static Path directory() {
        Path memoryBacked = Path.of("/dev/shm");
        return Files.isDirectory(memoryBacked) && Files.isWritable(memoryBacked)
                ? memoryBacked
                : Path.of(System.getProperty("java.io.tmpdir"));
    }

    /** Removes the files of creators that were killed before they could. */
    private static void removeAbandoned(Path directory) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, PREFIX + "*")) {
            for (Path file : files) {
                if (isAbandoned(file.getFileName().toString())) {
                    remove(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // A directory that cannot be read: a small leak is no reason not to measure.
            return;
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // Another user's; that user's next create() removes it, and ours may follow in the list.
            return;
        }
    }

    private static boolean isAbandoned(String name) {
        String pid = name.substring(PREFIX.length()).split("-", 2)[0];
        return pid.matches("[1-9][0-9]{0,9}")
                && ProcessHandle.of(Long.parseLong(pid)).isEmpty();
    }

    /** For tests: the files of ours that stand now. */
    static Set<String> filesNow() throws IOException {
        try (var files = Files.list(directory())) {
            return Set.copyOf(files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(PREFIX))
                    .toList());
        }
    }
}
