package org.concurrencybench.workload;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * What there is to know of a workload before it runs. Implementations have a public constructor without arguments and are
 * listed in {@code META-INF/services/org.concurrencybench.workload.WorkloadDefinition}; ours are found the same way.
 */
public interface WorkloadDefinition {

    /** Its name in files and on the command line: small letters, digits and hyphens. */
    String name();

    /** What bounds it. */
    Kind kind();

    /** What it teaches, in one line. */
    String lesson();

    /** A batch with these settings in words, as a heading for people; empty where the settings say it as well. */
    default String title(Settings settings) {
        return "";
    }

    /** What can be set, in the order in which it is shown. */
    List<Parameter> parameters();

    /** Where the state that its tasks share can live; models that cannot share it there do not run it. */
    default Sharing sharing(Settings settings) {
        return Sharing.ANYWHERE;
    }

    /** Whether its tasks only wait: then {@link #create} gives a {@link Deferred}. */
    default boolean isDeferred() {
        return false;
    }

    /** Whether some of its tasks wait for what others do: then each needs a unit that is there at the same time. */
    default boolean tasksWaitForEachOther(Settings settings) {
        return false;
    }

    /**
     * Whether nobody knows the right answer beforehand, so that right is what one thread answers: then {@link
     * Workload#expect} is told it. That thread runs in a child JVM of its own, because what ran side by side in this one may
     * have spoilt what the tasks' code keeps.
     */
    default boolean isComparedWithSerial(Settings settings) {
        return false;
    }

    /**
     * How long all tasks of a batch may take, one after another, beside the minute or two that are granted anyway. Whoever
     * waits for some of the tasks gives up after their share of it and a minute.
     */
    default Duration batchLimit(Settings settings) {
        return Duration.ZERO;
    }

    /** A batch with these settings, in this process. */
    Workload<?> create(Settings settings, SharedState shared);

    /**
     * How many units at once suit it: one for each task that waits, one for each core where it computes.
     *
     * @param cores cores of the machine that it may use
     * @return at least 1
     */
    int naturalParallelism(Settings settings, int cores);

    /**
     * The speed-up over one thread that the hardware allows: no code can do better, only timers' luck.
     *
     * @param parallelism units at once
     * @param cores cores of the machine that they may use
     */
    double idealSpeedup(Settings settings, int parallelism, int cores);

    /**
     * The right answer of a batch with these settings in words, or what of it is known beforehand: it differs where another
     * piece of work is done, and not where the same is done in another way. Empty where the settings say all there is.
     */
    default String rightAnswer(Settings settings) {
        return "";
    }

    /**
     * Tells this work from other work under the same name: a hash of name, settings and right answer. Times of batches with
     * different ones say nothing of each other.
     */
    default String fingerprint(Settings settings) {
        String work = String.join("\n", name(), settings.asMap().toString(), rightAnswer(settings));
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(work.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The definition with this name, from the class path. */
    static Optional<WorkloadDefinition> find(String name) {
        for (WorkloadDefinition definition : ServiceLoader.load(WorkloadDefinition.class)) {
            if (definition.name().equals(name)) {
                return Optional.of(definition);
            }
        }
        return Optional.empty();
    }

    /**
     * The speed-up of equal tasks that only wait: as many rounds as it takes for every task to have had a unit.
     *
     * @param tasks how many
     * @param parallelism units at once
     */
    static double idealOfEqualTasks(int tasks, int parallelism) {
        return tasks / Math.ceil((double) tasks / parallelism);
    }
}
