package org.concurrencybench.benchmark;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.concurrencybench.execution.Batch;
import org.concurrencybench.execution.ExecutionException;
import org.concurrencybench.execution.WorkloadSpec;
import org.concurrencybench.execution.childjvm.ParentWatch;
import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.WorkloadDefinition;
import org.concurrencybench.workload.WrongAnswerException;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What all benchmarks of a batch share: one operation is one whole batch under one model.
 *
 * <p>Inside the timed region: {@link Batch#run}, which says in the model's own Javadoc what that holds. Outside of it:
 * making workload and units ready (once a fork), putting shared state back and checking the answer (before and after each
 * batch). JMH's per-invocation set-up costs two clock reads a batch, below a microsecond where a batch takes milliseconds.
 * The reference is {@code model=SERIAL}; the forked JVM is the same for all models, so that JIT, heap and collector are.
 *
 * {@snippet lang = shell :
 * ./run-benchmarks.sh jmh SumOfSquares -p model=SERIAL,VIRTUAL_THREADS -f 3
 * }
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 5,
        jvmArgs = {
            BatchBenchmark.ALLOW_UNSAFE,
            BatchBenchmark.ALLOW_NATIVE,
            BatchBenchmark.HEADLESS,
            BatchBenchmark.LEAST_HEAP,
            BatchBenchmark.MOST_HEAP
        })
@Warmup(iterations = 3, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public abstract class BatchBenchmark {

    /** JMH 1.37 uses sun.misc.Unsafe: JDK 24 and 25 warn of that, later ones refuse it unless told otherwise. */
    static final String ALLOW_UNSAFE = "--sun-misc-unsafe-memory-access=allow";

    static final String ALLOW_NATIVE = "--enable-native-access=ALL-UNNAMED";
    static final String HEADLESS = "-Djava.awt.headless=true";

    /** The heap has its size from the start: growing it would fall into somebody's iteration. */
    static final String LEAST_HEAP = "-Xms1g";

    static final String MOST_HEAP = "-Xmx1g";

    /** Which model runs the batch. */
    @Param
    public Model model = Model.SERIAL;

    /** Units at once; 0 means as many as suit workload and model on this machine. */
    @Param("0")
    public int parallelism;

    private @Nullable Batch batch;
    private @Nullable Object answer;

    /** What is run. */
    abstract WorkloadDefinition definition();

    /** The workload's parameters as JMH set them. */
    abstract Map<String, Object> parameters();

    /** Makes everything ready; once a fork. */
    @Setup(Level.Trial)
    public void prepare() throws ExecutionException, InterruptedException {
        ParentWatch.haltWithoutParent();
        Settings settings = Settings.of(
                definition().parameters(),
                parameters().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().toString())));
        int wanted = parallelism > 0
                ? parallelism
                : definition().naturalParallelism(settings, Runtime.getRuntime().availableProcessors());
        batch = model.execution()
                .prepare(
                        new WorkloadSpec(definition(), settings),
                        model.execution().parallelism(wanted));
    }

    /** Before each batch, outside the timed region. */
    @Setup(Level.Invocation)
    public void reset() {
        batch().reset();
    }

    /** One batch: the timed region. */
    @Benchmark
    public Object run() throws ExecutionException, InterruptedException {
        Object result = batch().run();
        answer = result;
        return result;
    }

    /** After each batch, outside the timed region. */
    @TearDown(Level.Invocation)
    public void check() throws WrongAnswerException {
        if (answer != null) {
            batch().check(answer);
        }
    }

    /** Ends what {@link #prepare} started. */
    @TearDown(Level.Trial)
    public void close() {
        if (batch != null) {
            batch.close();
        }
    }

    private Batch batch() {
        if (batch == null) {
            throw new IllegalStateException("not prepared");
        }
        return batch;
    }
}
