package org.concurrencybench.benchmark;

/**
 * How a fork spends its time. An iteration runs whole batches until its time is over, one at the least.
 *
 * @param warmupIterations iterations that do not count
 * @param warmupMillis least time of each
 * @param iterations iterations that count
 * @param millis least time of each
 */
public record Timing(int warmupIterations, int warmupMillis, int iterations, int millis) {

    /** One batch an iteration: for batches that take long enough by themselves. */
    static Timing singleBatches(int warmupIterations, int iterations) {
        return new Timing(warmupIterations, 1, iterations, 1);
    }
}
