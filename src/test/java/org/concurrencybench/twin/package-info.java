/**
 * Hand-written JMH twins of our serial and platform-thread cases: plain loops and threads, none of our rooms between.
 * If one of them were quicker than ours, our abstraction would cost what it pretends to measure.
 * Measured on demand: {@code mvn -P twins verify}.
 */
@NullMarked
package org.concurrencybench.twin;

import org.jspecify.annotations.NullMarked;
