package org.concurrencybench.benchmark;

import java.util.Map;
import org.concurrencybench.workload.QueueHandOff;
import org.concurrencybench.workload.WorkloadDefinition;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Numbers handed from party to party. Its control is {@code serial}: the same structure with nobody on the other side. */
public class QueueBenchmark extends BatchBenchmark {

    @Param("own")
    public String channel = "own";

    @Param("one-to-one")
    public String shape = "one-to-one";

    @Param("100000")
    public int items;

    @Param("1")
    public int first;

    @Param("1")
    public int batch;

    @Param("1024")
    public int capacity;

    /** Sums over the batches of an iteration. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Offers {
        public double failedOffers;
    }

    @Override
    WorkloadDefinition definition() {
        return new QueueHandOff();
    }

    @Override
    Map<String, Object> parameters() {
        return Map.of(
                "channel",
                channel,
                "shape",
                shape,
                "items",
                items,
                "first",
                first,
                "batch",
                batch,
                "capacity",
                capacity);
    }

    /** After each batch, outside the timed region. */
    @TearDown(Level.Invocation)
    public void count(Offers offers) {
        if (answer() instanceof QueueHandOff.Outcome outcome) {
            offers.failedOffers += outcome.failedOffers();
        }
    }
}
