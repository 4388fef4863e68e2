/**
 * Memory that several JVMs map, and what can be built on it: numbers under locks that hold across processes.
 * Uses the foreign-memory interface alone: no native code of ours, no internal one of the JDK's.
 * Each access to shared memory says which access in another process it pairs with.
 */
@NullMarked
package org.concurrencybench.sharedmemory;

import org.jspecify.annotations.NullMarked;
