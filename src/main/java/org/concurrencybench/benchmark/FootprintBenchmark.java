package org.concurrencybench.benchmark;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.concurrencybench.execution.ExecutionException;
import org.concurrencybench.execution.IdleThreads;
import org.concurrencybench.execution.IdleUnits;
import org.concurrencybench.execution.childjvm.IdleChildJvms;
import org.concurrencybench.execution.childjvm.ParentWatch;
import org.concurrencybench.process.ProcessTree;
import org.concurrencybench.workload.Footprint;
import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.WorkloadDefinition;
import org.concurrencybench.workload.WrongAnswerException;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The memory of the whole process tree, as proportional set size, while more and more units are alive and wait. Each size is
 * a case of its own, with the memory as its score; what one unit takes is the slope over the sizes, which the report works
 * out: what the JVM takes by itself drops out of it. What the kernel keeps for a thread (its own stack of it, 16 KiB on
 * x86-64, and page tables) is in no process's memory and is not counted. Threads start in a JVM that has compiled what they
 * run: one that is started in a cold one takes 76 KiB of its stack more, which the interpreter touches ahead.
 *
 * <p>Linux only. One climb a fork, because memory that was once used is not given back as it was. The heap's young part is
 * small and the collector copies what lives into one dense old part, so that garbage does not count as footprint.
 */
@Fork(
        value = 5,
        jvmArgs = {
            WorkloadBenchmark.ALLOW_UNSAFE,
            WorkloadBenchmark.ALLOW_NATIVE,
            WorkloadBenchmark.EXPORT_TO_AGRONA,
            WorkloadBenchmark.HEADLESS,
            WorkloadBenchmark.LEAST_HEAP,
            WorkloadBenchmark.MOST_HEAP,
            "-XX:+UseSerialGC",
            "-Xmn8m"
        })
public class FootprintBenchmark extends WorkloadBenchmark {

    static final List<Model> MODELS = List.of(Model.PLATFORM_THREADS, Model.VIRTUAL_THREADS, Model.CHILD_JVMS);

    @Param("2000")
    public int units;

    private int signs;

    /** Bytes at each size; sums over the climbs of an iteration. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Held {
        public double bytes0;
        public double bytes1;
        public double bytes2;
        public double bytes3;
        public double bytes4;

        private void add(int step, long bytes) {
            switch (step) {
                case 0 -> bytes0 += bytes;
                case 1 -> bytes1 += bytes;
                case 2 -> bytes2 += bytes;
                case 3 -> bytes3 += bytes;
                case 4 -> bytes4 += bytes;
                default -> throw new IllegalArgumentException("step " + step);
            }
        }
    }

    /** As many of each as make a slope that stands out of the JVM's own memory. */
    static List<Suite.Variant> variants() {
        return List.of(
                variant(Profile.STANDARD, 1000, Model.PLATFORM_THREADS),
                variant(Profile.STANDARD, 50_000, Model.VIRTUAL_THREADS),
                variant(Profile.STANDARD, 5, Model.CHILD_JVMS),
                variant(Profile.FULL, 5000, Model.PLATFORM_THREADS),
                variant(Profile.FULL, 100_000, Model.VIRTUAL_THREADS),
                variant(Profile.FULL, 8, Model.CHILD_JVMS));
    }

    private static Suite.Variant variant(Profile profile, int units, Model model) {
        return new Suite.Variant(
                profile, Map.of("units", Integer.toString(units)), Timing.singleBatches(0, 1), List.of(model));
    }

    /** The memory at each of the sizes. */
    static List<Figure> figures(Settings settings) {
        List<Integer> sizes = Footprint.sizes(settings.number("units"));
        return IntStream.range(0, sizes.size())
                .mapToObj(step -> Figure.memoryOf("bytes" + step, sizes.get(step)))
                .toList();
    }

    @Override
    WorkloadDefinition definition() {
        return new Footprint();
    }

    @Override
    Map<String, Object> parameters() {
        return Map.of("units", units);
    }

    /** Nothing is started here. */
    @Setup(Level.Trial)
    public void prepare() {
        ParentWatch.haltWithoutParent();
    }

    /** One climb. The time that JMH takes of it means nothing and is left out. */
    @Benchmark
    public int run(Held held) throws ExecutionException, InterruptedException {
        ProcessTree tree = ProcessTree.find().orElseThrow(FootprintBenchmark::unreadable);
        List<Integer> sizes = Footprint.sizes(units);
        try (IdleUnits idle = none()) {
            idle.warmUp();
            for (int step = 0; step < sizes.size(); step++) {
                idle.growTo(sizes.get(step));
                System.gc();
                OptionalLong bytes = tree.memoryBytes();
                held.add(step, bytes.orElseThrow(FootprintBenchmark::unreadable));
            }
            signs = idle.wake();
        }
        return signs;
    }

    /** After each climb: were they all alive? */
    @TearDown(Level.Invocation)
    public void check() throws WrongAnswerException {
        if (signs != units) {
            throw new WrongAnswerException("signs of life", units, signs);
        }
    }

    private IdleUnits none() {
        return switch (model) {
            case PLATFORM_THREADS -> IdleThreads.ofPlatform();
            case VIRTUAL_THREADS -> IdleThreads.ofVirtual();
            case CHILD_JVMS -> new IdleChildJvms();
            default -> throw new IllegalArgumentException("footprint has no units of model " + model.label());
        };
    }

    private static IllegalStateException unreadable() {
        return new IllegalStateException("the memory of a process tree can be read on Linux alone");
    }
}
