package org.concurrencybench.execution;

import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.Sharing;
import org.concurrencybench.workload.WorkloadDefinition;

/** A way of running a batch. Stateless: all that lives longer than a call belongs to the {@link Batch}. */
public interface ExecutionModel {

    /** Its name in files and on the command line, e.g. {@code virtual-threads}. */
    String label();

    /** One line for the report: what happens inside the timed region, start-up, transfer and join included. */
    String timedRegion();

    /** Whether its units can share state that lives there; for {@link Sharing#SEPARATE}, whether none of them shares a heap. */
    boolean shares(Sharing sharing);

    /** Whether it can run that workload with these settings. */
    default boolean runs(WorkloadDefinition definition, Settings settings) {
        return shares(definition.sharing(settings));
    }

    /**
     * How many units it uses where {@code wanted} would suit the workload: 1 for a model that has only one, a cap for one
     * whose units are dear.
     *
     * @param wanted at least 1
     * @return from 1 to {@code wanted}
     */
    int parallelism(int wanted);

    /**
     * Gets everything ready that is not part of the timed region.
     *
     * @param spec what to run
     * @param parallelism units at once; {@link #parallelism} of itself
     * @throws ExecutionException if units that must exist before the first run cannot be made
     * @throws InterruptedException if interrupted while they start
     */
    Batch prepare(WorkloadSpec spec, int parallelism) throws ExecutionException, InterruptedException;
}
