package org.concurrencybench.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.concurrencybench.statistics.Estimate;

/** What stands in one row of one panel. */
sealed interface Mark {

    /** The row, from 0 at the top. */
    int row();

    /** Words in place of a number, such as "failed". */
    record Words(int row, String words) implements Mark {}

    /**
     * A measured number.
     *
     * @param look of its model
     * @param estimate the number and its interval
     * @param label the number as text
     * @param interval its interval as text
     * @param stemFrom where a line to the number begins
     * @param ideal what the hardware allows
     * @param forks the number of each fork, where they are shown
     */
    record Measured(
            int row,
            Palette.Look look,
            Estimate estimate,
            String label,
            String interval,
            Optional<Double> stemFrom,
            OptionalDouble ideal,
            List<Double> forks)
            implements Mark {}
}
