package org.concurrencybench.benchmark;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.concurrencybench.workload.SquareCube;
import org.concurrencybench.workload.WorkloadDefinition;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Sleeping squares and cubes. Its control is {@code sleepMillis=0}, which costs what the model costs: nothing in serial,
 * starting and joining units elsewhere. Few iterations: a sleep is the same from the first on.
 */
@Warmup(iterations = 1, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 2, time = 200, timeUnit = TimeUnit.MILLISECONDS)
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
