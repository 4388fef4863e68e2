package org.concurrencybench.benchmark;

import java.util.Map;
import org.concurrencybench.execution.ExecutionException;
import org.concurrencybench.execution.childjvm.ChildJvmPhases;
import org.concurrencybench.execution.childjvm.ParentWatch;
import org.concurrencybench.workload.SumOfSquares;
import org.concurrencybench.workload.WorkloadDefinition;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The life of one cold child JVM, start to exit, and how long each phase of it takes. The whole is the score; the phases,
 * which add up to it, are counters beside it. Linux only, because parent and child must read the same clock.
 */
public class ChildJvmPhasesBenchmark extends WorkloadBenchmark {

    @Param("20000")
    public int tasks;

    @Param("1000")
    public int terms;

    private ChildJvmPhases.@Nullable Meter<?> meter;

    /** Sums over the batches of an iteration, in nanoseconds. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Phases {
        public long spawnNanos;
        public long upNanos;
        public long transferInNanos;
        public long computeNanos;
        public long transferOutNanos;
        public long endNanos;

        private void add(ChildJvmPhases one) {
            spawnNanos += one.spawnNanos();
            upNanos += one.upNanos();
            transferInNanos += one.transferInNanos();
            computeNanos += one.computeNanos();
            transferOutNanos += one.transferOutNanos();
            endNanos += one.endNanos();
        }
    }

    @Override
    WorkloadDefinition definition() {
        return new SumOfSquares();
    }

    @Override
    Map<String, Object> parameters() {
        return Map.of("tasks", tasks, "terms", terms);
    }

    /** Nothing is started here. */
    @Setup(Level.Trial)
    public void prepare() {
        ParentWatch.haltWithoutParent();
        meter = ChildJvmPhases.Meter.of(spec());
    }

    /** One child: the timed region. */
    @Benchmark
    public ChildJvmPhases run(Phases phases) throws ExecutionException, InterruptedException {
        if (meter == null) {
            throw new IllegalStateException("not prepared");
        }
        ChildJvmPhases one = meter.measure();
        phases.add(one);
        return one;
    }

    /** Gives back shared memory, if the workload had some. */
    @TearDown(Level.Trial)
    public void close() {
        if (meter != null) {
            meter.close();
        }
    }
}
