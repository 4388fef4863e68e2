package org.concurrencybench.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The counters of {@code /proc/stat} and {@code /proc/loadavg} at one moment (proc_stat(5)).
 *
 * @param totalTicks CPU time of the whole machine since it was started, idle time included
 * @param busyTicks the part in which processes ran, in this machine
 * @param stealTicks the part that the host gave to others
 * @param contextSwitches since it was started
 * @param load average over one minute
 */
record Activity(long totalTicks, long busyTicks, long stealTicks, long contextSwitches, OptionalDouble load) {

    /** Ticks a second, which Linux fixes for these files (USER_HZ). */
    private static final double TICKS_PER_SECOND = 100;

    /** What the files below {@code root} say; empty where there are none. */
    static Optional<Activity> read(Path root) {
        try {
            List<String> stat = Files.readAllLines(root.resolve("proc/stat"));
            long[] ticks = new long[8];
            String[] words = stat.getFirst().trim().split(" +", -1);
            for (int i = 0; i < ticks.length && i + 1 < words.length; i++) {
                ticks[i] = Long.parseLong(words[i + 1]);
            }
            long switches = stat.stream()
                    .filter(line -> line.startsWith("ctxt "))
                    .mapToLong(line ->
                            Long.parseLong(line.substring("ctxt ".length()).strip()))
                    .findFirst()
                    .orElse(0);
            // user nice system idle iowait irq softirq steal
            long steal = ticks[7];
            long busy = ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6];
            long total = busy + ticks[3] + ticks[4] + steal;
            return Optional.of(new Activity(total, busy, steal, switches, load(root)));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static OptionalDouble load(Path root) throws IOException {
        Path file = root.resolve("proc/loadavg");
        return Files.exists(file)
                ? OptionalDouble.of(Double.parseDouble(Files.readString(file).split(" ", 2)[0]))
                : OptionalDouble.empty();
    }

    /**
     * What went on since {@code before}.
     *
     * @param ownCpuNanos CPU time that the run's own processes used meanwhile
     */
    Conditions since(Activity before, double seconds, long ownCpuNanos) {
        double total = totalTicks - before.totalTicks;
        if (total <= 0 || seconds <= 0) {
            return Conditions.UNKNOWN;
        }
        double ownTicks = ownCpuNanos / 1e9 * TICKS_PER_SECOND;
        double others = Math.max(0, busyTicks - before.busyTicks - ownTicks);
        return new Conditions(
                load,
                OptionalDouble.of((stealTicks - before.stealTicks) / total),
                OptionalDouble.of(others / total),
                OptionalDouble.of((contextSwitches - before.contextSwitches) / seconds));
    }

    /**
     * What a fork ran under.
     *
     * @param load average over one minute
     * @param steal share of CPU time that the host gave to others
     * @param others share that other processes used
     * @param contextSwitches a second
     */
    record Conditions(
            OptionalDouble load, OptionalDouble steal, OptionalDouble others, OptionalDouble contextSwitches) {

        static final Conditions UNKNOWN = new Conditions(
                OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());
    }
}
