package org.concurrencybench.execution.childjvm;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.concurrencybench.execution.WorkloadSpec;
import org.concurrencybench.process.ProcessTree;
import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.SumOfSquares;
import org.concurrencybench.workload.Workload;

/**
 * What each of the flags in {@link ChildCommand} brings: children with all of them beside children with one left out or added,
 * in turns, so that whatever the machine does hits all alike. Linux only. After {@code mvn -DskipTests package}, with the flags
 * of run-benchmarks.sh:
 *
 * <pre>java … -cp target/concurrency-benchmarks.jar:target/lib/*:target/test-classes \
 *     org.concurrencybench.execution.childjvm.ChildFlagsMain 15</pre>
 */
final class ChildFlagsMain {

    private static final int SIBLINGS = 8;

    private ChildFlagsMain() {}

    /**
     * Prints a table: time to first answer, memory of each of eight siblings, and time of ten million squares in a cold child.
     *
     * @param args number of rounds
     */
    public static void main(String[] args) throws Exception {
        Map<String, List<String>> variants = variants();
        Map<String, double[][]> figures = new LinkedHashMap<>();
        int rounds = Integer.parseInt(args[0]);
        variants.keySet().forEach(name -> figures.put(name, new double[3][rounds]));
        for (int round = 0; round < rounds; round++) {
            for (Map.Entry<String, List<String>> variant : variants.entrySet()) {
                double[][] all = Objects.requireNonNull(figures.get(variant.getKey()));
                all[0][round] = firstAnswerMillis(variant.getValue(), 1, 1);
                all[1][round] = memoryMegabytes(variant.getValue());
                all[2][round] = firstAnswerMillis(variant.getValue(), 100_000, 1000);
            }
        }
        System.out.printf(Locale.ROOT, "%-34s %12s %8s %12s%n", "flags", "first answer", "memory", "with sums");
        figures.forEach((name, all) -> System.out.printf(
                Locale.ROOT,
                "%-34s %9.1f ms %5.1f MB %9.1f ms%n",
                name,
                median(all[0]),
                median(all[1]),
                median(all[2])));
    }

    private static Map<String, List<String>> variants() {
        List<String> ours = ChildCommand.words();
        Map<String, List<String>> variants = new LinkedHashMap<>();
        variants.put("the JVM's own", ChildCommand.plainWords());
        variants.put("ours", ours);
        for (String left : List.of(
                "-XX:AOTCache", "-XX:+UseSerialGC", "-Xms", "-Xmx", "-XX:-UsePerfData", "-XX:ArchiveRelocationMode")) {
            variants.put(
                    "without " + left,
                    ours.stream().filter(word -> !word.startsWith(left)).toList());
        }
        for (String more : List.of(
                "-XX:TieredStopAtLevel=1",
                "-XX:-UseContainerSupport",
                "-XX:ReservedCodeCacheSize=24m",
                "-Xmn8m",
                "-XX:-UseSignalChaining",
                "-XX:+UseTransparentHugePages")) {
            List<String> words = new ArrayList<>(ours);
            words.add(1, more);
            variants.put("with " + more, words);
        }
        return variants;
    }

    private static WorkloadSpec spec(int tasks, int terms) {
        SumOfSquares sums = new SumOfSquares();
        return new WorkloadSpec(
                sums,
                Settings.of(
                        sums.parameters(), Map.of("tasks", Integer.toString(tasks), "terms", Integer.toString(terms))));
    }

    private static double firstAnswerMillis(List<String> words, int tasks, int terms) throws Exception {
        try (ChildJvmPhases.Meter<?> meter = ChildJvmPhases.Meter.of(spec(tasks, terms), words)) {
            return meter.measure().firstAnswerNanos() / 1e6;
        }
    }

    /** Proportional set size of a child that has answered once and waits. */
    private static double memoryMegabytes(List<String> words) throws Exception {
        try (MappedState shared = new MappedState()) {
            WorkloadSpec spec = spec(SIBLINGS, 1);
            return memoryMegabytes(spec, spec.create(shared), words);
        }
    }

    private static <P> double memoryMegabytes(WorkloadSpec spec, Workload<P> workload, List<String> words)
            throws Exception {
        try (ChildJvmPool<P> pool = ChildJvmPool.ready(spec, workload, "", null, SIBLINGS, words)) {
            workload.check(pool.run());
            double bytes = 0;
            for (long pid : pool.pids()) {
                bytes += ProcessTree.memoryOf(pid).orElseThrow();
            }
            return bytes / 1e6 / SIBLINGS;
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
