/**
 * Our workloads as if somebody else had written them.
 * What only ours could use would be a door that a user's own workload has not.
 * Compiled for each test that asks for them.
 */
@NullMarked
package org.concurrencybench.foreign;

import org.jspecify.annotations.NullMarked;
