/**
 * How a batch is run: the models, the chunking rule that they share, and those that stay inside one JVM.
 * Models run any workload and know none of them; child JVMs have a room of their own below this one.
 * What a model's timed region holds is said in its Javadoc and by {@code timedRegion()}.
 */
@NullMarked
package org.concurrencybench.execution;

import org.jspecify.annotations.NullMarked;
