package org.concurrencybench.runner;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oshi.SystemInfo;
import oshi.hardware.CentralProcessor;
import oshi.hardware.CentralProcessor.TickType;
import oshi.hardware.HardwareAbstractionLayer;

/** What this machine is, and what else it is doing. Neither user nor host name is among it: results get published. */
public final class Machine {

    /** What tells a machine from another of its kind, by its name in {@code environment.json}. */
    public static final String HOST_ID = "host id";

    private static final int HOST_ID_DIGITS = 16;
    private static final Path MACHINE_ID = Path.of("/etc/machine-id");
    private static final Path CGROUP = Path.of("/sys/fs/cgroup");

    /** How {@link Doctor} spells a quota. */
    private static final Pattern QUOTA = Pattern.compile("([0-9]+\\.[0-9]+) cores");

    private final SystemInfo system = new SystemInfo();
    private final long[] ticksAtStart = processor().getSystemCpuLoadTicks();

    /** Cores that units may use: those of the machine, or fewer where a container grants fewer. */
    public int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** The same where a quota may grant a part of the last one. */
    public double share() {
        return share(cores(), new SystemFiles(Path.of("/")).quotaCores());
    }

    /**
     * The same of a run.
     *
     * @param cores {@link #cores} of its machine
     * @param described what its environment says of the machine
     */
    public static double share(int cores, Map<String, String> described) {
        Matcher quota = QUOTA.matcher(described.getOrDefault(Check.QUOTA.label(), ""));
        return share(
                cores,
                quota.matches() ? OptionalDouble.of(Double.parseDouble(quota.group(1))) : OptionalDouble.empty());
    }

    private static double share(int cores, OptionalDouble quota) {
        return Math.clamp(quota.orElse(cores), 1.0, cores);
    }

    /**
     * What was found, by name, in words.
     *
     * @param project the directory of the project, for its revision
     */
    public Map<String, String> describe(Path project) {
        HardwareAbstractionLayer hardware = system.getHardware();
        CentralProcessor processor = processor();
        Map<String, String> found = new TreeMap<>();
        found.put("processor", processor.getProcessorIdentifier().getName().strip());
        found.put(
                "cores",
                "%d usable, %d physical, %d logical"
                        .formatted(
                                cores(), processor.getPhysicalProcessorCount(), processor.getLogicalProcessorCount()));
        found.put("memory", gibibytes(hardware.getMemory().getTotal()));
        found.put("os", system.getOperatingSystem().toString());
        found.put("architecture", System.getProperty("os.arch"));
        found.put("jdk", System.getProperty("java.runtime.version") + " " + System.getProperty("java.vendor"));
        found.put("vm", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        found.put(
                "runner flags",
                String.join(" ", ManagementFactory.getRuntimeMXBean().getInputArguments()));
        fingerprint().ifPresent(digest -> found.put("jar", "SHA-256 " + digest));
        hostId().ifPresent(id -> found.put(HOST_ID, id));
        firstLine(CGROUP.resolve("cpu.max")).ifPresent(limit -> found.put("cgroup cpu.max", limit));
        firstLine(CGROUP.resolve("memory.max")).ifPresent(limit -> found.put("cgroup memory.max", limit));
        revision(project.resolve(".git")).ifPresent(revision -> found.put("git revision", revision));
        return found;
    }

    /**
     * What machines of one kind do not share: a digest of the system's own id (machine-id(5), which is not to be published as
     * it is). None where there is no such file.
     */
    private static Optional<String> hostId() {
        return firstLine(MACHINE_ID)
                .filter(id -> !id.isBlank())
                .map(id -> digest(("concurrency-benchmarks " + id.strip()).getBytes(StandardCharsets.UTF_8))
                        .substring(0, HOST_ID_DIGITS));
    }

    /** Of the jar that this program is; none where it runs from a directory of classes. */
    private static Optional<String> fingerprint() {
        try {
            Path jar = Path.of(Machine.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return Files.isRegularFile(jar) ? Optional.of(fingerprint(jar)) : Optional.empty();
        } catch (IOException | URISyntaxException e) {
            return Optional.empty();
        }
    }

    /**
     * The SHA-256 of a file, as hexadecimal digits.
     *
     * @throws IOException if it cannot be read
     */
    public static String fingerprint(Path file) throws IOException {
        return digest(Files.readAllBytes(file));
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** One line for a chart's footer: processor, cores, memory, JDK. */
    public static String oneLine(Map<String, String> described) {
        return String.join(
                ", ",
                List.of(
                        described.getOrDefault("processor", "unknown processor"),
                        described.getOrDefault("cores", "? usable").split(" usable", 2)[0] + " cores",
                        described.getOrDefault("memory", "unknown memory"),
                        "JDK " + described.getOrDefault("jdk", "unknown").split("[+ ]", 2)[0]));
    }

    /** What the machine is busy with now: load averages, free memory, and the share of time stolen since the start. */
    public Map<String, String> load() {
        CentralProcessor processor = processor();
        double[] averages = processor.getSystemLoadAverage(3);
        long[] ticks = processor.getSystemCpuLoadTicks();
        long total = 0;
        for (int i = 0; i < ticks.length; i++) {
            total += ticks[i] - ticksAtStart[i];
        }
        long stolen = ticks[TickType.STEAL.getIndex()] - ticksAtStart[TickType.STEAL.getIndex()];
        Map<String, String> load = new TreeMap<>();
        load.put(
                "load average, 1 5 15 min",
                String.format(Locale.ROOT, "%.2f %.2f %.2f", averages[0], averages[1], averages[2]));
        load.put("memory available", gibibytes(system.getHardware().getMemory().getAvailable()));
        load.put("steal", total == 0 ? "unknown" : String.format(Locale.ROOT, "%.2f %%", 100.0 * stolen / total));
        return load;
    }

    private CentralProcessor processor() {
        return system.getHardware().getProcessor();
    }

    private static String gibibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) (1L << 30));
    }

    private static Optional<String> firstLine(Path file) {
        try {
            return Files.readString(file).lines().findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The commit that is checked out, read from git's own files; none outside of a checkout. */
    private static Optional<String> revision(Path git) {
        Optional<String> head = firstLine(git.resolve("HEAD"));
        if (head.isPresent() && head.get().startsWith("ref: ")) {
            String reference = head.get().substring("ref: ".length());
            return firstLine(git.resolve(reference).normalize()).or(() -> packed(git, reference));
        }
        return head;
    }

    private static Optional<String> packed(Path git, String reference) {
        try (var lines = Files.lines(git.resolve("packed-refs"))) {
            return lines.filter(line -> line.endsWith(" " + reference))
                    .map(line -> line.substring(0, line.indexOf(' ')))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
