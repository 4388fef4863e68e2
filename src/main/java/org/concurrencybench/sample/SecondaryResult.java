package org.concurrencybench.sample;

import java.util.OptionalDouble;

/**
 * What JMH measured beside a benchmark's score: a profiler's figure, a percentile, or one method of a group.
 *
 * @param benchmark JMH's name of the benchmark
 * @param params its parameters
 * @param mode JMH's short name
 * @param name of the figure, such as {@code gc.alloc.rate.norm}
 * @param score absent where JMH has none
 * @param error half of its 99.9 % interval, where JMH has one
 * @param unit as JMH spells it; what is better is not known of it
 */
public record SecondaryResult(
        String benchmark,
        Params params,
        String mode,
        String name,
        OptionalDouble score,
        OptionalDouble error,
        String unit) {}
