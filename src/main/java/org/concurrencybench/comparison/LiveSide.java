package org.concurrencybench.comparison;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.concurrencybench.sample.FormatException;

/**
 * A side that is measured live: how to start its JMH.
 *
 * @param name as the user gave it
 * @param command what JMH's own options follow
 * @param jvmArgs for its forks, as one text; may be empty
 */
public record LiveSide(String name, List<String> command, String jvmArgs) {

    private static final String JAR = "-jar";
    private static final String CLASS_PATH = "-cp";
    private static final String BENCHMARKS = "META-INF/BenchmarkList";
    private static final String OUR_MAIN = "org.concurrencybench.cli.Main";

    /** What makes our program hand on to JMH. */
    private static final String OUR_COMMAND = "jmh";

    /** What a JVM of ours and of JMH is started with, so that it is silent about what the JDK discourages. */
    private static final List<String> QUIET = List.of("-Djmh.ignoreLock=true", "-Djava.awt.headless=true");

    public LiveSide {
        command = List.copyOf(command);
    }

    /**
     * A jar that has JMH benchmarks in it and runs them when it is started, ours among them.
     *
     * @param name as the user gave the side
     * @param java the program that runs it
     * @throws LiveException if it is not such a jar
     */
    public static LiveSide ofJar(String name, Path jar, Path java, String jvmArgs) throws LiveException {
        String main = mainOf(jar)
                .orElseThrow(() -> new LiveException(
                        "%s is not a JMH jar that can be started (it lacks %s or a main class); build it as JMH's archetype does"
                                .formatted(FormatException.printable(jar.toString()), BENCHMARKS)));
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        command.addAll(QUIET);
        command.addAll(List.of(JAR, jar.toAbsolutePath().toString()));
        if (main.equals(OUR_MAIN)) {
            command.add(OUR_COMMAND);
        }
        return new LiveSide(name, command, jvmArgs);
    }

    /** This, started with more of JMH's options. */
    public LiveSide with(List<String> options) {
        List<String> longer = new ArrayList<>(command);
        longer.addAll(options);
        return new LiveSide(name, longer, jvmArgs);
    }

    /**
     * This with more classes before its own, for JMH and for its forks. A jar is then started by its main class.
     *
     * @return empty where its command has no room for them
     */
    Optional<LiveSide> withClasses(Path directory) {
        int option = command.stream()
                .filter(word -> word.equals(JAR) || word.equals(CLASS_PATH))
                .map(command::indexOf)
                .findFirst()
                .orElse(-1);
        if (option < 0) {
            return Optional.empty();
        }
        boolean isJar = command.get(option).equals(JAR);
        String own = command.get(option + 1);
        Optional<String> main = isJar ? mainOf(Path.of(own)) : Optional.of("");
        if (main.isEmpty() || (isJar && own.contains(File.pathSeparator))) {
            return Optional.empty();
        }
        List<String> longer = new ArrayList<>(command.subList(0, option));
        longer.addAll(List.of(CLASS_PATH, directory.toAbsolutePath() + File.pathSeparator + own));
        if (isJar) {
            longer.add(main.get());
        }
        longer.addAll(command.subList(option + 2, command.size()));
        return Optional.of(new LiveSide(name, longer, jvmArgs));
    }

    /** What asks a program of ours for the fingerprints of its cases; none of other people's jars. */
    Optional<List<String>> fingerprinting() {
        int last = command.indexOf(OUR_COMMAND);
        if (last < 0) {
            return Optional.empty();
        }
        List<String> other = new ArrayList<>(command.subList(0, last));
        other.add("fingerprint");
        return Optional.of(other);
    }

    /** Our own benchmarks, on the JVM that this one is. */
    static LiveSide own() {
        return own(Path.of(System.getProperty("java.home"), "bin", "java"), "");
    }

    /**
     * Our own benchmarks, out of the class path that this JVM runs from.
     *
     * @param java the program that runs them
     */
    public static LiveSide own(Path java, String jvmArgs) {
        List<String> command = new ArrayList<>();
        command.add(java.toString());
        command.addAll(QUIET);
        command.addAll(List.of(CLASS_PATH, System.getProperty("java.class.path"), "org.openjdk.jmh.Main"));
        return new LiveSide("this program", command, jvmArgs);
    }

    /** The main class of a JMH jar; none where it is no jar, or lacks benchmarks or a main class. */
    static Optional<String> mainOf(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            if (manifest == null || file.getEntry(BENCHMARKS) == null) {
                return Optional.empty();
            }
            return Optional.ofNullable(manifest.getMainAttributes().getValue("Main-Class"));
        } catch (IOException | SecurityException e) {
            return Optional.empty();
        }
    }
}
