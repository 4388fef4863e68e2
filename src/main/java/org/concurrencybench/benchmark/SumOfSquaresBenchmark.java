package org.concurrencybench.benchmark;

import java.util.Map;
import org.concurrencybench.workload.SumOfSquares;
import org.concurrencybench.workload.WorkloadDefinition;
import org.openjdk.jmh.annotations.Param;

/** Sums of squares. Its control is {@code terms=1}: calls that do next to nothing, a few nanoseconds each. */
public class SumOfSquaresBenchmark extends BatchBenchmark {

    @Param("100000")
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
