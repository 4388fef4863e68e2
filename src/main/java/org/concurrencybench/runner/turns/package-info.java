/**
 * Makes the iterations of two measuring JVMs take turns, from within, through JMH's interface for profilers.
 * Runs inside other people's JVMs, so at run time it needs the JDK and JMH alone, and it is compiled for JDK 11 and newer.
 * Who says whose turn it is stands on the other side of a socket, in the comparison.
 */
@NullMarked
package org.concurrencybench.runner.turns;

import org.jspecify.annotations.NullMarked;
