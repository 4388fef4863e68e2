package org.concurrencybench.sample;

import java.util.Locale;

/** Which way is better. It is known from the mode that was measured and never guessed from a change's sign. */
public enum Direction {
    /** Times: less is better. */
    LOWER,
    /** Rates: more is better. */
    HIGHER;

    /** As it stands in files. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
