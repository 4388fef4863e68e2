package org.concurrencybench.benchmark;

import java.util.Map;
import org.concurrencybench.workload.PoolMap;
import org.concurrencybench.workload.WorkloadDefinition;
import org.openjdk.jmh.annotations.Param;

/** A tiny function over many numbers. Its control is {@code numbers=4}: nothing but dispatch. */
public class PoolMapBenchmark extends BatchBenchmark {

    @Param("1000")
    public int numbers;

    @Param("square")
    public String function = "square";

    @Override
    WorkloadDefinition definition() {
        return new PoolMap();
    }

    @Override
    Map<String, Object> parameters() {
        return Map.of("numbers", numbers, "function", function);
    }
}
