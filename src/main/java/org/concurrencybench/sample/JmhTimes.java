package org.concurrencybench.sample;

/**
 * How long the iterations of a case were meant to last, as JMH spells times.
 *
 * @param warmupTime of a warm-up iteration, e.g. {@code 500 ms}
 * @param measurementTime of a measured iteration, e.g. {@code 1 s}
 */
public record JmhTimes(String warmupTime, String measurementTime) {}
