package org.concurrencybench.door;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A project of the script and nothing else, and a {@code PATH} of the tools that the script may use and no others. */
final class Project {

    private static final long PATIENCE_SECONDS = 60;
    private static final List<String> TOOLS = List.of(
            "bash",
            "cat",
            "cp",
            "df",
            "env",
            "find",
            "mkdir",
            "mktemp",
            "mv",
            "ps",
            "readlink",
            "rm",
            "rmdir",
            "sh",
            "sleep",
            "touch");

    /** The only JVM flags that the program needs; they come before {@code -jar}. */
    static final List<String> FLAGS = List.of(
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
            "-Djava.awt.headless=true");

    private final Path base;
    private final Path root;
    private final Path tools;
    private final Path jdks;

    private Project(Path base, Path root, Path tools, Path jdks) {
        this.base = base;
        this.root = root;
        this.tools = tools;
        this.jdks = jdks;
    }

    /** Sources but no jar, no JDK and no Maven; the directory has a space in its name. */
    static Project in(Path directory) throws IOException {
        Path base = directory.toRealPath();
        Path root = Files.createDirectories(base.resolve("the project"));
        Path tools = Files.createDirectories(base.resolve("tools"));
        Path jdks = Files.createDirectories(base.resolve("jdks"));
        Files.copy(script(), root.resolve("run-benchmarks.sh"));
        makeExecutable(root.resolve("run-benchmarks.sh"));
        Files.writeString(root.resolve("pom.xml"), "<project/>\n");
        Files.createDirectories(root.resolve("src/main/java"));
        Files.writeString(root.resolve("src/main/java/A.java"), "final class A {}\n");
        for (String tool : TOOLS) {
            // A copy and no link: JUnit warns of every link that leads out of the directory which it clears away.
            Files.copy(locate(tool).toRealPath(), tools.resolve(tool), StandardCopyOption.COPY_ATTRIBUTES);
        }
        return new Project(base, root, tools, jdks);
    }

    private static Path script() {
        String root = System.getProperty("project.root", System.getProperty("user.dir", "."));
        return Path.of(root, "run-benchmarks.sh");
    }

    private static Path locate(String tool) {
        String path = System.getenv().getOrDefault("PATH", "");
        for (String directory : path.split(File.pathSeparator, -1)) {
            Path file = Path.of(directory, tool);
            if (Files.isExecutable(file)) {
                return file.toAbsolutePath();
            }
        }
        throw new IllegalStateException(tool + " is not on PATH");
    }

    private static void makeExecutable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    Path root() {
        return root;
    }

    Path base() {
        return base;
    }

    Path script(Path directory) {
        return directory.resolve("run-benchmarks.sh");
    }

    Path jar() {
        return root.resolve("target/concurrency-benchmarks.jar");
    }

    Path stamp() {
        return root.resolve("target/.built");
    }

    Path lock() {
        return root.resolve("target/.lock");
    }

    /** What the JVM was called with, one argument after the other. */
    List<String> jvmArguments() throws IOException {
        return List.of(Files.readString(base.resolve("jvm-arguments")).split("\0", -1)).stream()
                .limit(Long.parseLong(
                        Files.readString(base.resolve("jvm-argument-count")).strip()))
                .toList();
    }

    /** What stands where {@code words} begin after the flags, the jar and the root. */
    List<String> words() throws IOException {
        List<String> all = jvmArguments();
        return all.subList(all.indexOf("--root") + 2, all.size());
    }

    /** A JDK beside the others that {@link #run} lets the script find. */
    Path jdk(String name, String version) throws IOException {
        return jdkAt(jdks.resolve(name), version);
    }

    /** A JDK that only {@code JAVA_HOME} or {@code PATH} may lead to. */
    Path jdkElsewhere(String name, String version) throws IOException {
        return jdkAt(base.resolve(name), version);
    }

    private Path jdkAt(Path home, String version) throws IOException {
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(
                home.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\nOS_NAME=\"Any\"\n");
        executable(home.resolve("bin/javac"), "echo 'javac " + version + "'\n");
        executable(home.resolve("bin/java"), """
                echo $# >'%1$s/jvm-argument-count'
                echo $$ >'%1$s/jvm-process'
                printf '%%s\\0' "$@" >'%1$s/jvm-arguments'
                echo 'from %2$s'
                """.formatted(base, home.getFileName()));
        return home;
    }

