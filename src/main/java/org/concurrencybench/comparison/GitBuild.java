package org.concurrencybench.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.concurrencybench.sample.FormatException;

/** A commit's benchmarks: checked out into a scratch worktree, built there, and removed when this is closed. */
public final class GitBuild implements AutoCloseable {

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{40,64}");
    private static final Duration GIT_LIMIT = Duration.ofMinutes(5);
    private static final Duration BUILD_LIMIT = Duration.ofMinutes(30);
    private static final List<String> MAVEN =
            List.of("mvn", "-B", "-ntp", "-q", "-DskipTests", "-DskipITs", "-Dspotless.check.skip=true", "package");

    private final Path repository;
    private final String reference;
    private final Path scratch;
    private final Path worktree;

    private GitBuild(Path repository, String reference, Path scratch) {
        this.repository = repository;
        this.reference = reference;
        this.scratch = scratch;
        this.worktree = scratch.resolve("worktree");
    }

    /**
     * Checks a commit out.
     *
     * @param repository a directory of the repository
     * @param reference anything that git takes for a commit
     * @param scratch an empty directory
     * @throws LiveException if there is no such commit or no repository
     */
    public static GitBuild checkOut(Path repository, String reference, Path scratch)
            throws LiveException, IOException, InterruptedException {
        GitBuild build = new GitBuild(repository, reference, scratch);
        Subprocess.Outcome found =
                build.git("rev-parse", "--verify", "--quiet", "--end-of-options", reference + "^{commit}");
        // What git warns of, such as a setting that it does not know, stands beside it.
        Optional<String> commit = found.tail()
                .lines()
                .filter(line -> HASH.matcher(line).matches())
                .findFirst();
        if (!found.succeeded() || commit.isEmpty()) {
            throw new LiveException("git: there is no commit %s in %s; name a branch, a tag or a hash"
                    .formatted(FormatException.quoted(reference), repository.toAbsolutePath()));
        }
        Subprocess.Outcome added = build.git("worktree", "add", "--detach", build.worktree.toString(), commit.get());
        if (!added.succeeded()) {
            throw new LiveException("git: %s cannot be checked out: %s".formatted(reference, added.reason()));
        }
        return build;
    }

    /** The directory in the worktree that corresponds to the one that was asked from, which may be below the repository's root. */
    private Path project() throws LiveException, IOException, InterruptedException {
        Subprocess.Outcome below = git("rev-parse", "--show-prefix");
        // What git warns of stands before it; nothing at all is the root.
        String prefix = below.tail()
                .lines()
                .filter(line -> line.endsWith("/"))
                .reduce((_, last) -> last)
                .orElse("");
        Path place = worktree.resolve(prefix).normalize();
        if (!place.startsWith(worktree) || !Files.isDirectory(place)) {
            throw new LiveException(
                    "git: %s has no directory %s, which is where you are; go to one that both sides have"
                            .formatted(reference, FormatException.quoted(prefix)));
        }
        return place;
    }

    /**
     * Builds it.
     *
     * @param command for a shell; the project's own Maven build where there is none
     * @param jar what that makes, below the project; the JMH jar in {@code target} where none is named
     * @return the jar
     * @throws LiveException if the build fails or makes no such jar
     */
    public Path build(Optional<String> command, Optional<String> jar)
            throws LiveException, IOException, InterruptedException {
        List<String> words = command.map(text -> List.of("sh", "-c", text)).orElse(MAVEN);
        Path project = project();
        Path log = scratch.resolve("build.log");
        Subprocess.Outcome built = Subprocess.run(words, project, log, BUILD_LIMIT);
        if (!built.succeeded()) {
            throw new LiveException("the build failed (exit code %d): %s; try it by hand: %s"
                    .formatted(built.exitCode(), built.reason(), String.join(" ", words)));
        }
        if (jar.isPresent()) {
            Path made = project.resolve(jar.get());
            if (!Files.isRegularFile(made)) {
                throw new LiveException("the build made no %s; name what it makes with --jar".formatted(jar.get()));
            }
            return made;
        }
        Path target = project.resolve("target");
        try (Stream<Path> files = Files.isDirectory(target) ? Files.list(target) : Stream.empty()) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .filter(file -> LiveSide.mainOf(file).isPresent())
                    .sorted()
                    .findFirst()
                    .orElseThrow(() -> new LiveException(
                            "the build made no JMH jar in target; name it with --jar, and its build with --build"));
        }
    }

    /** Removes the worktree. */
    @Override
    public void close() throws IOException {
        try {
            git("worktree", "remove", "--force", worktree.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Subprocess.Outcome git(String... words) throws IOException, InterruptedException {
        List<String> command = Stream.concat(Stream.of("git"), Stream.of(words)).toList();
        return Subprocess.run(command, repository.toAbsolutePath(), scratch.resolve("git.log"), GIT_LIMIT);
    }
}
