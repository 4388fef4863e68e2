/**
 * What was measured: cases, samples, their summaries, and the files they stand in.
 * Reads and writes {@code samples.csv}, {@code summary.csv} and JMH's JSON; every byte from outside is checked.
 * Knows nothing of how a sample came to be, so that files from elsewhere serve as well as our own.
 */
@NullMarked
package org.concurrencybench.sample;

import org.jspecify.annotations.NullMarked;
