package org.concurrencybench.workload;

import java.time.Duration;

/**
 * How a task waits. {@code Thread.sleep}, under most models to the letter; a model whose units hold something while they
 * compute, as CPython's threads hold their interpreter's lock, lets go of it meanwhile.
 */
@FunctionalInterface
public interface Pause {

    /**
     * Waits; never ends early, and as late as {@link Thread#sleep(Duration)} does.
     *
     * @throws InterruptedException if interrupted while it waits
     */
    void sleep(Duration time) throws InterruptedException;
}
