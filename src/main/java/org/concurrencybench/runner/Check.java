package org.concurrencybench.runner;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Each thing that the {@link Doctor} looks at: when what was found spoils numbers, what it does to them, what helps. */
enum Check {
    GOVERNOR(
            "CPU governor",
            found -> !found.equals("performance"),
            "cores keep their speed",
            "under a saving governor cores start slowly, and short batches look slower than long ones",
            "sudo cpupower frequency-set -g performance"),
    TURBO(
            "turbo",
            "on"::equals,
            "one core is as fast as each of many",
            "one busy core runs faster than all of them do, so speed-ups come out too small",
            "write 1 to /sys/devices/system/cpu/intel_pstate/no_turbo, or 0 to .../cpufreq/boost"),
    SMT(
            "SMT",
            "on"::equals,
            "each processor is a core of its own",
            "two threads of a core share it, so the ideal of as many cores as there are threads is out of reach",
            "echo off | sudo tee /sys/devices/system/cpu/smt/control"),
    QUOTA(
            "cgroup CPU quota",
            found -> !found.equals("none"),
            "all cores may be used all the time",
            "whoever used up a period's share waits for the next one; parallelism and ideal follow it",
            "give the container whole cores (--cpuset-cpus) in place of a share (--cpus)"),
    STEAL(
            "steal time",
            Check::isStolen,
            "the host leaves the machine alone",
            "while the host runs others, time goes on and nothing is computed",
            "measure on a host that nobody shares, or at a quieter time"),
    LOAD(
            "load",
            Check::isBusy,
            "nobody else works",
            "others take cores away from what is measured",
            "end other work, or wait until it is done"),
    SWAP(
            "swap",
            found -> leading(found).orElse(0) > 0,
            "memory stays where it is",
            "memory that comes back from disk takes milliseconds",
            "free memory, then sudo swapoff -a"),
    PRESSURE(
            "memory pressure",
            found -> leading(found).orElse(0) > 0.1,
            "nobody waits for memory",
            "tasks wait for memory (PSI: some)",
            "end what uses the memory"),
    HUGE_PAGES(
            "transparent huge pages",
            "always"::equals,
            "only who asks for huge pages gets them",
            "which pages become huge is luck, and forks differ by it",
            "echo madvise | sudo tee /sys/kernel/mm/transparent_hugepage/enabled"),
    VIRTUALISATION(
            "virtualisation",
            found -> found.startsWith("virtual machine"),
            "cores are cores",
            "its cores are threads of a host that others may share; speed changes without a trace here",
            "trust only what is measured side by side, or use a machine of your own"),
    BATTERY(
            "battery",
            "in use"::equals,
            "the machine runs on mains",
            "cores are slowed down to save it",
            "plug the machine in"),
    CLOCK_SOURCE(
            "clock source",
            found -> !List.of("tsc", "arch_sys_counter", "kvm-clock", "hyperv_clocksource_tsc_page")
                    .contains(found),
            "reading the time takes nanoseconds",
            "a clock that is no register takes microseconds to read, which short batches feel",
            "start the kernel with clocksource=tsc"),
    OTHER_JVMS(
            "other JVMs",
            found -> leading(found).orElse(0) > 0,
            "no other JVM takes part",
            "they compile and collect garbage when they like, on the same cores",
            "end them (IDEs and build daemons too), or wait");

    /** In place of what was found where nothing was. */
    static final String UNKNOWN = "not told by this system";

    /** Load for each core above which others are clearly at work. */
    private static final double BUSY = 0.25;

    private static final Pattern NUMBER = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,15})?).*");
    private static final Pattern SHARE = Pattern.compile("(\\d{1,9}\\.\\d{2}) %");
    private static final Pattern LOAD_OF = Pattern.compile("(\\d{1,9}\\.\\d{2}) over one minute, (\\d{1,9}) cores");

    private final String label;

    @SuppressWarnings("ImmutableEnumChecker") // lambdas without state
    private final Predicate<String> spoils;

    private final String fine;
    private final String effect;
    private final String advice;

    Check(String label, Predicate<String> spoils, String fine, String effect, String advice) {
        this.label = label;
        this.spoils = spoils;
        this.fine = fine;
        this.effect = effect;
        this.advice = advice;
    }

    /** Its name in words, as in {@code environment.json}. */
    String label() {
        return label;
    }

    /** What {@code found}, in the words of {@link Doctor}, means. */
    Finding judge(String found) {
        if (found.equals(UNKNOWN)) {
            return new Finding(label, UNKNOWN, effect, "find out by other means, and where it is so: " + advice, false);
        }
        return spoils.test(found)
                ? new Finding(label, found, effect, advice, true)
                : new Finding(label, found, fine, "", false);
    }

    /** Shares of steal time in the words that are judged. */
    static String steal(double now, double sinceTheStart) {
        return String.format(
                Locale.ROOT,
                "%.2f %% in half a second, %.2f %% since the machine was started",
                100 * now,
                100 * sinceTheStart);
    }

    private static boolean isStolen(String found) {
        return SHARE.matcher(found)
                .results()
                .anyMatch(share -> Double.parseDouble(share.group(1)) > 100 * RunDefaults.STEAL / 5);
    }

    private static boolean isBusy(String found) {
        Matcher matcher = LOAD_OF.matcher(found);
        return matcher.matches() && Double.parseDouble(matcher.group(1)) > BUSY * Double.parseDouble(matcher.group(2));
    }

    private static OptionalDouble leading(String found) {
        Matcher matcher = NUMBER.matcher(found);
        return matcher.matches() ? OptionalDouble.of(Double.parseDouble(matcher.group(1))) : OptionalDouble.empty();
    }
}
