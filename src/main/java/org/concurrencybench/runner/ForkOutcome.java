package org.concurrencybench.runner;

import java.util.List;
import org.concurrencybench.sample.Sample;

/** What came of one fork. */
sealed interface ForkOutcome {

    /**
     * It ran to its end.
     *
     * @param samples its iterations, warm-up included, in their order
     */
    record Measured(List<Sample> samples) implements ForkOutcome {}

    /**
     * It did not.
     *
     * @param reason one line
     */
    record Failed(String reason) implements ForkOutcome {}
}
