package org.concurrencybench.execution.childjvm;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.concurrencybench.sharedmemory.MappedSegment;
import org.jspecify.annotations.Nullable;

/**
 * The files of the segment that a child shares with its owner, seen from the child, which removes them where the owner was
 * killed and can no longer. Every child does, because none knows whether it is the last.
 */
final class SegmentFiles {

    private final String ownersPrefix;
    // Empty where there is none, null until that is known. Set by the child's working thread when it is told; read by
    // the
    // watch when the owner is gone.
    private volatile @Nullable String segment;

    /**
     * Of a segment that is still to be named.
     *
     * @param ownerPid the process that makes the segment
     */
    SegmentFiles(long ownerPid) {
        this.ownersPrefix = MappedSegment.prefixOf(ownerPid);
    }

    /**
     * Names the segment.
     *
     * @param path empty if there is none
     */
    void belongTo(String path) {
        segment = path;
    }

    /** Whether it has been said which segment they belong to, or that there is none. */
    boolean areKnown() {
        return segment != null;
    }

    /**
     * Removes the segment's file and those beside it that begin with its name: pipes and sockets of its channels. Nothing,
     * if its name is not one that the owner gives.
     */
    void remove() {
        String known = segment;
        Path path = Path.of(known == null ? "" : known);
        Path directory = path.getParent();
        String name = String.valueOf(path.getFileName());
        if (directory == null || !name.startsWith(ownersPrefix) || name.length() == ownersPrefix.length()) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (file.getFileName().toString().startsWith(name)) {
                    removeOne(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // The next process that makes a segment looks again.
            return;
        }
    }

    private static void removeOne(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // As above; and others may follow in the list.
            return;
        }
    }
}
