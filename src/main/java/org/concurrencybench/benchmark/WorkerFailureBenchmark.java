package org.concurrencybench.benchmark;

import java.util.Map;
import org.concurrencybench.workload.WorkerFailure;
import org.concurrencybench.workload.WorkloadDefinition;
import org.openjdk.jmh.annotations.Param;

/**
 * Workers of which one throws: from their start until the caller knows how all of them ended, or believes that it does. Its
 * control is {@code way=silent}, where nobody asks.
 */
public class WorkerFailureBenchmark extends BatchBenchmark {

    @Param("asked")
    public String way = "asked";

    @Param("throws")
    public String fault = "throws";

    @Param("4")
    public int workers;

    @Param("1")
    public int failing;

    @Override
    WorkloadDefinition definition() {
        return new WorkerFailure();
    }

    @Override
    Map<String, Object> parameters() {
        return Map.of("way", way, "fault", fault, "workers", workers, "failing", failing);
    }
}
