/**
 * The command line: words in, rooms called in order, lines and an exit code out.
 * The only room that prints or exits; what goes wrong is one line that says what, where and what to do.
 * Everything here is glue; what is worth testing by itself stands in a room of its own.
 */
@NullMarked
package org.concurrencybench.cli;

import org.jspecify.annotations.NullMarked;
