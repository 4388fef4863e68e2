/**
 * What is computed: batches of tasks with a known right answer.
 * Knows nothing of threads, processes or JMH; a model decides where a task runs and how state is shared.
 * These interfaces are also the door for workloads from elsewhere, found by {@link java.util.ServiceLoader}.
 */
@NullMarked
package org.concurrencybench.workload;

import org.jspecify.annotations.NullMarked;
