package org.concurrencybench.sample;

import java.util.Locale;

/** Whether an iteration warmed up or counts. */
public enum Phase {
    WARMUP,
    MEASUREMENT;

    /** As it stands in files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
