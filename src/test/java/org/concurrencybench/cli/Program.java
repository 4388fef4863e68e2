package org.concurrencybench.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The built program, started as its script starts it, in a directory of its own.
 *
 * <p>Its temporary directory is its own too: JMH locks a file there, and another build on the machine would be in the way.
 */
final class Program {

    private static final long PATIENCE_SECONDS = 240;

    /** The program itself computes little and ends soon; what it measures runs in JVMs of its own, which these do not reach. */
    private static final List<String> QUICK = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    static final Path PROJECT = Path.of(System.getProperty("project.root", ""));

    /** As a terminal leaves it: builds in the background are often started with Ctrl-C ignored, and children inherit that. */
    private static final List<String> HEAR_CTRL_C = List.of("env", "--default-signal=INT,TERM,HUP");

    private final Path base;
    private final Path root;
    private final Path temporary;
    private final boolean throughScript;

    Program(Path directory) throws IOException {
        this(directory, false);
    }

    private Program(Path directory, boolean throughScript) throws IOException {
        this.throughScript = throughScript;
        this.base = directory.toRealPath();
        this.root = Files.createDirectory(base.resolve("root"));
        this.temporary = Files.createDirectory(base.resolve("tmp"));
    }

    /**
     * The program behind {@code run-benchmarks.sh}: script, jar and libraries stand in the root as after a build, and the
     * JDK that the script finds is the one of this test with a temporary directory of its own.
     */
    static Program throughScript(Path directory) throws IOException {
        Program program = new Program(directory, true);
        Path target = Files.createDirectories(program.root.resolve("target"));
        Files.createDirectory(program.root.resolve("src"));
        Files.copy(PROJECT.resolve("pom.xml"), program.root.resolve("pom.xml"));
        Files.copy(
                PROJECT.resolve("run-benchmarks.sh"),
                program.root.resolve("run-benchmarks.sh"),
                StandardCopyOption.COPY_ATTRIBUTES);
        Files.copy(PROJECT.resolve("target/concurrency-benchmarks.jar"), target.resolve("concurrency-benchmarks.jar"));
        Files.createSymbolicLink(
                target.resolve("lib"), PROJECT.resolve("target/lib").toAbsolutePath());
        Path jdk = Path.of(System.getProperty("java.home"));
        Path bin = Files.createDirectories(program.base.resolve("jdk/bin"));
        Files.copy(jdk.resolve("release"), bin.resolveSibling("release"));
        Files.createSymbolicLink(bin.resolve("javac"), jdk.resolve("bin/javac"));
        Path java = Files.writeString(
                bin.resolve("java"),
                "#!/bin/sh\nexec '%s' '-Djava.io.tmpdir=%s' %s \"$@\"\n"
                        .formatted(jdk.resolve("bin/java"), program.temporary, String.join(" ", QUICK)));
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        // Last, so that nothing is newer than the build.
        Files.createFile(target.resolve(".built"));
        return program;
    }

    Path root() {
        return root;
    }

    Path file(String path) {
        return root.resolve(path);
    }

    /** All files below a directory of the root, as paths below it. */
    List<String> files(String directory) throws IOException {
        Path start = root.resolve(directory);
        if (!Files.exists(start)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(start)) {
            return files.filter(file -> !file.equals(start))
                    .map(file -> start.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    Outcome run(String... words) throws IOException, InterruptedException {
        return start(List.of(), Map.of(), words).await();
    }

    Running start(String... words) throws IOException {
        return start(List.of(), Map.of(), words);
    }

    /** Starts it so that it hears signals, whatever this JVM was started to ignore. */
    Running startAtTerminal(String... words) throws IOException {
        return start(HEAR_CTRL_C, Map.of(), words);
    }

    static boolean canHearSignals() throws InterruptedException {
        List<String> probe = new ArrayList<>(HEAR_CTRL_C);
        probe.add("true");
        try {
            return new ProcessBuilder(probe).start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** A line of a shell, in the program's root; its JDK is this test's. */
    Outcome shell(String line) throws IOException, InterruptedException {
        Path out = Files.createTempFile(base, "out", ".txt");
        Path err = Files.createTempFile(base, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", line)
                .directory(root.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        Path jdk = Path.of(System.getProperty("java.home"));
        builder.environment().put("JAVA_HOME", base.resolve("jdk").toString());
        builder.environment().merge("PATH", jdk.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
        Process process = builder.start();
        process.getOutputStream().close();
        return new Running(process, out, err).await();
    }

    Running start(List<String> before, Map<String, String> environment, String... words) throws IOException {
        return start(before, environment, List.of(), words);
    }

    Running start(List<String> before, Map<String, String> environment, List<String> flags, String... words)
            throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(throughScript ? List.of(root.resolve("run-benchmarks.sh").toString()) : java(flags));
        command.addAll(List.of(words));
        Path out = Files.createTempFile(base, "out", ".txt");
        Path err = Files.createTempFile(base, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(base.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(environment);
        if (throughScript) {
            builder.environment().put("JAVA_HOME", base.resolve("jdk").toString());
        }
        Process process = builder.start();
        process.getOutputStream().close();
        return new Running(process, out, err);
    }

    private List<String> java(List<String> flags) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                "-Djava.awt.headless=true",
                "-Djava.io.tmpdir=" + temporary));
        command.addAll(QUICK);
        command.addAll(flags);
        command.addAll(List.of(
                "-jar", PROJECT.resolve("target/concurrency-benchmarks.jar").toString(), "--root", root.toString()));
        return command;
    }

    /** Something that comes true in time. */
    interface Condition {
        boolean holds() throws IOException;
    }

    static void awaitThat(Condition condition, String complaint) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(complaint);
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    /** Waits until a run has this many rows of samples. */
    void awaitSamples(String run, int rows) throws IOException, InterruptedException {
        Path file = file("results/" + run + "/samples.csv");
        awaitThat(() -> Files.exists(file) && Files.readAllLines(file).size() > rows, "no samples in " + file);
    }

    /** Whether a process still runs; one that has ended and whose parent has not asked for its code yet does not. */
    static boolean runs(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return !stat.substring(stat.lastIndexOf(')') + 1).strip().startsWith("Z");
        } catch (IOException e) {
            // Gone since, or no Linux.
            return process.isAlive();
        }
    }

    /** A program on its way. */
    record Running(Process process, Path out, Path err) {

        /** It, and all that it has started. */
        List<ProcessHandle> all() {
            return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                    .toList();
        }

        /** Its child JVMs: those that a fork has started. */
        List<ProcessHandle> grandchildren() {
            return process.children().flatMap(ProcessHandle::children).toList();
        }

        static void signal(String name, List<ProcessHandle> processes) throws IOException, InterruptedException {
            List<String> command = new ArrayList<>(List.of("kill", "-" + name));
            processes.forEach(one -> command.add(Long.toString(one.pid())));
            // One of them may be gone already, which kill complains of after it has signalled the others.
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        }

        Outcome await() throws IOException, InterruptedException {
            try {
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    throw new AssertionError("it did not end; it said: " + Files.readString(err));
                }
            } finally {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
        }
    }

    /** A program that ended. */
    record Outcome(int exitCode, String out, String err) {}
}
