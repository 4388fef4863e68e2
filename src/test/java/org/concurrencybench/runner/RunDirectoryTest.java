package org.concurrencybench.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.concurrencybench.sample.FormatException;
import org.concurrencybench.sample.RunEnvironment;
import org.concurrencybench.sample.SampleCsv;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunDirectoryTest {

    @TempDir
    Path root;

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", ".", "..", "a/b", "a\\b", "latest", "-x", ".hidden", "_x", "a b", "a\n", "a:b", "a*", "ä", "$a", "~"
            })
    void refusesNamesThatAreNoPlainDirectoryName(String name) {
        assertThat(RunDirectory.isName(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "1", "2026-01-02T03-04-05", "before_change.2", "reference", "Latest"})
    void takesPlainNames(String name) {
        assertThat(RunDirectory.isName(name)).isTrue();
    }

    @Test
    void refusesANameThatNoFileSystemHolds() {
        assertThat(RunDirectory.isName("a".repeat(100))).isTrue();
        assertThat(RunDirectory.isName("a".repeat(101))).isFalse();
    }

    @Test
    void beginsWithAnEmptyTableAndTheEnvironment() throws IOException, FormatException {
        try (RunDirectory directory = RunDirectory.create(root.resolve("new/results"), Plans.environment("one"))) {
            assertThat(names(directory.path())).containsExactly("environment.json", "forks.csv", "samples.csv");
            assertThat(directory.path().resolve("samples.csv"))
                    .content()
                    .isEqualTo(String.join(",", SampleCsv.HEADER) + "\r\n");
            assertThat(RunEnvironment.read(directory.path().resolve("environment.json")))
                    .isEqualTo(Plans.environment("one"));
        }
    }

    @Test
    void refusesTheNameOfARunThatIsThereAndLeavesThatAlone() throws IOException {
        RunDirectory.create(root, Plans.environment("one")).close();
        Files.writeString(root.resolve("one/samples.csv"), "measured for hours");

        assertThatThrownBy(() -> RunDirectory.create(root, Plans.environment("one")))
                .isInstanceOf(FileAlreadyExistsException.class);

        assertThat(root.resolve("one/samples.csv")).content().isEqualTo("measured for hours");
        assertThat(names(root)).containsExactly("one");
    }

    @Test
    void leavesNothingWhereItMayNotWrite() throws IOException {
        Path closed = Files.createDirectory(root.resolve("closed"));
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-xr-xr-x"));
        assumeFalse(Files.isWritable(closed), "permissions do not hold for this user");

        assertThatThrownBy(() -> RunDirectory.create(closed, Plans.environment("one")))
                .isInstanceOf(IOException.class);
        assertThat(names(closed)).isEmpty();
    }

    @Test
    void notesTheEndOfTheRun() throws IOException, FormatException {
        try (RunDirectory directory = RunDirectory.create(root, Plans.environment("one"))) {
            directory.end("2026-01-02T04:00:00Z", Map.of("steal", "1.00 %"));
        }

        RunEnvironment read = RunEnvironment.read(root.resolve("one/environment.json"));
        assertThat(read.endedAt()).isEqualTo("2026-01-02T04:00:00Z");
        assertThat(read.after()).containsExactly(Map.entry("steal", "1.00 %"));
        assertThat(read.before()).isEqualTo(Plans.environment("one").before());
    }

    @Test
    void discardLeavesNothing() throws IOException {
        RunDirectory directory = RunDirectory.create(root, Plans.environment("one"));
        Files.writeString(directory.path().resolve("summary.csv"), "");
        Files.writeString(directory.path().resolve("jmh.json"), "");

        directory.discard();

        assertThat(names(root)).isEmpty();
    }

    @Test
    void latestPointsAtTheNewestRunByARelativeLink() throws IOException {
        Path one = Files.createDirectory(root.resolve("one"));
        Path two = Files.createDirectory(root.resolve("two"));

        RunDirectory.linkLatest(one);
        RunDirectory.linkLatest(two);

        assertThat(Files.readSymbolicLink(root.resolve("latest"))).isEqualTo(Path.of("two"));
        assertThat(names(root)).containsExactly("latest", "one", "two");
    }

    @Test
    void latestIsReplacedInOneStepSoThatAReaderAlwaysFindsARun() throws Exception {
        List<Path> runs =
                List.of(Files.createDirectory(root.resolve("one")), Files.createDirectory(root.resolve("two")));
        RunDirectory.linkLatest(runs.getFirst());
        AtomicBoolean ended = new AtomicBoolean();
        AtomicBoolean missed = new AtomicBoolean();
        Thread reader = Thread.ofPlatform().start(() -> {
            while (!ended.get()) {
                if (!Files.isDirectory(root.resolve("latest"))) {
                    missed.set(true);
                }
            }
        });

        for (int i = 0; i < 500; i++) {
            RunDirectory.linkLatest(runs.get(i % 2));
        }
        ended.set(true);
        reader.join();

        assertThat(missed).isFalse();
    }

    @Test
    void latestIsReplacedAlsoWhereItPointsAtNothing() throws IOException {
        Files.createSymbolicLink(root.resolve("latest"), Path.of("removed"));
        Path one = Files.createDirectory(root.resolve("one"));

        RunDirectory.linkLatest(one);

        assertThat(root.resolve("latest")).isDirectory();
    }

    @Test
    void somethingElseThatIsCalledLatestStays() throws IOException {
        Path one = Files.createDirectory(root.resolve("one"));
        Files.writeString(root.resolve("latest"), "mine");

        assertThatThrownBy(() -> RunDirectory.linkLatest(one)).isInstanceOf(IOException.class);

        assertThat(root.resolve("latest")).content().isEqualTo("mine");
        assertThat(names(root)).containsExactly("latest", "one");
    }
}
