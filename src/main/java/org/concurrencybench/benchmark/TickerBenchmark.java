package org.concurrencybench.benchmark;

import java.util.Map;
import org.concurrencybench.workload.Ticker;
import org.concurrencybench.workload.WorkloadDefinition;
import org.openjdk.jmh.annotations.Param;

/** Two units that tick. Its control is {@code tickMillis=0}: nothing but the model. */
public class TickerBenchmark extends BatchBenchmark {

    @Param("20")
    public int tickMillis;

    @Param("2")
    public int slowTimes;

    @Param("5")
    public int ticks;

    @Override
    WorkloadDefinition definition() {
        return new Ticker();
    }

    @Override
    Map<String, Object> parameters() {
        return Map.of("tickMillis", tickMillis, "slowTimes", slowTimes, "ticks", ticks);
    }
}
