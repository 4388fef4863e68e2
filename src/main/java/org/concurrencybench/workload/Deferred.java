package org.concurrencybench.workload;

import java.time.Duration;

/**
 * A workload whose tasks wait and then do next to nothing, so that one thread can keep the time of all of them at once. Its
 * definition {@linkplain WorkloadDefinition#isDeferred says so}.
 *
 * @param <P> what a run of tasks yields
 */
public interface Deferred<P> extends Workload<P> {

    /** How long each task waits before it {@linkplain #wake wakes}. */
    Duration delay();

    /** What a task does after its wait; takes no time to speak of, and never waits. */
    P wake(int task);
}
