package org.concurrencybench.runner;

import java.time.Duration;

/** Limits of a run, each with its reason. */
final class RunDefaults {

    /** Longest iteration: twice what the slowest one of any profile takes (serial chains of 5 s sleeps). */
    static final Duration ITERATION_LIMIT = Duration.ofMinutes(2);

    /** How much sooner than we a fork may hear of a Ctrl-C that reaches both: some ten times what was seen on a busy machine. */
    static final Duration SIGNAL_LAG = Duration.ofMillis(500);

    /** Free space to begin with: a thousand times what a standard run writes. */
    static final long LEAST_FREE_BYTES = 32L * 1024 * 1024;

    private RunDefaults() {}
}
