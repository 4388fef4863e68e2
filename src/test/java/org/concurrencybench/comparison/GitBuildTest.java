package org.concurrencybench.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitBuildTest {

    @TempDir
    private Path directory;

    @Test
    void fromADirectoryBelowTheRepositorysRootThatOneIsBuilt() throws Exception {
        Path repository = Files.createDirectory(directory.resolve("repository"));
        Path below = Files.createDirectories(repository.resolve("benchmarks/of ours"));
        Files.writeString(below.resolve("marker"), "x");
        git(repository, "init", "-q");
        git(repository, "add", ".");
        git(repository, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-m", "one");

        try (GitBuild build = GitBuild.checkOut(below, "HEAD", Files.createDirectory(directory.resolve("build")))) {
            Path made = build.build(Optional.of("cp marker made.jar"), Optional.of("made.jar"));

            assertThat(made.getParent()).endsWith(Path.of("benchmarks/of ours"));
        }
    }

    @Test
    void whatGitWarnsOfIsNoPartOfTheCommit() throws Exception {
        Path repository = Files.createDirectory(directory.resolve("repository"));
        git(repository, "init", "-q");
        Files.writeString(repository.resolve("file"), "text");
        git(repository, "add", "file");
        git(repository, "-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "-m", "a commit");
        git(repository, "config", "core.fsync", "everything-there-is");
        assertThat(git(repository, "rev-parse", "HEAD")).contains("warning: ");
        Path scratch = Files.createDirectory(directory.resolve("scratch"));

        try (GitBuild _ = GitBuild.checkOut(repository, "HEAD", scratch)) {
            assertThat(scratch.resolve("worktree/file")).hasContent("text");
            assertThat(git(repository, "worktree", "list").lines().filter(line -> line.startsWith("/")))
                    .hasSize(2);
        }
        assertThat(scratch.resolve("worktree")).doesNotExist();
    }

    @Test
    void aBuildThatDoesNotCompileSaysWhereAndNotOnlyThat() {
        Subprocess.Outcome outcome = new Subprocess.Outcome(1, """
                [INFO] ----
                [ERROR] COMPILATION ERROR :
                [INFO] ----
                [ERROR] Bench.java:[3,8] cannot find symbol
                [ERROR] Failed to execute goal
                """, Path.of("unread"));

        assertThat(outcome.reason()).isEqualTo("[ERROR] Bench.java:[3,8] cannot find symbol");
    }

    private String git(Path repository, String... words) throws Exception {
        List<String> command = Stream.concat(Stream.of("git"), Stream.of(words)).toList();
        Subprocess.Outcome outcome =
                Subprocess.run(command, repository, directory.resolve("log"), Duration.ofMinutes(1));
        assertThat(outcome.succeeded()).as(outcome.tail()).isTrue();
        return outcome.tail();
    }
}
