package org.concurrencybench.sharedmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MappedSegmentTest {

    @Test
    void isZeroedAndAsLongAsAskedFor() throws IOException {
        try (MappedSegment segment = MappedSegment.create(100_000)) {
            assertThat(segment.memory().byteSize()).isEqualTo(100_000);
            assertThat(segment.memory().mismatch(MemorySegment.ofArray(new byte[100_000])))
                    .isEqualTo(-1);
            assertThat(Files.size(segment.path())).isEqualTo(100_000);
        }
    }

    @Test
    void takesItsRoomAtOnceSoThatATouchCannotFailLater() throws IOException {
        assumeTrue(Files.isDirectory(Path.of("/dev/shm")) && Files.isWritable(Path.of("/dev/shm")));
        long bytes = 16L * 1024 * 1024;
        Path room = Path.of("/dev/shm");
        long before = Files.getFileStore(room).getUnallocatedSpace();

        try (MappedSegment segment = MappedSegment.create(bytes)) {
            assertThat(segment.path().getParent()).isEqualTo(room);
            // Half of it: others use the room as well.
            assertThat(before - Files.getFileStore(room).getUnallocatedSpace()).isGreaterThan(bytes / 2);
        }
    }

    @Test
    void onlyItsOwnerCanOpenTheFile() throws IOException {
        try (MappedSegment segment = MappedSegment.create(64)) {
            assumeTrue(Files.getFileStore(segment.path()).supportsFileAttributeView("posix"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(segment.path())))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void whatOneMappingWritesTheOtherReads() throws IOException {
        try (MappedSegment owner = MappedSegment.create(64);
                MappedSegment other = MappedSegment.open(owner.path(), 64)) {
            owner.memory().set(ValueLayout.JAVA_LONG, 8, 42);
            assertThat(other.memory().get(ValueLayout.JAVA_LONG, 8)).isEqualTo(42);
        }
    }

    @Test
    void theOwnersCloseRemovesTheFileTheOthersDoesNot() throws IOException {
        MappedSegment owner = MappedSegment.create(64);
        MappedSegment.open(owner.path(), 64).close();
        assertThat(owner.path()).exists();
        assertThat(MappedSegment.filesNow()).contains(nameOf(owner));

        owner.close();
        owner.close();

        assertThat(owner.path()).doesNotExist();
        assertThat(MappedSegment.filesNow()).doesNotContain(nameOf(owner));
    }

    @Test
    void aFileShorterThanAskedForIsRefusedAndNotMadeLonger() throws IOException {
        try (MappedSegment segment = MappedSegment.create(64)) {
            assertThatThrownBy(() -> MappedSegment.open(segment.path(), 65))
                    .isInstanceOf(IOException.class)
                    .hasMessage(segment.path() + " has 64 bytes instead of 65");
            assertThat(Files.size(segment.path())).isEqualTo(64);
        }
    }

    @Test
    void aFileThatIsGoneIsRefusedByName() throws IOException {
        MappedSegment segment = MappedSegment.create(64);
        segment.close();

        assertThatThrownBy(() -> MappedSegment.open(segment.path(), 64))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(segment.path().toString());
    }

    @Test
    void theFileOfADeadProcessIsRemovedByTheNextCreate() throws Exception {
        Path abandoned = file(deadPid() + "-0123456789abcdef");

        MappedSegment.create(64).close();

        assertThat(abandoned).doesNotExist();
    }

    @Test
    void theFileOfAnotherLiveProcessIsLeftAlone() throws Exception {
        Process live = new ProcessBuilder(PartnerMain.command("wait")).start();
        Path file = file(live.pid() + "-0123456789abcdef");
        try {
            MappedSegment.create(64).close();
            assertThat(file).exists();
        } finally {
            live.destroyForcibly().waitFor();
            Files.deleteIfExists(file);
        }
    }

    @Test
    void aNameThatOnlyLooksLikeOursIsLeftAlone() throws IOException {
        Path foreign = file("of-somebody-else");
        Path zero = file("0-1");
        try {
            MappedSegment.create(64).close();
            assertThat(foreign).exists();
            assertThat(zero).exists();
        } finally {
            Files.deleteIfExists(foreign);
            Files.deleteIfExists(zero);
        }
    }

    @Test
    void whatCannotBeRemovedNeitherFailsTheCreateNorKeepsItFromTheRest() throws Exception {
        long pid = deadPid();
        // Made before the others, because making it is a create as well.
        Path removable = file(pid + "-2");
        // A directory that is not empty can be removed by nobody, root included; there are several, for any order.
        List<Path> stubborn = Stream.of("-0", "-1", "-3", "-4")
                .map(end -> removable.resolveSibling(MappedSegment.PREFIX + pid + end))
                .toList();
        try {
            for (Path directory : stubborn) {
                Files.createDirectories(directory.resolve("inside"));
            }
            MappedSegment.create(64).close();
            assertThat(removable).doesNotExist();
            assertThat(stubborn).allMatch(Files::exists);
        } finally {
            Files.deleteIfExists(removable);
            for (Path directory : stubborn) {
                Files.deleteIfExists(directory.resolve("inside"));
                Files.deleteIfExists(directory);
            }
        }
    }

    private static String nameOf(MappedSegment segment) {
        return segment.path().getFileName().toString();
    }

    private static Path file(String rest) throws IOException {
        try (MappedSegment segment = MappedSegment.create(1)) {
            return Files.createFile(segment.path().resolveSibling(MappedSegment.PREFIX + rest));
        }
    }

    private static long deadPid() throws Exception {
        Process process = new ProcessBuilder(PartnerMain.command("end")).start();
        assertThat(process.waitFor()).isZero();
        return process.pid();
    }
}
