/**
 * From a plan to samples: which fork runs next, what JMH measured in it, and the directory that keeps it.
 * A fork of a case is the unit of work; JMH does the measuring and is used as it is.
 * Tells a listener what goes on and prints nothing itself.
 */
@NullMarked
package org.concurrencybench.runner;

import org.jspecify.annotations.NullMarked;
