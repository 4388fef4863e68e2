package org.concurrencybench.benchmark;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.concurrencybench.workload.BankBalance;
import org.concurrencybench.workload.WorkloadDefinition;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Deposits and withdrawals under one lock. Its control is {@code transfers=1}: what the model costs beside the lock.
 *
 * <p>Threads share a {@code ReentrantLock}, child JVMs a spin lock in memory that all of them map; the two differ, so with
 * {@code thinkMicros=0} this compares lock and model together. Both are unfair, which is what makes them quick. With
 * {@code lock=none} the figure {@code off-by} is how far the balance is from what it should be, up or down.
 * Short iterations, because in a live comparison the sides take turns after each, and what a busy host does lasts longer; and
 * not many, because forks count there, and not what each of them is made of.
 */
@Warmup(iterations = 3, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 20, time = 50, timeUnit = TimeUnit.MILLISECONDS)
public class BankBalanceBenchmark extends BatchBenchmark {

    @Param("100000")
    public int transfers;

    @Param("0")
    public int thinkMicros;

    @Param("1")
    public int pairs;

    @Param("own")
    public String lock = "own";

    @Param("together")
    public String order = "together";

    /** Sums over the batches of an iteration. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Shares {
        public double lockShare;
        public double offBy;
    }

    @Override
    WorkloadDefinition definition() {
        return new BankBalance();
    }

    @Override
    Map<String, Object> parameters() {
        return Map.of("transfers", transfers, "thinkMicros", thinkMicros, "pairs", pairs, "lock", lock, "order", order);
    }

    /** After each batch, outside the timed region. */
    @TearDown(Level.Invocation)
    public void count(Shares shares) {
        if (answer() instanceof BankBalance.Transfers transfers) {
            shares.lockShare += transfers.lockShare();
            shares.offBy += Math.abs(transfers.offBy());
        }
    }
}
