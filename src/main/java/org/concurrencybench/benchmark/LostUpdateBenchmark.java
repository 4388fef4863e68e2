package org.concurrencybench.benchmark;

import java.util.Map;
import org.concurrencybench.workload.LostUpdate;
import org.concurrencybench.workload.WorkloadDefinition;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Updates of a shared number by reading, waiting and writing back. Its control is any lock: with one, nothing is lost. The
 * figure {@code lost-share} is the share of updates that left no trace.
 */
public class LostUpdateBenchmark extends BatchBenchmark {

    @Param("none")
    public String lock = "none";

    @Param("100")
    public int waitMillis;

    @Param("1")
    public int updates;

    @Param("2")
    public int workers;

    /** Sums over the batches of an iteration. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Losses {
        public double lostShare;
    }

    @Override
    WorkloadDefinition definition() {
        return new LostUpdate();
    }

    @Override
    Map<String, Object> parameters() {
        return Map.of("lock", lock, "waitMillis", waitMillis, "updates", updates, "workers", workers);
    }

    /** After each batch, outside the timed region. */
    @TearDown(Level.Invocation)
    public void count(Losses losses) {
        if (answer() instanceof LostUpdate.Updates updates) {
            losses.lostShare += updates.lostShare();
        }
    }
}
