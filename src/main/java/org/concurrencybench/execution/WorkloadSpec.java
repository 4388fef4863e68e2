package org.concurrencybench.execution;

import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.SharedState;
import org.concurrencybench.workload.Workload;
import org.concurrencybench.workload.WorkloadDefinition;

/**
 * What to run: enough to make the same workload in any process.
 *
 * @param definition found by its name in another process
 * @param settings a value for each of its parameters
 */
public record WorkloadSpec(WorkloadDefinition definition, Settings settings) {

    /** The workload, over the state that the model shares between its units. */
    public Workload<?> create(SharedState shared) {
        return definition.create(settings, shared);
    }
}
