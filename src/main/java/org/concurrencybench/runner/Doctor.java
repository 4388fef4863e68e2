package org.concurrencybench.runner;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What on this machine would spoil a measurement, found in the files in which Linux tells it; elsewhere little is known. */
public final class Doctor {

    private static final String CPU = "sys/devices/system/cpu/";
    private static final String POWER = "sys/class/power_supply";

    /** Fifty ticks of each core, so that a fiftieth can be seen. */
    private static final Duration GLANCE = Duration.ofMillis(500);

    private final SystemFiles files;
    private final int cores;
    private final int otherJvms;
    private final Runnable glance;

    /** Of this machine. */
    public Doctor() {
        this(Path.of("/"), Runtime.getRuntime().availableProcessors(), countOtherJvms(), Doctor::keepBusy);
    }

    /** Of a machine of files; {@code glance} passes the time between two looks. */
    Doctor(Path root, int cores, int otherJvms, Runnable glance) {
        this.files = new SystemFiles(root);
        this.cores = cores;
        this.otherJvms = otherJvms;
        this.glance = glance;
    }

    /** Everything that was looked at, in a fixed order. */
    public List<Finding> examine() {
        List<Finding> findings = new ArrayList<>();
        for (Check check : Check.values()) {
            findings.add(check.judge(look(check).orElse(Check.UNKNOWN)));
        }
        return List.copyOf(findings);
    }

    /** The same by name, in words, for a file. */
    public static Map<String, String> asWords(List<Finding> findings) {
        Map<String, String> words = new TreeMap<>();
        findings.forEach(finding -> words.put(finding.name(), finding.found()));
        return words;
    }

    /**
     * The findings of an earlier run again, from the words of its file; what it did not look at is left out.
     *
     * @param words by name, others among them
     */
    public static List<Finding> fromWords(Map<String, String> words) {
        List<Finding> findings = new ArrayList<>();
        for (Check check : Check.values()) {
            String found = words.get(check.label());
            if (found != null) {
                findings.add(check.judge(found));
            }
        }
        return List.copyOf(findings);
    }

    /** What is there, in words; empty where this system does not tell. */
    private Optional<String> look(Check check) {
        return switch (check) {
            case GOVERNOR -> files.text(CPU + "cpu0/cpufreq/scaling_governor");
            case TURBO ->
                files.text(CPU + "intel_pstate/no_turbo")
                        .map("0"::equals)
                        .or(() -> files.text(CPU + "cpufreq/boost").map("1"::equals))
                        .map(Doctor::onOrOff);
            case SMT -> files.text(CPU + "smt/active").map(active -> onOrOff(active.equals("1")));
            case QUOTA -> words(files.quotaCores(), "%.2f cores").or(() -> noneIf("proc/self/cgroup", "sys/fs/cgroup"));
            case STEAL -> steal();
            case LOAD -> words(files.number("proc/loadavg", "^(\\S+)"), "%.2f over one minute, " + cores + " cores");
            case SWAP -> swap();
            case PRESSURE ->
                words(files.number("proc/pressure/memory", "^some avg10=(\\S+)"), "%.2f %% of the last 10 s");
            case HUGE_PAGES -> files.match("sys/kernel/mm/transparent_hugepage/enabled", "\\[(\\w+)]");
            case VIRTUALISATION -> virtualisation();
            case BATTERY -> battery();
            case CLOCK_SOURCE -> files.text("sys/devices/system/clocksource/clocksource0/current_clocksource");
            case OTHER_JVMS -> Optional.of(otherJvms > 0 ? otherJvms + " running" : "none");
        };
    }

    /** Now, because weeks without a neighbour say nothing of this minute; and since the start, because it may come back. */
    private Optional<String> steal() {
        Optional<Activity> before = Activity.read(files.root()).filter(activity -> activity.totalTicks() > 0);
        if (before.isEmpty()) {
            return Optional.empty();
        }
        glance.run();
        return Activity.read(files.root())
                .map(now -> Check.steal(
                        now.since(before.get(), GLANCE.toMillis() / 1e3, 0)
                                .steal()
                                .orElse(0),
                        (double) now.stealTicks() / now.totalTicks()));
    }

    /** A host takes nothing from a machine that asks for nothing. */
    private static void keepBusy() {
        long start = System.nanoTime();
        while (System.nanoTime() - start < GLANCE.toNanos()) {
            Thread.onSpinWait();
        }
    }

    private Optional<String> swap() {
        OptionalDouble total = files.number("proc/meminfo", "^SwapTotal:\\s+(\\d+) kB");
        OptionalDouble free = files.number("proc/meminfo", "^SwapFree:\\s+(\\d+) kB");
        if (total.isEmpty() || free.isEmpty()) {
            return Optional.empty();
        }
        long used = Math.round((total.getAsDouble() - free.getAsDouble()) / 1024);
        return Optional.of(total.getAsDouble() == 0 ? "none" : used + " MiB in use");
    }

    /** Only x86 has a flag for it; other processors do not tell a guest from a machine. */
    private Optional<String> virtualisation() {
        boolean container = files.exists(".dockerenv") || files.exists("run/.containerenv");
        return files.match("proc/cpuinfo", "^flags\\s*:(.*)$")
                .map(flags -> (" " + flags + " ").contains(" hypervisor ") ? "virtual machine" : "none")
                .map(kind -> kind + (container ? ", in a container" : ""));
    }

    /** The machine's own; a mouse has one too. */
    private Optional<String> battery() {
        List<String> supplies = files.names(POWER).stream()
                .map(supply -> POWER + "/" + supply)
                .filter(supply -> !is(supply + "/scope", "Device"))
                .toList();
        if (supplies.stream().anyMatch(supply -> is(supply + "/status", "Discharging"))) {
            return Optional.of("in use");
        }
        return supplies.stream().anyMatch(supply -> is(supply + "/type", "Battery"))
                ? Optional.of("not in use")
                : noneIf("sys/class");
    }

    /** That there is none, where one of these says that this system would tell. */
    private Optional<String> noneIf(String... paths) {
        return Stream.of(paths).anyMatch(files::exists) ? Optional.of("none") : Optional.empty();
    }

    private boolean is(String path, String text) {
        return files.text(path).filter(text::equals).isPresent();
    }

    private static String onOrOff(boolean on) {
        return on ? "on" : "off";
    }

    private static Optional<String> words(OptionalDouble number, String format) {
        return number.isPresent()
                ? Optional.of(String.format(Locale.ROOT, format, number.getAsDouble()))
                : Optional.empty();
    }

    private static int countOtherJvms() {
        ProcessHandle self = ProcessHandle.current();
        List<ProcessHandle> own = self.descendants().toList();
        SystemFiles files = new SystemFiles(Path.of("/"));
        return (int) ProcessHandle.allProcesses()
                .filter(process -> !process.equals(self) && !own.contains(process))
                .filter(process -> isJvm(process.pid(), process.info().command(), files))
                .count();
    }

    /** By its program, or where that is another user's secret by its name; a process that has ended has no command line. */
    static boolean isJvm(long pid, Optional<String> program, SystemFiles files) {
        return program.map(path -> path.endsWith("/java")).orElseGet(() -> {
            String process = "proc/" + pid;
            return files.text(process + "/comm").filter("java"::equals).isPresent()
                    && files.text(process + "/cmdline").isPresent();
        });
    }
}
