/**
 * This process and its descendants as the operating system sees them: their CPU time and their memory.
 * A room of its own, because the runner looks from outside of a benchmark and a benchmark of memory from inside.
 * Knows nothing of workloads, models or JMH.
 */
@NullMarked
package org.concurrencybench.process;

import org.jspecify.annotations.NullMarked;
