package org.concurrencybench.slowdown;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A slowdown of known size: the JVM flag that puts it in, and the proof that it was there. */
public final class Slowdown {

    /** All that a measuring JVM needs of ours. */
    private static final List<String> CLASSES = List.of(
            "SlowdownAgent", "SlowdownAgent$Task", "StubTransformer", "StubTransformer$Wrapping", "Burn", "Burn$Total");

    /** Of the share that has to be there: an iteration's last calls may end before their burn is due. */
    private static final double LEAST = 0.95;

    /** And no more: the core may be taken away in an iteration's last burn. */
    private static final double MOST = 1.5;

    private final Path jar;
    private final double share;
    private final Path reports;
    private final String only;

    private Slowdown(Path jar, double share, Path reports, String only) {
        this.jar = jar;
        this.share = share;
        this.reports = reports;
        this.only = only;
    }

    /**
     * Makes the agent.
     *
     * @param directory an empty one, for the agent and for what its JVMs report
     * @param share of each case's own time; 0 for a side that only has the same cost of looking
     * @param only a regular expression; cases whose JMH id ({@code name-Mode-parameter-value}) it finds itself in
     * @throws IOException if the directory cannot be written
     */
    public static Slowdown in(Path directory, double share, String only) throws IOException {
        if (!(share >= 0 && share < 10)) {
            throw new IllegalArgumentException("no share: " + share);
        }
        Pattern.compile(only);
        Path jar = directory.resolve("slowdown.jar");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", SlowdownAgent.class.getName());
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            for (String name : CLASSES) {
                out.putNextEntry(
                        new JarEntry(Slowdown.class.getPackageName().replace('.', '/') + "/" + name + ".class"));
                try (InputStream in = Slowdown.class.getResourceAsStream(name + ".class")) {
                    if (in == null) {
                        throw new IOException("the program lacks its class " + name);
                    }
                    in.transferTo(out);
                }
            }
        }
        return new Slowdown(jar, share, Files.createDirectory(directory.resolve("burnt")), only);
    }

    /** The flag of a JVM; has no blanks in it unless the directory has. */
    public String flag() {
        return String.format(
                Locale.ROOT,
                "-javaagent:%s=%s;%s;%s",
                jar.toAbsolutePath(),
                share,
                URLEncoder.encode(only, StandardCharsets.UTF_8),
                URLEncoder.encode(reports.toAbsolutePath().toString(), StandardCharsets.UTF_8));
    }

    /** Size of it. */
    public double share() {
        return share;
    }

    /** Whether a case is among those to be slowed. */
    public boolean isFor(String id) {
        return Pattern.compile(only).matcher(id).find();
    }

    /**
     * What was burnt so far, as a share of each case's own time, by JMH id. A case that is missing was not touched.
     *
     * @throws IOException if a report cannot be read, or says that a class could not be changed
     */
    public Map<String, Double> burnt() throws IOException {
        Map<String, long[]> sums = new HashMap<>();
        try (Stream<Path> files = Files.list(reports)) {
            for (Path file : files.toList()) {
                for (String line : Files.readAllLines(file)) {
                    String[] cells = line.split("\t", 3);
                    if (cells[0].equals("!")) {
                        throw new IOException("the slowdown could not be put in: " + cells[1]);
                    }
                    long[] sum = sums.computeIfAbsent(cells[2], _ -> new long[2]);
                    sum[0] += Long.parseLong(cells[0]);
                    sum[1] += Long.parseLong(cells[1]);
                }
            }
        }
        Map<String, Double> shares = new HashMap<>();
        sums.forEach((id, sum) -> shares.put(id, sum[0] == 0 ? 0 : (double) sum[1] / sum[0]));
        return shares;
    }

    /** Whether a burnt share is about the one that was asked for. */
    public boolean isAsked(double burntShare) {
        return burntShare >= LEAST * share && burntShare <= MOST * share;
    }
}
