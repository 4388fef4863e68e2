package org.concurrencybench.runner;

import java.time.Duration;

/** Limits of a run, each with its reason. */
final class RunDefaults {

    /**
     * Longest iteration, beside what a case grants its batches: twice what the slowest one of any profile takes (serial chains
     * of 5 s sleeps).
     */
    static final Duration ITERATION_LIMIT = Duration.ofMinutes(2);

    /** How much sooner than we a fork may hear of a Ctrl-C that reaches both: some ten times what was seen on a busy machine. */
    static final Duration SIGNAL_LAG = Duration.ofMillis(500);

    /** Free space to begin with: a thousand times what a standard run writes. */
    static final long LEAST_FREE_BYTES = 32L * 1024 * 1024;

    /** From here on one batch is an iteration: a clock read costs it nothing, and ten batches would take a second. */
    static final Duration SINGLE_SHOT = Duration.ofMillis(100);

    /** How many times the forks of the rounds a case may get from what is left of a budget. */
    static final int CAP_FACTOR = 3;

    /** Share of time stolen by other machines that is another condition if it is more or less: a score is off by as much. */
    static final double STEAL = 0.05;

    /** Share of the machine used by other processes that is another condition if it is more or less. */
    static final double OTHERS = 0.15;

    private RunDefaults() {}
}
