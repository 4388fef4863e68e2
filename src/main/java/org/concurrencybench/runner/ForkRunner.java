package org.concurrencybench.runner;

/** Measures one fork of one case. */
@FunctionalInterface
interface ForkRunner {

    ForkOutcome measure(PlannedFork fork);
}
