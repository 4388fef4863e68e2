package org.concurrencybench.execution.childjvm;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** How a child JVM is started: this JVM's own {@code java} and class path, and flags for a small worker. */
final class ChildCommand {

    /**
     * Property of the JVM that starts children: flags for them that somebody asked for, one a line. They come last, and where
     * they name a collector, ours is left out.
     */
    static final String MORE_FLAGS = "concurrencybench.childFlags";

    private static final String CLASS_PATH = "-cp";

    private static final Pattern COLLECTOR = Pattern.compile("-XX:\\+Use[A-Za-z0-9]*GC");

    private ChildCommand() {}

    private static List<String> asked() {
        return System.getProperty(MORE_FLAGS, "")
                .lines()
                .filter(flag -> !flag.isBlank())
                .toList();
    }

    /** The command, each word an argument of its own; no shell sees it. */
    static List<String> words() {
        List<String> words = new ArrayList<>();
        words.add(java());
        List<String> asked = asked();
        boolean otherCollector =
                asked.stream().anyMatch(flag -> COLLECTOR.matcher(flag).matches());
        flags().stream()
                .filter(flag -> !otherCollector || !COLLECTOR.matcher(flag).matches())
                .forEach(words::add);
        words.addAll(AotCache.flags());
        words.addAll(asked);
        words.addAll(classPath());
        words.add(ChildMain.class.getName());
        words.add(Long.toString(ProcessHandle.current().pid()));
        return List.copyOf(words);
    }

    /** The same child with as much memory as this JVM may have: it has to manage whatever this one does. */
    static List<String> roomyWords() {
        List<String> words = new ArrayList<>(words());
        // In whole kilobytes, as the JVM wants it.
        words.addAll(
                words.indexOf(CLASS_PATH),
                List.of("-Xmx%dk".formatted(Runtime.getRuntime().maxMemory() / 1024)));
        return List.copyOf(words);
    }

    /** The same child with the JVM's own defaults: what our flags are measured against. */
    static List<String> plainWords() {
        List<String> words = new ArrayList<>();
        words.add(java());
        words.addAll(ACCESS);
        words.addAll(asked());
        words.addAll(classPath());
        words.add(ChildMain.class.getName());
        words.add(Long.toString(ProcessHandle.current().pid()));
        return List.copyOf(words);
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    static List<String> classPath() {
        return List.of(CLASS_PATH, System.getProperty("java.class.path"));
    }

    /** What the JVM itself has to say would stand among the frames on stdout. */
    private static final List<String> ON_STDERR =
            List.of("-Xlog:disable", "-Xlog:all=warning:stderr", "-XX:+DisplayVMOutputToStderr");

    /** Locks call the operating system; Agrona's rings use the JDK's own unsafe memory access. */
    static final List<String> ACCESS =
            List.of("--enable-native-access=ALL-UNNAMED", "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED");

    /**
     * All but the cache, which is made with the same ones.
     *
     * <p>What each brings, as {@code ChildFlagsMain} of the test tree shows it on two cores of an AMD EPYC with JDK 25.0.3,
     * medians of nine rounds: with all of them, a child gives its first answer after 25.6 ms and takes 13.2 MB (proportional
     * set size, eight siblings), where the JVM's own defaults take 59.8 ms and 24.4 MB. Without the AOT cache it is 56.4 ms
     * and 17.4 MB. Left out, because they brought nothing: no container support, a small code cache, a small young generation.
     * Left out, because it slows down what computes (64.5 ms for start and ten million squares, 59.5 ms without):
     * {@code TieredStopAtLevel=1}, which would have saved 2 ms of start.
     */
    static List<String> flags() {
        List<String> flags = new ArrayList<>(ON_STDERR);
        flags.addAll(ACCESS);
        // One working thread: a parallel collector would only start threads that the batch then competes with. 2 ms,
        // 0.4 MB.
        flags.add("-XX:+UseSerialGC");
        // Of a heap of this size nothing is grown in the middle of a batch. 0.5 MB less than with the default.
        flags.add("-Xms16m");
        // Nothing in time or memory: so that eight children cannot take a small machine's memory unnoticed.
        flags.add("-Xmx256m");
        // Its memory-mapped counters are a file to make and remove for every child. 1 ms.
        flags.add("-XX:-UsePerfData");
        // The cache is mapped where it was made for, and not moved: its pages stay shared. 4 MB.
        flags.add("-XX:+UnlockDiagnosticVMOptions");
        flags.add("-XX:ArchiveRelocationMode=0");
        // A child without memory says so and ends, rather than limping on.
        flags.add("-XX:+ExitOnOutOfMemoryError");
        // The report of a crash, which stdout names, would otherwise be left in the directory that one works in.
        flags.add("-XX:ErrorFile=" + Path.of(System.getProperty("java.io.tmpdir"), "hs_err_pid%p.log"));
        return List.copyOf(flags);
    }
}
