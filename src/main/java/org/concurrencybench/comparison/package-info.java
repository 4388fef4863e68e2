/**
 * Two sets of measurements in, a verdict for each case out: slower, faster, the same, or not to be told.
 * Compares files as they are, and jars live, fork beside fork.
 * Prints nothing and draws nothing; only the live part starts processes.
 */
@NullMarked
package org.concurrencybench.comparison;

import org.jspecify.annotations.NullMarked;
