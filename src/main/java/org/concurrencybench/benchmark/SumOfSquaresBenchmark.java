package org.concurrencybench.benchmark;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.concurrencybench.workload.SumOfSquares;
import org.concurrencybench.workload.WorkloadDefinition;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Sums of squares. Its control is {@code terms=1}: calls that do next to nothing, a few nanoseconds each.
 *
 * <p>A batch of the default size takes some ten milliseconds, and an iteration is one batch, because in a live comparison the
 * sides take turns after each, and what a busy host does lasts longer: quotients vary by how many turns there were rather than
 * by how long each of them was. The textbook's size is five times as large, and is what the profiles measure.
 */
@Warmup(iterations = 3, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 60, time = 10, timeUnit = TimeUnit.MILLISECONDS)
public class SumOfSquaresBenchmark extends BatchBenchmark {

    /** The textbook's size. */
    static final Map<String, String> TEXTBOOK = Map.of("tasks", "100000");

    @Param("20000")
    public int tasks;

    @Param("1000")
    public int terms;

    @Override
    WorkloadDefinition definition() {
        return new SumOfSquares();
    }

    @Override
    Map<String, Object> parameters() {
        return Map.of("tasks", tasks, "terms", terms);
    }
}
