package org.concurrencybench.runner;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.concurrencybench.process.ProcessTree;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ScalarResult;
import org.openjdk.jmh.runner.IterationType;

/**
 * Reads CPU time and memory of a fork and its child JVMs around each iteration; JMH's own profilers see only the fork. JMH
 * makes one in each fork.
 *
 * <p>CPU time is the difference over the iteration, for each operation. Memory is the most that was seen: after each
 * iteration, and during warm-up also every {@value #SAMPLE_MILLIS} ms, because children that live for one batch are gone
 * after it. While an iteration is measured nobody samples, unless there is no warm-up.
 */
public final class ProcessTreeProfiler implements InternalProfiler {

    /** CPU time for each operation, in ms. */
    static final String CPU_MILLIS = "tree.cpu";

    /** Most memory seen so far, in MiB. */
    static final String MEBIBYTES = "tree.memory";

    private static final int SAMPLE_MILLIS = 50;

    /** Without a warm-up there is only the measured iteration to look at: seldom enough to cost it nothing. */
    private static final int SAMPLE_MILLIS_MEASURED = 500;

    private final @Nullable ProcessTree tree = ProcessTree.find().orElse(null);
    private long cpuBefore;
    private long mostBytes;
    private @Nullable Sampler sampler;

    /** For JMH. */
    public ProcessTreeProfiler() {}

    @Override
    public String getDescription() {
        return "CPU time and memory of the fork and its child JVMs";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        if (tree == null) {
            return;
        }
        boolean warmup = iteration.getType() == IterationType.WARMUP;
        if (warmup || benchmark.getWarmup().getCount() == 0) {
            sampler = new Sampler(tree::memoryBytes, warmup ? SAMPLE_MILLIS : SAMPLE_MILLIS_MEASURED);
        }
        cpuBefore = tree.cpuNanos();
    }

    @Override
    public Collection<ScalarResult> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        if (tree == null) {
            return List.of();
        }
        double cpuMillis = (tree.cpuNanos() - cpuBefore) / 1e6;
        tree.memoryBytes().ifPresent(this::saw);
        if (sampler != null) {
            saw(sampler.stop());
            sampler = null;
        }
        List<ScalarResult> results = new ArrayList<>();
        long operations = result.getMetadata().getAllOps();
        if (operations > 0) {
            // Not below zero: a child that ends just now is on neither side's account for a moment.
            double each = Math.max(0, cpuMillis) / operations;
            results.add(new ScalarResult(CPU_MILLIS, each, "ms/op", AggregationPolicy.AVG));
        }
        if (mostBytes > 0) {
            results.add(new ScalarResult(MEBIBYTES, mostBytes / 1048576.0, "MiB", AggregationPolicy.MAX));
        }
        return results;
    }

    private void saw(long bytes) {
        mostBytes = Math.max(mostBytes, bytes);
    }

    /** Looks again and again, in a thread of its own. */
    private static final class Sampler {

        private final Thread thread;
        // Written by this thread's owner, read by the thread.
        private volatile boolean stopped;
        // The thread's own until it has been joined.
        private long most;

        Sampler(Supplier<OptionalLong> memory, int everyMillis) {
            thread = Thread.ofPlatform().name("memory-sampler").daemon().start(() -> {
                while (!stopped) {
                    LockSupport.parkNanos(everyMillis * 1_000_000L);
                    most = Math.max(most, memory.get().orElse(0));
                }
            });
        }

        /** Ends it and tells the most that it saw. */
        long stop() {
            stopped = true;
            LockSupport.unpark(thread);
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return 0;
            }
            return most;
        }
    }
}
