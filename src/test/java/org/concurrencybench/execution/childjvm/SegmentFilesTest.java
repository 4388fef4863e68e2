package org.concurrencybench.execution.childjvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A child removes what its dead owner left, and nothing else. */
class SegmentFilesTest {

    private static final long OWNER = 4711;

    @TempDir
    Path directory;

    @Test
    void theSegmentGoesWithAllThatIsNamedAfterIt() throws IOException {
        Path segment = file("concurrency-benchmarks-4711-0123456789abcdef");
        file("concurrency-benchmarks-4711-0123456789abcdef-0.pipe");
        file("concurrency-benchmarks-4711-0123456789abcdef.lock-128");

        remove(segment.toString());

        assertThat(left()).isEmpty();
    }

    @Test
    void otherFilesStay() throws IOException {
        Path segment = file("concurrency-benchmarks-4711-0123456789abcdef");
        file("concurrency-benchmarks-4711-fedcba9876543210");
        file("concurrency-benchmarks-47110-0123456789abcdef");
        file("my-concurrency-benchmarks-4711-0123456789abcdef");
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Files.createFile(elsewhere.resolve(segment.getFileName()));

        remove(segment.toString());

        assertThat(left())
                .containsExactlyInAnyOrder(
                        "concurrency-benchmarks-4711-fedcba9876543210",
                        "concurrency-benchmarks-47110-0123456789abcdef",
                        "my-concurrency-benchmarks-4711-0123456789abcdef",
                        "elsewhere");
        assertThat(elsewhere.resolve(segment.getFileName())).exists();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "concurrency-benchmarks-4712-0123456789abcdef",
                "concurrency-benchmarks-47110-0123456789abcdef",
                "concurrency-benchmarks-4711-",
                "concurrency-benchmarks-4711",
                "concurrency-benchmarks-",
                "something-else",
                "c"
            })
    void aSegmentThatIsNotTheOwnersStays(String name) throws IOException {
        Path segment = file(name);

        remove(segment.toString());

        assertThat(segment).exists();
    }

    @Test
    void aLinkGoesAndWhatItLeadsToStays() throws IOException {
        Path target = file("of-somebody-else");
        Path link = Files.createSymbolicLink(directory.resolve("concurrency-benchmarks-4711-0"), target);

        remove(link.toString());

        assertThat(left()).containsExactly("of-somebody-else");
    }

    @Test
    void whatCannotBeRemovedDoesNotKeepTheRest() throws IOException {
        Path segment = file("concurrency-benchmarks-4711-0");
        for (int i = 0; i < 8; i++) {
            // Nobody can remove a directory that is not empty; there are several, for any order.
            Files.createDirectories(directory.resolve("concurrency-benchmarks-4711-0." + i + "/inside"));
        }

        remove(segment.toString());

        assertThat(segment).doesNotExist();
        assertThat(left()).hasSize(8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/", "concurrency-benchmarks-4711-0", "/no/such/directory/concurrency-benchmarks-4711-0"})
    void noSegmentAndOneThatIsGoneAreNoTrouble(String path) {
        assertThatCode(() -> remove(path)).doesNotThrowAnyException();
        assertThatCode(() -> new SegmentFiles(OWNER).remove()).doesNotThrowAnyException();
    }

    private static void remove(String segment) {
        SegmentFiles files = new SegmentFiles(OWNER);
        assertThat(files.areKnown()).isFalse();
        files.belongTo(segment);
        assertThat(files.areKnown()).isTrue();
        files.remove();
    }

    private Path file(String name) throws IOException {
        return Files.createFile(directory.resolve(name));
    }

    private Stream<String> left() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }
}
