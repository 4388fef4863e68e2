package org.concurrencybench.runner;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** What on this machine would spoil a measurement, found in the files in which Linux tells it; elsewhere little is known. */
public final class Doctor {

    private static final String CPU = "sys/devices/system/cpu/";

    /** Load for each core above which others are clearly at work. */
    private static final double BUSY = 0.25;

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
        return List.of(
                governor(),
                turbo(),
                smt(),
                quota(),
                steal(),
                load(),
                swap(),
                pressure(),
                hugePages(),
                virtualisation(),
                battery(),
                clockSource(),
                others());
    }

    /** The same by name, in words, for a file. */
    public static Map<String, String> asWords(List<Finding> findings) {
        Map<String, String> words = new TreeMap<>();
        findings.forEach(finding -> words.put(finding.name(), finding.found()));
        return words;
    }

    private Finding governor() {
        String name = "CPU governor";
        String effect = "under a saving governor cores start slowly, and short batches look slower than long ones";
        return files.text(CPU + "cpu0/cpufreq/scaling_governor")
                .map(governor -> governor.equals("performance")
                        ? Finding.fine(name, governor, "cores keep their speed")
                        : Finding.spoiling(name, governor, effect, "sudo cpupower frequency-set -g performance"))
                .orElse(Finding.unknown(name, effect));
    }

    private Finding turbo() {
        String name = "turbo";
        String effect = "one busy core runs faster than all of them do, so speed-ups come out too small";
        Optional<Boolean> on = files.text(CPU + "intel_pstate/no_turbo")
                .map("0"::equals)
                .or(() -> files.text(CPU + "cpufreq/boost").map("1"::equals));
        return on.map(known -> known
                        ? Finding.spoiling(
                                name,
                                "on",
                                effect,
                                "write 1 to /sys/devices/system/cpu/intel_pstate/no_turbo, or 0 to .../cpufreq/boost")
                        : Finding.fine(name, "off", "one core is as fast as each of many"))
                .orElse(Finding.unknown(name, effect));
    }

    private Finding smt() {
        String name = "SMT";
        String effect =
                "two threads of a core share it, so the ideal of as many cores as there are threads is out of reach";
        return files.text(CPU + "smt/active")
                .map(active -> active.equals("1")
                        ? Finding.spoiling(
                                name, "on", effect, "echo off | sudo tee /sys/devices/system/cpu/smt/control")
                        : Finding.fine(name, "off", "each processor is a core of its own"))
                .orElse(Finding.unknown(name, effect));
    }

    private Finding quota() {
        String name = "cgroup CPU quota";
        OptionalDouble quota = files.quotaCores();
        if (quota.isEmpty()) {
            return Finding.fine(name, "none", "all cores may be used all the time");
        }
        String found = String.format(Locale.ROOT, "%.2f cores", quota.getAsDouble());
        return Finding.spoiling(
                name,
                found,
                "whoever used up a period's share waits for the next one; parallelism and ideal follow it (%d usable)"
                        .formatted(cores),
                "give the container whole cores (--cpuset-cpus) in place of a share (--cpus)");
    }

    private Finding steal() {
        String name = "steal time";
        String effect = "while the host runs others, time goes on and nothing is computed";
        Optional<Activity> activity = Activity.read(files.root());
        if (activity.isEmpty() || activity.get().totalTicks() == 0) {
            return Finding.unknown(name, effect);
        }
        double share = (double) activity.get().stealTicks() / activity.get().totalTicks();
        String found = String.format(Locale.ROOT, "%.2f %% since the machine was started", 100 * share);
        return share > RunDefaults.STEAL / 5
                ? Finding.spoiling(name, found, effect, "measure on a host that nobody shares, or at a quieter time")
                : Finding.fine(name, found, "the host leaves the machine alone");
    }

    private Finding load() {
        String name = "load";
        String effect = "others take cores away from what is measured";
        OptionalDouble load = files.number("proc/loadavg", "^(\\S+)");
        if (load.isEmpty()) {
            return Finding.unknown(name, effect);
        }
        String found = String.format(Locale.ROOT, "%.2f over one minute, %d cores", load.getAsDouble(), cores);
        return load.getAsDouble() > BUSY * cores
                ? Finding.spoiling(name, found, effect, "end other work, or wait until it is done")
                : Finding.fine(name, found, "nobody else works");
    }

    private Finding swap() {
        String name = "swap";
        String effect = "memory that comes back from disk takes milliseconds";
        OptionalDouble total = files.number("proc/meminfo", "^SwapTotal:\\s+(\\d+) kB");
        OptionalDouble free = files.number("proc/meminfo", "^SwapFree:\\s+(\\d+) kB");
        if (total.isEmpty() || free.isEmpty()) {
            return Finding.unknown(name, effect);
        }
        long used = Math.round((total.getAsDouble() - free.getAsDouble()) / 1024);
        String found = total.getAsDouble() == 0 ? "none" : used + " MiB in use";
        return used > 0
                ? Finding.spoiling(name, found, effect, "free memory, then sudo swapoff -a")
                : Finding.fine(name, found, "memory stays where it is");
    }

    private Finding pressure() {
        String name = "memory pressure";
        String effect = "tasks wait for memory (PSI: some)";
        OptionalDouble some = files.number("proc/pressure/memory", "^some avg10=(\\S+)");
        if (some.isEmpty()) {
            return Finding.unknown(name, effect);
        }
        String found = String.format(Locale.ROOT, "%.2f %% of the last 10 s", some.getAsDouble());
        return some.getAsDouble() > 0.1
                ? Finding.spoiling(name, found, effect, "end what uses the memory")
                : Finding.fine(name, found, "nobody waits for memory");
    }

    private Finding hugePages() {
        String name = "transparent huge pages";
        return files.match("sys/kernel/mm/transparent_hugepage/enabled", "\\[(\\w+)]")
                .map(mode -> mode.equals("always")
                        ? Finding.spoiling(
                                name,
                                mode,
                                "which pages become huge is luck, and forks differ by it",
                                "echo madvise | sudo tee /sys/kernel/mm/transparent_hugepage/enabled")
                        : Finding.fine(name, mode, "only who asks for huge pages gets them"))
                .orElse(Finding.unknown(name, "where pages are huge forks may differ by luck"));
    }

    private Finding virtualisation() {
        String name = "virtualisation";
        boolean guest = files.match("proc/cpuinfo", "^(?:flags|Features)\\s*:.*\\b(hypervisor)\\b")
                .isPresent();
        boolean container = files.exists(".dockerenv") || files.exists("run/.containerenv");
        if (!guest && !files.exists("proc/cpuinfo")) {
            return Finding.unknown(name, "a guest shares its host");
        }
        String found = (guest ? "virtual machine" : "none") + (container ? ", in a container" : "");
        return guest
                ? Finding.spoiling(
                        name,
                        found,
                        "its cores are threads of a host that others may share; speed changes without a trace here",
                        "trust only what is measured side by side, or use a machine of your own")
                : Finding.fine(name, found, "cores are cores");
    }

    private Finding battery() {
        String name = "battery";
        String supplies = "sys/class/power_supply";
        boolean discharging = files.names(supplies).stream()
                .anyMatch(supply -> files.text(supplies + "/" + supply + "/status")
                        .filter("Discharging"::equals)
                        .isPresent());
        boolean has = files.names(supplies).stream()
                .anyMatch(supply -> files.text(supplies + "/" + supply + "/type")
                        .filter("Battery"::equals)
                        .isPresent());
        return discharging
                ? Finding.spoiling(name, "in use", "cores are slowed down to save it", "plug the machine in")
                : Finding.fine(name, has ? "not in use" : "none", "the machine runs on mains");
    }

    private Finding clockSource() {
        String name = "clock source";
        String effect = "a clock that is no register takes microseconds to read, which short batches feel";
        return files.text("sys/devices/system/clocksource/clocksource0/current_clocksource")
                .map(source -> List.of("tsc", "arch_sys_counter", "kvm-clock").contains(source)
                        ? Finding.fine(name, source, "reading the time takes nanoseconds")
                        : Finding.spoiling(name, source, effect, "start the kernel with clocksource=tsc"))
                .orElse(Finding.unknown(name, effect));
    }

    private Finding others() {
        String name = "other JVMs";
        return otherJvms > 0
                ? Finding.spoiling(
                        name,
                        otherJvms + " running",
                        "they compile and collect garbage when they like, on the same cores",
                        "end them (IDEs and build daemons too), or wait")
                : Finding.fine(name, "none", "no other JVM takes part");
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
