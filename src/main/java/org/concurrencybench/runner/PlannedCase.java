package org.concurrencybench.runner;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.concurrencybench.sample.CaseKey;

/**
 * A case, and how JMH is to measure one fork of it.
 *
 * @param key the case as it stands in files; its {@code benchmark} is JMH's name, class and method
 * @param jmhParams the benchmark's parameters as JMH spells them
 * @param ideal speed-up that the hardware allows, where it is known
 * @param warmupIterations iterations that do not count
 * @param warmupMillis least time of each
 * @param iterations iterations that count
 * @param iterationMillis least time of each
 * @param figures what the benchmark counts beside its score
 * @param jvm what its forks run on
 * @param batchLimit how long a batch may take beside what is granted to every iteration
 */
public record PlannedCase(
        CaseKey key,
        Map<String, String> jmhParams,
        OptionalDouble ideal,
        int warmupIterations,
        int warmupMillis,
        int iterations,
        int iterationMillis,
        List<SideFigure> figures,
        TargetJvm jvm,
        Duration batchLimit) {

    public PlannedCase {
        figures = List.copyOf(figures);
    }

    /** Whether the benchmark's own score is one of its samples, and not only what it counts. */
    public boolean hasScore() {
        return figures.stream().noneMatch(SideFigure::isScore);
    }

    /**
     * Whether a fork is one batch and nothing else, as when a program is replayed. Not where it counts something beside: JMH
     * counts in iterations that have a length.
     */
    boolean isSingleShot() {
        return warmupIterations == 0 && iterations == 1 && figures.isEmpty();
    }

    /** A case on the runner's own JVM. */
    public PlannedCase(
            CaseKey key,
            Map<String, String> jmhParams,
            OptionalDouble ideal,
            int warmupIterations,
            int warmupMillis,
            int iterations,
            int iterationMillis,
            List<SideFigure> figures) {
        this(
                key,
                jmhParams,
                ideal,
                warmupIterations,
                warmupMillis,
                iterations,
                iterationMillis,
                figures,
                TargetJvm.OWN,
                Duration.ZERO);
    }

    /** This case on another JVM, under a key that tells it from others. */
    public PlannedCase on(TargetJvm target, CaseKey targetKey) {
        return new PlannedCase(
                targetKey,
                jmhParams,
                ideal,
                warmupIterations,
                warmupMillis,
                iterations,
                iterationMillis,
                figures,
                target,
                batchLimit);
    }

    /** This case with other parameters of its benchmark. */
    PlannedCase with(Map<String, String> params) {
        return new PlannedCase(
                key,
                params,
                ideal,
                warmupIterations,
                warmupMillis,
                iterations,
                iterationMillis,
                figures,
                jvm,
                batchLimit);
    }

    /** This case with other times for a fork. */
    PlannedCase timed(int newWarmupIterations, int newWarmupMillis, int newIterationMillis) {
        return new PlannedCase(
                key,
                jmhParams,
                ideal,
                newWarmupIterations,
                newWarmupMillis,
                iterations,
                newIterationMillis,
                figures,
                jvm,
                batchLimit);
    }

    /** This case with batches that may take so long beside what is granted to every iteration. */
    public PlannedCase within(Duration limit) {
        return new PlannedCase(
                key,
                jmhParams,
                ideal,
                warmupIterations,
                warmupMillis,
                iterations,
                iterationMillis,
                figures,
                jvm,
                limit);
    }

    /** The cases that its samples belong to: itself, and one for each figure. */
    public List<CaseKey> keys() {
        return Stream.concat(
                        hasScore() ? Stream.of(key) : Stream.empty(),
                        figures.stream().map(figure -> figure.of(key)))
                .toList();
    }
}
