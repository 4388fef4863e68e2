package org.concurrencybench.sample;

import java.util.OptionalDouble;

/**
 * One iteration's score in one fork.
 *
 * @param key the case
 * @param fork number of the fork, from 1
 * @param iteration number of the iteration within its fork and phase, from 1
 * @param phase warm-up or measurement
 * @param score in {@code unit}
 * @param unit e.g. {@code ms/op}
 * @param direction which way is better
 * @param cpuMillis CPU time of the process tree per operation, where it was measured
 * @param rssMebibytes memory of the process tree, where it was measured
 */
public record Sample(
        CaseKey key,
        int fork,
        int iteration,
        Phase phase,
        double score,
        String unit,
        Direction direction,
        OptionalDouble cpuMillis,
        OptionalDouble rssMebibytes) {}
