package org.concurrencybench.benchmark;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.concurrencybench.execution.ExecutionException;
import org.concurrencybench.execution.HeapSharedState;
import org.concurrencybench.execution.StopTrial;
import org.concurrencybench.execution.ThreadStopTrial;
import org.concurrencybench.execution.WorkloadSpec;
import org.concurrencybench.execution.childjvm.ChildStopTrial;
import org.concurrencybench.execution.childjvm.ParentWatch;
import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.Stop;
import org.concurrencybench.workload.WorkloadDefinition;
import org.concurrencybench.workload.WrongAnswerException;
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
 * How long a worker takes to stop that is told to: a platform thread or a virtual one by {@code interrupt}, a task of a kept
 * pool by {@code cancel}, a child JVM by destroying it. Timed: from the request to the worker's end. Not timed: starting it,
 * getting it to where it shall be stopped, and letting it go if it cannot be: then the score is the limit, a bound from
 * below, and the counter {@code notStopped} says so.
 */
public class StopBenchmark extends WorkloadBenchmark {

    static final List<Model> MODELS =
            List.of(Model.PLATFORM_THREADS, Model.PLATFORM_THREADS_COLD, Model.VIRTUAL_THREADS, Model.CHILD_JVMS_COLD);

    @Param("sleeping")
    public String state = "sleeping";

    @Param("60000")
    public int stayMillis;

    @Param("500")
    public int limitMillis;

    private @Nullable StopTrial trial;
    private boolean stopped;

    /** Sums over the workers of an iteration. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Counts {
        public double notStopped;
    }

    /** Every state. */
    static List<Suite.Variant> variants() {
        return Stream.of("sleeping", "waiting-for-lock", "blocked-on-synchronized", "endless-loop")
                .map(state ->
                        new Suite.Variant(Profile.FULL, Map.of("state", state), Timing.singleBatches(3, 10), MODELS))
                .toList();
    }

    @Override
    WorkloadDefinition definition() {
        return new Stop();
    }

    @Override
    Map<String, Object> parameters() {
        return Map.of("state", state, "stayMillis", stayMillis, "limitMillis", limitMillis);
    }

    /** What stops them, by model. */
    @Setup(Level.Trial)
    public void prepare() {
        ParentWatch.haltWithoutParent();
        trial = trial(model, spec());
    }

    static StopTrial trial(Model model, WorkloadSpec spec) {
        Settings settings = spec.settings();
        // A worker shares nothing with anybody.
        Stop.Worker worker = new Stop().create(settings, new HeapSharedState());
        return switch (model) {
            case PLATFORM_THREADS -> ThreadStopTrial.ofCancel(worker);
            case PLATFORM_THREADS_COLD ->
                ThreadStopTrial.ofInterrupt(
                        worker, Thread.ofPlatform().name("worker").daemon().factory());
            case VIRTUAL_THREADS ->
                ThreadStopTrial.ofInterrupt(
                        worker, Thread.ofVirtual().name("worker").factory());
            case CHILD_JVMS_COLD -> new ChildStopTrial(spec);
            default -> throw new IllegalArgumentException("nothing stops a worker of model " + model.label());
        };
    }

    /** Before each: a worker where it shall be stopped. */
    @Setup(Level.Invocation)
    public void begin() throws ExecutionException, InterruptedException {
        trial().begin();
    }

    /** One worker is told to stop: the timed region. */
    @Benchmark
    public boolean run() throws InterruptedException {
        stopped = trial().stop(TimeUnit.MILLISECONDS.toNanos(limitMillis));
        return stopped;
    }

    /** After each: lets go of what could not be stopped, and compares with what is known of the state. */
    @TearDown(Level.Invocation)
    public void end(Counts counts) throws ExecutionException, InterruptedException, WrongAnswerException {
        trial().end();
        counts.notStopped += stopped ? 0 : 1;
        boolean expected = model == Model.CHILD_JVMS_COLD || Stop.answersInterrupt(spec().settings());
        if (stopped && !expected) {
            throw new WrongAnswerException("a thread that is " + state, "not stopped", "stopped");
        }
    }

    /** Ends what is left. */
    @TearDown(Level.Trial)
    public void close() {
        if (trial != null) {
            trial.close();
        }
    }

    private StopTrial trial() {
        if (trial == null) {
            throw new IllegalStateException("not prepared");
        }
        return trial;
    }
}
