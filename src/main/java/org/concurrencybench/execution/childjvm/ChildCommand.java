package org.concurrencybench.execution.childjvm;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a child JVM is started: this JVM's own {@code java} and class path, and flags for a small worker. */
final class ChildCommand {

    private ChildCommand() {}

    /** The command, each word an argument of its own; no shell sees it. */
    static List<String> words() {
        List<String> words = new ArrayList<>();
        words.add(java());
        words.addAll(flags());
        words.addAll(AotCache.flags());
        words.addAll(classPath());
        words.add(ChildMain.class.getName());
        words.add(Long.toString(ProcessHandle.current().pid()));
        return List.copyOf(words);
    }

    /** The same child with the JVM's own defaults: what our flags are measured against. */
    static List<String> plainWords() {
        List<String> words = new ArrayList<>();
        words.add(java());
        words.addAll(ACCESS);
        words.addAll(classPath());
        words.add(ChildMain.class.getName());
        words.add(Long.toString(ProcessHandle.current().pid()));
        return List.copyOf(words);
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    static List<String> classPath() {
        return List.of("-cp", System.getProperty("java.class.path"));
    }

    /** What the JVM itself has to say would stand among the frames on stdout. */
    private static final List<String> ON_STDERR =
            List.of("-Xlog:disable", "-Xlog:all=warning:stderr", "-XX:+DisplayVMOutputToStderr");

    /** Locks call the operating system; Agrona's rings use the JDK's own unsafe memory access. */
    private static final List<String> ACCESS =
            List.of("--enable-native-access=ALL-UNNAMED", "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED");

    /** All but the cache, which is made with the same ones. */
    static List<String> flags() {
        List<String> flags = new ArrayList<>(ON_STDERR);
        flags.addAll(ACCESS);
        // One working thread: a parallel collector would only start threads that the batch then competes with.
        flags.add("-XX:+UseSerialGC");
        flags.add("-Xms16m");
        flags.add("-Xmx256m");
        // Its memory-mapped counters are a file to make and remove for every child.
        flags.add("-XX:-UsePerfData");
        // The cache is mapped where it was made for, and not moved: its pages stay shared, 5 MB a child.
        flags.add("-XX:+UnlockDiagnosticVMOptions");
        flags.add("-XX:ArchiveRelocationMode=0");
        flags.add("-XX:+ExitOnOutOfMemoryError");
        return List.copyOf(flags);
    }
}
