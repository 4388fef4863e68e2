/**
 * The rules of the house, held by a machine.
 * Which room may use which, and who alone may touch JMH, JFreeChart, processes and the terminal.
 * A rule that breaks names the classes; mend the code, or the drawing and this rule together.
 */
@NullMarked
package org.concurrencybench.house;

import org.jspecify.annotations.NullMarked;
