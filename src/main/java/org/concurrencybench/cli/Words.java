package org.concurrencybench.cli;

import java.io.IOException;
import org.concurrencybench.sample.FormatException;

/** A command, once its words have been read. */
@FunctionalInterface
interface Words {

    /**
     * Does it.
     *
     * @throws UsageException if a word turns out to be wrong
     * @throws FormatException if an input is
     * @throws IOException if something cannot be read or written
     */
    ExitCode run() throws UsageException, FormatException, IOException;
}
