package org.concurrencybench.runner;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** What on this machine would spoil a measurement, found in the files in which Linux tells it; elsewhere little is known. */
public final class Doctor {

    private static final String CPU = "sys/devices/system/cpu/";

    private final SystemFiles files;
    private final int cores;
    private final int otherJvms;

    /** Of this machine. */
    public Doctor() {
        this(Path.of("/"), Runtime.getRuntime().availableProcessors(), countOtherJvms());
    }

    Doctor(Path root, int cores, int otherJvms) {
        this.files = new SystemFiles(root);
        this.cores = cores;
        this.otherJvms = otherJvms;
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
            case QUOTA -> Optional.of(words(files.quotaCores(), "%.2f cores").orElse("none"));
            case STEAL -> steal();
            case LOAD -> words(files.number("proc/loadavg", "^(\\S+)"), "%.2f over one minute, " + cores + " cores");
            case SWAP -> swap();
            case PRESSURE ->
                words(files.number("proc/pressure/memory", "^some avg10=(\\S+)"), "%.2f %% of the last 10 s");
            case HUGE_PAGES -> files.match("sys/kernel/mm/transparent_hugepage/enabled", "\\[(\\w+)]");
            case VIRTUALISATION -> virtualisation();
            case BATTERY -> Optional.of(battery());
            case CLOCK_SOURCE -> files.text("sys/devices/system/clocksource/clocksource0/current_clocksource");
            case OTHER_JVMS -> Optional.of(otherJvms > 0 ? otherJvms + " running" : "none");
        };
    }

    private Optional<String> steal() {
        return Activity.read(files.root())
                .filter(activity -> activity.totalTicks() > 0)
                .map(activity -> String.format(
                        Locale.ROOT,
                        "%.2f %% since the machine was started",
                        100.0 * activity.stealTicks() / activity.totalTicks()));
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

    private Optional<String> virtualisation() {
        boolean guest = files.match("proc/cpuinfo", "^(?:flags|Features)\\s*:.*\\b(hypervisor)\\b")
                .isPresent();
        boolean container = files.exists(".dockerenv") || files.exists("run/.containerenv");
        if (!guest && !files.exists("proc/cpuinfo")) {
            return Optional.empty();
        }
        return Optional.of((guest ? "virtual machine" : "none") + (container ? ", in a container" : ""));
    }

    private String battery() {
        String supplies = "sys/class/power_supply";
        if (files.names(supplies).stream().anyMatch(supply -> is(supplies + "/" + supply + "/status", "Discharging"))) {
            return "in use";
        }
        return files.names(supplies).stream().anyMatch(supply -> is(supplies + "/" + supply + "/type", "Battery"))
                ? "not in use"
                : "none";
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
        return (int) ProcessHandle.allProcesses()
                .filter(process -> !process.equals(self) && !own.contains(process))
                .filter(process -> process.info()
                        .command()
                        .map(command -> command.endsWith("/java"))
                        .orElse(false))
                .count();
    }
}
