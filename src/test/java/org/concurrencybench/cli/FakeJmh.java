package org.concurrencybench.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/**
 * A jar that takes JMH's command line and measures nothing: its benchmarks have names and scores that a test gives them, or
 * crash. One class without any other, because that is all that the jar holds.
 */
final class FakeJmh {

    private static final String LIST = "META-INF/BenchmarkList";

    private FakeJmh() {}

    /**
     * Makes such a jar.
     *
     * @param lines each the name of a benchmark, perhaps with {@code crashes} behind it; or {@code mute}, for a jar that does
     *     not list them
     */
    static Path jar(Path file, String... lines) throws IOException {
        return write(file, LIST, String.join("\n", lines));
    }

    /** A jar that can be started and has no benchmark list. */
    static Path jarOfSomethingElse(Path file) throws IOException {
        return write(file, "readme.txt", "nothing");
    }

    private static Path write(Path file, String resource, String text) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeJmh.class.getName());
        String self = FakeJmh.class.getName().replace('.', '/') + ".class";
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest);
                InputStream bytes = resource(self)) {
            jar.putNextEntry(new JarEntry(self));
            jar.write(bytes.readAllBytes());
            jar.putNextEntry(new JarEntry(resource));
            jar.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(FakeJmh.class.getResourceAsStream("/" + name), name);
    }

    /** Answers {@code -l} and {@code -lp}, and writes what JMH would for one fork. */
    public static void main(String[] words) throws IOException {
        List<String> given = List.of(words);
        List<String> lines = new ArrayList<>();
        try (InputStream in = resource(LIST)) {
            lines.addAll(new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList());
        }
        if (lines.contains("mute")) {
            System.out.println("no list today");
            System.exit(3);
        }
        if (given.contains("-l") || given.contains("-lp")) {
            System.out.println("Benchmarks:");
            for (String line : lines) {
                System.out.println(line.split(" ", -1)[0]);
            }
            return;
        }
        for (String line : lines) {
            String name = line.split(" ", -1)[0];
            if (given.contains("^\\Q" + name + "\\E$")) {
                if (line.endsWith(" crashes")) {
                    System.out.println("<failure>");
                    System.out.println("boom, called with " + String.join(" ", given));
                    System.exit(1);
                }
                Files.writeString(Path.of(given.get(given.indexOf("-rff") + 1)), """
                        [{"benchmark":"%s","mode":"avgt","threads":1,
                          "primaryMetric":{"score":1,"scoreError":1,"scoreUnit":"ms/op","rawData":[[1.0]]}}]
                        """.formatted(name));
            }
        }
    }
}
