package org.concurrencybench.workload;

import java.util.Locale;

/** What bounds a workload, and so what an answer about it can be carried over to. */
public enum Kind {
    /** Waits, as I/O does; the CPU idles. */
    SLEEP_BOUND,
    /** Computes; the cores are the limit. */
    CPU_BOUND,
    /** Passes one lock; the lock is the limit. */
    LOCK_CONTENDED,
    /** Starts, hands over or ends workers; the model itself is what is measured. */
    OVERHEAD;

    /** As it stands in files, e.g. {@code sleep-bound}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
