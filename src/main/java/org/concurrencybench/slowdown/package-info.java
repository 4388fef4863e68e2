/**
 * Makes the benchmarks of any JMH jar slower by a known share, from within the measuring JVM, to see whether a gate notices.
 * An agent that wraps each call of a benchmark in JMH's generated loops; the jar itself stays as it is.
 * Uses nothing but the JDK, because it runs in other people's JVMs.
 */
@NullMarked
package org.concurrencybench.slowdown;

import org.jspecify.annotations.NullMarked;
