package org.concurrencybench.runner;

/**
 * The unit of work of a run.
 *
 * @param planned the case
 * @param number which fork of it, from 1
 */
public record PlannedFork(PlannedCase planned, int number) {}