    /** A Maven that notes that it ran, and then does what {@code body} says; {@code $jar} is where the jar belongs. */
    void maven(String body) throws IOException {
        executable(tools.resolve("mvn"), """
                echo "$JAVA_HOME $*" >>'%s/maven-calls'
                jar=target/concurrency-benchmarks.jar
                """.formatted(base) + body);
    }

    /** A Maven that builds. */
    void workingMaven() throws IOException {
        maven("mkdir -p target/classes target/lib && echo jar >$jar\n");
    }

    /** How often Maven ran, and with what: the JDK and the words. */
    List<String> mavenCalls() throws IOException {
        Path calls = base.resolve("maven-calls");
        return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
    }

    void tool(String name, String body) throws IOException {
        Files.deleteIfExists(tools.resolve(name));
        executable(tools.resolve(name), body);
    }

    private static void executable(Path file, String body) throws IOException {
        Files.writeString(file, "#!/usr/bin/env bash\n" + body);
        makeExecutable(file);
    }

    /** A jar that is newer than all sources. */
    void built() throws IOException {
        Files.createDirectories(root.resolve("target"));
        Files.writeString(jar(), "jar\n");
        Files.writeString(stamp(), "");
        Files.setLastModifiedTime(stamp(), FileTime.from(Instant.now().plusSeconds(5)));
    }

    void saveLater(String file) throws IOException {
        Files.setLastModifiedTime(
                root.resolve(file), FileTime.from(Instant.now().plusSeconds(60)));
    }

    Outcome run(String... words) throws IOException, InterruptedException {
        return run(root, Map.of(), List.of(words));
    }

    Outcome run(Map<String, String> environment, String... words) throws IOException, InterruptedException {
        return run(root, environment, List.of(words));
    }

    Outcome run(Path directory, Map<String, String> environment, List<String> words)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(script(root).toString());
        command.addAll(words);
        return await(start(directory, environment, command));
    }

    Running start(Path directory, Map<String, String> environment, List<String> command) throws IOException {
        Path out = Files.createTempFile(base, "out", ".txt");
        Path err = Files.createTempFile(base, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        Map<String, String> variables = builder.environment();
        variables.clear();
        variables.put("PATH", tools.toString());
        variables.put("HOME", base.toString());
        variables.put("TMPDIR", base.toString());
        variables.put("JDK_SEARCH_PATH", jdks.toString());
        variables.putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        return new Running(process, out, err);
    }

    Running start() throws IOException {
        return start(root, Map.of(), List.of(script(root).toString()));
    }

    static Outcome await(Running running) throws IOException, InterruptedException {
        Process process = running.process();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError("the script did not end; it said: " + Files.readString(running.err()));
        }
        return new Outcome(
                process.pid(), process.exitValue(), Files.readString(running.out()), Files.readString(running.err()));
    }

    /** Waits until a file is there. */
    static void awaitFile(Path file) throws InterruptedException {
        awaitThat(() -> Files.exists(file), file + " did not appear");
    }

    static void awaitThat(Condition condition, String complaint) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(complaint);
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    /** Sends a signal by its name, as a terminal or a supervisor would. */
    void signal(String name, Process process) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder(tools.resolve("bash").toString(), "-c", "kill -" + name + " " + process.pid())
                .start();
        if (kill.waitFor() != 0) {
            throw new AssertionError("cannot signal the script: "
                    + new String(kill.getErrorStream().readAllBytes(), UTF_8));
        }
    }

    /** Whether this JVM, and so its children, have been told to ignore Ctrl-C; nothing can then be tested with it. */
    boolean ignoresInterrupt() throws IOException, InterruptedException {
        Process probe = new ProcessBuilder(tools.resolve("bash").toString(), "-c", "kill -INT $$; exit 7").start();
        return probe.waitFor() == 7;
    }

    /** Something that comes true in time. */
    interface Condition {
        boolean holds();
    }

    /** A script on its way. */
    record Running(Process process, Path out, Path err) {}

    /** A script that ended. */
    record Outcome(long pid, int exitCode, String out, String err) {

        /** The lines on stderr, without the one that says that a build begins. */
        List<String> complaints() {
            return err.lines().filter(line -> !line.startsWith("building (")).toList();
        }

        /** The only line that was said. */
        String complaint() {
            List<String> complaints = complaints();
            if (complaints.size() != 1) {
                throw new AssertionError("one line was expected: " + err);
            }
            return complaints.get(0);
        }
    }
}
