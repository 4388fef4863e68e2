package org.concurrencybench.slowdown;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The agent's entry, in a JVM that measures ({@code java.lang.instrument}). When that JVM ends it leaves a file that says what
 * was burnt; without such a file nothing was, and nobody may claim it.
 */
public final class SlowdownAgent {

    /** Set once, by the JVM's starting thread, before any benchmark is loaded; read by the threads that measure. */
    private static volatile @Nullable Task task;

    private SlowdownAgent() {}

    /**
     * What to do.
     *
     * @param share of each case's own time that is burnt besides; 0 or more
     * @param only cases whose JMH id it finds itself in
     * @param reports directory for the file of each JVM
     */
    record Task(double share, Pattern only, Path reports) {}

    /**
     * Called by the JVM before the program.
     *
     * @param words share, pattern and directory, each URL-encoded, {@code ;} between them
     */
    public static void premain(String words, Instrumentation instrumentation) {
        String[] parts = words.split(";", 3);
        Task given =
                new Task(Double.parseDouble(parts[0]), Pattern.compile(decoded(parts[1])), Path.of(decoded(parts[2])));
        task = given;
        StubTransformer transformer = new StubTransformer();
        instrumentation.addTransformer(transformer);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> report(given, transformer), "slowdown-report"));
    }

    /** The share of a case. */
    static double share(String id) {
        Task given = Objects.requireNonNull(task, "no agent");
        return given.only().matcher(id).find() ? given.share() : 0;
    }

    private static String decoded(String word) {
        return URLDecoder.decode(word, StandardCharsets.UTF_8);
    }

    private static void report(Task given, StubTransformer transformer) {
        List<String> lines = new ArrayList<>();
        Burn.totals().forEach(total -> lines.add(total.ownNanos() + "\t" + total.burntNanos() + "\t" + total.id()));
        if (!transformer.failure().isEmpty()) {
            lines.add("!\t" + transformer.failure());
        }
        if (lines.isEmpty()) {
            // A JVM in which nothing is measured: JMH's own, or one that a benchmark starts.
            return;
        }
        try {
            Path file = given.reports().resolve(ProcessHandle.current().pid() + ".txt");
            Files.write(file, lines);
        } catch (IOException _) {
            // Whoever misses the file says that nothing was burnt.
        }
    }
}
