/**
 * Estimates, intervals and tests over forks.
 * Knows no file, no clock and no benchmark: numbers in, {@link org.concurrencybench.statistics.Estimate} out.
 * Everything that claims a difference or a precision gets its interval here.
 */
@NullMarked
package org.concurrencybench.statistics;

import org.jspecify.annotations.NullMarked;
