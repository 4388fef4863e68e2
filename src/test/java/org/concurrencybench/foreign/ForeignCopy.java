package org.concurrencybench.foreign;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * Our workloads, with what only they use, moved to a package of somebody else's and compiled against the rest: they have no door
 * that theirs have not, or this does not compile.
 */
public final class ForeignCopy {

    private static final String OURS = "package org.concurrencybench.workload;";

    private static final String THEIRS = "package com.acme;\n\nimport org.concurrencybench.workload.*;";

    /** Up to what a workload is called: each name is one workload's alone. */
    private static final String NAME = "(public String name\\(\\) \\{\\s+return \")";

    /** The door for functions, and what stands behind it, is not one of the workloads. */
    private static final List<String> FUNCTION_DOOR = List.of("FunctionMap", "CallWatch", "Own");

    private ForeignCopy() {}

    /**
     * Compiles them.
     *
     * @param project where the sources are
     * @param directory gets sources and classes
     * @return what the compiler complains of; empty if of nothing
     */
    public static String compile(Path project, Path directory) throws IOException {
        Path sources = Files.createDirectories(directory.resolve("src/com/acme"));
        List<String> command = new ArrayList<>(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                "-proc:none",
                "-nowarn",
                "-d",
                Files.createDirectories(directory.resolve("classes")).toString()));
        List<Path> copied;
        try (Stream<Path> files = Files.list(project.resolve("src/main/java/org/concurrencybench/workload"))) {
            copied = files.filter(ForeignCopy::isOfAWorkload).toList();
        }
        for (Path file : copied) {
            String text = Files.readString(file).replace(OURS, THEIRS).replaceFirst(NAME, "$1their-");
            for (Path other : copied) {
                String name = other.getFileName().toString().replace(".java", "");
                text = text.replace(
                        "import org.concurrencybench.workload." + name + ".", "import com.acme." + name + ".");
            }
            command.add(
                    Files.writeString(sources.resolve(file.getFileName()), text).toString());
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ToolProvider.getSystemJavaCompiler().run(null, said, said, command.toArray(new String[0]));
        return said.toString(StandardCharsets.UTF_8);
    }

    private static boolean isOfAWorkload(Path file) {
        try {
            String text = Files.readString(file);
            String name = file.getFileName().toString();
            boolean isWorkload = text.contains(" implements WorkloadDefinition");
            boolean isHelper = !text.contains("\npublic ") && !name.equals("package-info.java");
            return (isWorkload || isHelper) && FUNCTION_DOOR.stream().noneMatch(name::startsWith);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
