package org.concurrencybench.cli;

import java.io.IOException;
import org.concurrencybench.runner.MachineLock;

/** The machine for one measurement at a time. */
final class Exclusive {

    private Exclusive() {}

    /**
     * Takes the machine.
     *
     * @throws UsageException where somebody else measures, with who that is
     * @throws IOException if the lock file cannot be opened
     */
    static MachineLock machine() throws UsageException, IOException {
        return MachineLock.take()
                .orElseThrow(() -> new UsageException(
                        "another JMH run measures on this machine now: %s; wait for its end (it holds %s)"
                                .formatted(MachineLock.holder(), MachineLock.file())));
    }
}
