package org.concurrencybench.execution.childjvm;

import java.nio.file.Path;
import java.util.List;

/** How a child JVM is started: this JVM's own {@code java} and class path, and flags for a small worker. */
final class ChildCommand {

    private ChildCommand() {}

    /** The command, each word an argument of its own; no shell sees it. */
    static List<String> words() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // What the JVM itself has to say would stand among the frames on stdout.
                "-Xlog:disable",
                "-Xlog:all=warning:stderr",
                "-XX:+DisplayVMOutputToStderr",
                // One working thread: a parallel collector would only start threads that the batch then competes with.
                "-XX:+UseSerialGC",
                "-Xms16m",
                "-Xmx256m",
                // Its memory-mapped counters are a file to make and remove for every child.
                "-XX:-UsePerfData",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                ChildMain.class.getName(),
                Long.toString(ProcessHandle.current().pid()));
    }
}
