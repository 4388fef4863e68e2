package org.concurrencybench.sample;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes a file whole or not at all: a reader sees the old one or the new one, also when the writer is killed. */
public final class AtomicFile {

    private AtomicFile() {}

    /** Puts the bytes of a file into a stream, which it need not close. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes {@code content} beside {@code file} under a hidden name, then moves it there in one step, over what was there.
     *
     * @throws IOException where the directory cannot be written to; {@code file} is then as it was
     */
    public static void write(Path file, Content content) throws IOException {
        // Not Files.createTempFile: that file would be closed to everyone but its owner, and stay so.
        Path temporary = file.resolveSibling(".%s.%s.tmp".formatted(file.getFileName(), UUID.randomUUID()));
        try {
            try (OutputStream out =
                    new BufferedOutputStream(Files.newOutputStream(temporary, StandardOpenOption.CREATE_NEW))) {
                content.writeTo(out);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
