/** A real browser, headless, and what it sees of a page. */
@NullMarked
package org.concurrencybench.browser;

import org.jspecify.annotations.NullMarked;
