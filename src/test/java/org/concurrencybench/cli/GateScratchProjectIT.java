package org.concurrencybench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What goes wrong with the gate on somebody else's JMH project: a repository with two commits, built by a command of its own.
 * {@link GateReadmeIT} has one where all goes well.
 */
class GateScratchProjectIT {

    private static final String SOURCE = """
            package acme;

            import java.util.concurrent.TimeUnit;
            import org.openjdk.jmh.annotations.*;

            @OutputTimeUnit(TimeUnit.MILLISECONDS)
            @Warmup(iterations = 0)
            @Measurement(iterations = 1, time = 1, timeUnit = TimeUnit.MILLISECONDS)
            @Fork(1)
            public class Bench {
                @Benchmark
                @BenchmarkMode(Mode.AverageTime)
                public void parse() throws InterruptedException {
                    Thread.sleep(20);
                }

                @Benchmark
                @BenchmarkMode({Mode.AverageTime, Mode.Throughput})
                public void write() throws InterruptedException {
                    WORK
                }
            }
            """;

    @TempDir
    Path directory;

    private Program program;

    @BeforeEach
    void makeProject() throws IOException, InterruptedException {
        program = new Program(directory);
        git("init", "-q");
        Files.createDirectories(directory.resolve("src/acme"));
        Files.writeString(directory.resolve("build.sh"), script());
        commit("Thread.sleep(20);");
        git("tag", "before");
    }

    @Test
    void aCaseThatCrashesOnOneSideOnlyIsNamedWithItsReason() throws Exception {
        commit("throw new IllegalStateException(\"boom\");");

        Program.Outcome outcome = program.run(
                "compare",
                "git:before",
                "git:HEAD",
                "--build",
                "sh build.sh",
                "--jar",
                "bench.jar",
                "--include",
                "write");

        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(5);
        assertThat(outcome.out()).contains("failed", "acme.Bench.write", "it failed in the candidate", "boom");
        // Of which this test's own is one.
        assertThat(outcome.err()).contains("machine: other JVMs: ");
    }

    @Test
    void whatCannotBeBuiltOrFoundIsToldInOneLine() throws Exception {
        refused("there is no commit 'nowhere'", "git:before", "git:nowhere");
        refused(
                "the build failed (exit code 3): no compiler today",
                "git:before",
                "git:HEAD",
                "--build",
                "echo no compiler today; exit 3");
        refused("the build made no bench.jar", "git:before", "git:HEAD", "--build", "true", "--jar", "bench.jar");
        refused("the build made no JMH jar in target", "git:before", "git:HEAD", "--build", "true");
        refused(
                "has no benchmark that matches nothing",
                "git:before",
                "git:HEAD",
                "--build",
                "sh build.sh",
                "--jar",
                "bench.jar",
                "--include",
                "nothing");
        assertThat(git("worktree", "list").lines()).hasSize(1);
    }

    private void refused(String message, String... words) throws Exception {
        List<String> all = new ArrayList<>(List.of("compare"));
        all.addAll(List.of(words));

        Program.Outcome outcome = program.run(all.toArray(new String[0]));

        assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(2);
        assertThat(outcome.err().lines().filter(line -> line.startsWith("run-benchmarks: ")))
                .singleElement()
                .asString()
                .contains(message);
    }

    private void commit(String work) throws IOException, InterruptedException {
        Files.writeString(directory.resolve("src/acme/Bench.java"), SOURCE.replace("WORK", work));
        git("add", "src", "build.sh");
        git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "-m", "a commit");
    }

    /** Compiles with the JDK and the JMH that this test runs on, into a jar that names its libraries. */
    private static String script() {
        List<String> libraries = Arrays.stream(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry ->
                        entry.matches(".*(jmh-core|jmh-generator-annprocess|jopt-simple|commons-math3)-[^/]*jar"))
                .toList();
        Path jdk = Path.of(System.getProperty("java.home"), "bin");
        // A manifest's line has 72 bytes at most, and goes on after a blank.
        String classPath = libraries.stream().map(library -> "file:" + library).collect(Collectors.joining(" \n  "));
        return """
                set -e
                mkdir -p out
                '%s' -proc:full -cp '%s' -d out src/acme/Bench.java
                cat >manifest <<'END'
                Main-Class: org.openjdk.jmh.Main
                Class-Path: %s
                END
                '%s' cfm bench.jar manifest -C out .
                """.formatted(
                        jdk.resolve("javac"),
                        String.join(File.pathSeparator, libraries),
                        folded(classPath),
                        jdk.resolve("jar"));
    }

    private static String folded(String text) {
        StringBuilder folded = new StringBuilder();
        int column = "Class-Path: ".length();
        for (char character : text.replaceAll("\\s+", " ").toCharArray()) {
            if (column == 70) {
                folded.append("\n ");
                column = 1;
            }
            folded.append(character);
            column++;
        }
        return folded.toString();
    }

    private String git(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
