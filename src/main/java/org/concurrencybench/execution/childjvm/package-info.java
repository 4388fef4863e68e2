/**
 * Child JVMs: starting, feeding, watching and ending them, and the {@code main} that runs inside of one.
 * Work goes in and answers come out over the child's standard streams, in the frames of {@code Frame}.
 * One owner for each child; every wait is bounded; a child ends by itself when its parent is gone.
 */
@NullMarked
package org.concurrencybench.execution.childjvm;

import org.jspecify.annotations.NullMarked;
