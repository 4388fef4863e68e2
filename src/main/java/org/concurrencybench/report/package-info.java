/**
 * Charts, the page and the terminal's table, from summaries alone.
 * Every text that came from a file is escaped here before it becomes markup; nothing here prints or exits.
 * A chart is one class; the palette and the panels that all charts share stand in one place each.
 */
@NullMarked
package org.concurrencybench.report;

import org.jspecify.annotations.NullMarked;
