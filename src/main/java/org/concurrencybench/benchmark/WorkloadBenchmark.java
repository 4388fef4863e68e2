package org.concurrencybench.benchmark;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.concurrencybench.execution.WorkloadSpec;
import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.WorkloadDefinition;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What all benchmarks share: the forked JVM, which is the same for all models, so that JIT, heap and collector are; and how
 * parameters become a workload.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 5,
        jvmArgs = {
            WorkloadBenchmark.ALLOW_UNSAFE,
            WorkloadBenchmark.ALLOW_NATIVE,
            WorkloadBenchmark.EXPORT_TO_AGRONA,
            WorkloadBenchmark.HEADLESS,
            WorkloadBenchmark.LEAST_HEAP,
            WorkloadBenchmark.MOST_HEAP
        })
@Warmup(iterations = 3, time = 200, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 200, timeUnit = TimeUnit.MILLISECONDS)
public abstract class WorkloadBenchmark {

    /** JMH 1.37 uses sun.misc.Unsafe: JDK 24 and 25 warn of that, later ones refuse it unless told otherwise. */
    static final String ALLOW_UNSAFE = "--sun-misc-unsafe-memory-access=allow";

    static final String ALLOW_NATIVE = "--enable-native-access=ALL-UNNAMED";

    /** Agrona's buffers, on which the shared-memory rings stand, use the JDK's own unsafe memory access. */
    static final String EXPORT_TO_AGRONA = "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED";

    static final String HEADLESS = "-Djava.awt.headless=true";

    /** The heap has its size from the start: growing it would fall into somebody's iteration. */
    static final String LEAST_HEAP = "-Xms1g";

    static final String MOST_HEAP = "-Xmx1g";

    /** The flags of all forks, to which a benchmark, a call or a model may add some. */
    public static List<String> forkFlags() {
        return List.of(ALLOW_UNSAFE, ALLOW_NATIVE, EXPORT_TO_AGRONA, HEADLESS, LEAST_HEAP, MOST_HEAP);
    }

    /** Which model runs the batch. */
    @Param
    public Model model = Model.SERIAL;

    /** Units at once; 0 means as many as suit workload and model on this machine. */
    @Param("0")
    public int parallelism;

    /** What is run. */
    abstract WorkloadDefinition definition();

    /** The workload's parameters as JMH set them. */
    abstract Map<String, Object> parameters();

    /** The workload with its parameters. */
    final WorkloadSpec spec() {
        return new WorkloadSpec(
                definition(),
                Settings.of(
                        definition().parameters(),
                        parameters().entrySet().stream()
                                .collect(Collectors.toMap(
                                        Map.Entry::getKey,
                                        entry -> entry.getValue().toString()))));
    }
}
