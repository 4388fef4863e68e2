package org.concurrencybench.runner;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.concurrencybench.process.ProcessTree;
import org.concurrencybench.sample.ForkRecord;
import org.concurrencybench.sample.Phase;
import org.concurrencybench.sample.Sample;
import org.concurrencybench.statistics.Steadiness;
import org.concurrencybench.statistics.Usual;

/**
 * Looks at the machine before and after each fork, and tells which fork ran under clearly other conditions than the run's
 * forks so far: busier or quieter ones ({@link Usual}).
 */
final class ForkWatch {

    /** Forks before one can be told to differ from them. */
    private static final int FEWEST = 3;

    private final Path root;
    private final Optional<ProcessTree> tree = ProcessTree.find();
    private Optional<Activity> before = Optional.empty();
    private Instant startedAt = Instant.EPOCH;
    private long startNanos;
    private long ownNanos;
    private long forkNanos;
    private final List<Double> steals = new ArrayList<>();
    private final List<Double> others = new ArrayList<>();

    ForkWatch(Path root) {
        this.root = root;
    }

    void starting() {
        startedAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        before = Activity.read(root);
        ownNanos = cpuNanos();
        startNanos = System.nanoTime();
    }

    /** Wall time of all forks so far. */
    long forkNanos() {
        return forkNanos;
    }

    /** The fork that has just ended, as it goes into the file. */
    ForkRecord ended(PlannedFork fork, List<Sample> samples) {
        long wall = System.nanoTime() - startNanos;
        forkNanos += wall;
        Activity.Conditions conditions = Activity.read(root)
                .flatMap(after -> before.map(first -> after.since(first, wall / 1e9, cpuNanos() - ownNanos)))
                .orElse(Activity.Conditions.UNKNOWN);
        String note = difference(conditions);
        conditions.steal().ifPresent(steals::add);
        conditions.others().ifPresent(others::add);
        return new ForkRecord(
                fork.planned().key(),
                fork.number(),
                startedAt.toString(),
                wall / 1e6,
                conditions.load(),
                percent(conditions.steal()),
                percent(conditions.others()),
                conditions.contextSwitches(),
                Steadiness.of(samples.stream()
                                .filter(sample -> sample.phase() == Phase.MEASUREMENT
                                        && sample.key().equals(fork.planned().key()))
                                .map(Sample::score)
                                .toList())
                        .label(),
                note);
    }

    private String difference(Activity.Conditions conditions) {
        return difference(conditions.steal(), steals, RunDefaults.STEAL, "%.0f%% of the CPU time was stolen")
                .or(() -> difference(
                        conditions.others(), others, RunDefaults.OTHERS, "other processes used %.0f%% of the machine"))
                .orElse("");
    }

    private static Optional<String> difference(OptionalDouble share, List<Double> before, double least, String words) {
        if (share.isEmpty() || before.size() < FEWEST) {
            return Optional.empty();
        }
        Usual usual = Usual.of(before);
        return usual.isOff(share.getAsDouble(), least)
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "other conditions: " + words + ", %.0f%% in the middle of the forks before",
                        100 * share.getAsDouble(),
                        100 * usual.median()))
                : Optional.empty();
    }

    /** CPU time of this process, and of forks that have ended. */
    private long cpuNanos() {
        return tree.map(ProcessTree::cpuNanos).orElse(0L);
    }

    private static OptionalDouble percent(OptionalDouble share) {
        return share.isPresent() ? OptionalDouble.of(100 * share.getAsDouble()) : share;
    }
}
