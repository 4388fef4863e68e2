package org.concurrencybench.report;

import java.util.List;

/** One axis of a picture: from values to places. */
sealed interface AxisScale permits LogScale, LinearScale {

    /** The lowest value that it shows. */
    double low();

    /** The highest. */
    double high();

    /** Where a value stands; those beyond the ends stand at them. */
    double place(double value);

    /** Whether a value lies within. */
    default boolean holds(double value) {
        return low() <= value && value <= high();
    }

    /** Round values, about {@code most} of them at the most. */
    List<Double> ticks(int most);
}
