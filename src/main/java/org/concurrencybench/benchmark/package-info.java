/**
 * The JMH classes, the models that they can run, and the profiles that say which cases are worth measuring.
 * Each benchmark is a few lines: its parameters; all else is done by the rooms above.
 * A new workload adds a class here and a constant to {@code Suite}; a new model adds a constant to {@code Model}.
 */
@NullMarked
package org.concurrencybench.benchmark;

import org.jspecify.annotations.NullMarked;
