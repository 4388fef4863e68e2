package org.concurrencybench.benchmark;

import java.util.Map;
import org.concurrencybench.workload.SharedCounter;
import org.concurrencybench.workload.WorkloadDefinition;
import org.openjdk.jmh.annotations.Param;

/**
 * Additions to a shared number or array under a lock. Its control is {@code waitMillis=0}: additions and nothing else.
 */
public class SharedCounterBenchmark extends BatchBenchmark {

    @Param("value")
    public String shape = "value";

    @Param("100")
    public int additions;

    @Param("10")
    public int waitMillis;

    @Param("2")
    public int workers;

    @Param("3")
    public int elements;

    @Param("own")
    public String lock = "own";

    @Override
    WorkloadDefinition definition() {
        return new SharedCounter();
    }

    @Override
    Map<String, Object> parameters() {
        return Map.of(
                "shape",
                shape,
                "additions",
                additions,
                "waitMillis",
                waitMillis,
                "workers",
                workers,
                "elements",
                elements,
                "lock",
                lock);
    }
}
