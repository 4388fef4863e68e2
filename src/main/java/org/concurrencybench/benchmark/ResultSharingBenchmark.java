package org.concurrencybench.benchmark;

import java.util.Map;
import org.concurrencybench.workload.ResultSharing;
import org.concurrencybench.workload.WorkloadDefinition;
import org.openjdk.jmh.annotations.Param;

/**
 * Results that get to their caller by one of five ways, the caller's reading of them included. Its control is
 * {@code way=pool}: what the model has to do for any batch.
 */
public class ResultSharingBenchmark extends BatchBenchmark {

    @Param("pool")
    public String way = "pool";

    @Param("2:3:4:5:6")
    public String list = "2:3:4:5:6";

    @Param("squares-and-cubes")
    public String function = "squares-and-cubes";

    @Param("by-function")
    public String split = "by-function";

    @Param("1")
    public int repeats;

    @Param("0")
    public int sleepMillis;

    @Param("0")
    public int room;

    @Param("0")
    public int valueHundredths;

    @Override
    WorkloadDefinition definition() {
        return new ResultSharing();
    }

    @Override
    Map<String, Object> parameters() {
        return Map.of(
                "way",
                way,
                "list",
                list,
                "function",
                function,
                "split",
                split,
                "repeats",
                repeats,
                "sleepMillis",
                sleepMillis,
                "room",
                room,
                "valueHundredths",
                valueHundredths);
    }
}
