package org.concurrencybench.benchmark;

import java.util.Map;
import org.concurrencybench.workload.SquareCube;
import org.concurrencybench.workload.WorkloadDefinition;
import org.openjdk.jmh.annotations.Param;

/**
 * Sleeping squares and cubes. Its control is {@code sleepMillis=0}, which costs what the model costs: nothing in serial,
 * starting and joining units elsewhere.
 */
public class SquareCubeBenchmark extends BatchBenchmark {

    @Param("5")
    public String numbers = "5";

    @Param("50")
    public int sleepMillis;

    @Param("by-function")
    public String split = "by-function";

    @Override
    WorkloadDefinition definition() {
        return new SquareCube();
    }

    @Override
    Map<String, Object> parameters() {
        return Map.of("numbers", numbers, "sleepMillis", sleepMillis, "split", split);
    }
}
