/**
 * {@code run-benchmarks.sh}: how it finds a JDK, when and how it builds, what it hands on, and what it says when it cannot.
 * Real processes in a directory that holds a copy of the script, with JDKs and a Maven made of small shell scripts.
 * No test here needs the network, a second JDK or more than seconds.
 */
@NullMarked
package org.concurrencybench.door;

import org.jspecify.annotations.NullMarked;
