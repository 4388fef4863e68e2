package org.concurrencybench.benchmark;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.concurrencybench.execution.Batch;
import org.concurrencybench.execution.ExecutionException;
import org.concurrencybench.execution.ExecutionModel;
import org.concurrencybench.execution.Serial;
import org.concurrencybench.execution.WorkloadSpec;
import org.concurrencybench.execution.childjvm.ChildJvmPhases;
import org.concurrencybench.execution.childjvm.ChildJvms;
import org.concurrencybench.execution.childjvm.ColdChildJvms;
import org.concurrencybench.execution.childjvm.LockRecovery;
import org.concurrencybench.execution.childjvm.MappedState;
import org.concurrencybench.execution.childjvm.SpareChildJvms;
import org.concurrencybench.process.Affinity;
import org.concurrencybench.process.ProcessTree;
import org.concurrencybench.sharedmemory.ProcessLockKind;
import org.concurrencybench.workload.BankBalance;
import org.concurrencybench.workload.ChannelKind;
import org.concurrencybench.workload.LockKind;
import org.concurrencybench.workload.PoolMap;
import org.concurrencybench.workload.QueueHandOff;
import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.Sharing;
import org.concurrencybench.workload.SquareCube;
import org.concurrencybench.workload.SumOfSquares;
import org.concurrencybench.workload.WorkloadDefinition;
import org.concurrencybench.workload.WrongAnswerException;

/**
 * The Java side of the table in {@code src/peers}: single figures that are set beside those of C and CPython programs. Each
 * is measured anew at every call, warm-up included, in this JVM and in children of it; the driver takes turns between the
 * three languages and compares medians.
 */
public final class PeerFigures {

    /** One figure of one round. */
    @FunctionalInterface
    private interface Measurement {
        double take() throws ExecutionException, InterruptedException, WrongAnswerException, IOException;
    }

    private record Entry(String unit, Measurement measurement) {}

    /**
     * A figure as it was measured.
     *
     * @param name as the table knows it
     * @param value in {@code unit}
     * @param unit e.g. {@code ms}
     */
    public record Value(String name, double value, String unit) {}

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** All figures that this machine can give; nothing is measured yet. */
    public PeerFigures() {
        if (ChildJvmPhases.areMeasurable()) {
            add("java-child-first-answer", "ms", () -> firstAnswer(ChildJvmPhases.Meter.of(oneTask())));
            add(
                    "java-child-default-flags-first-answer",
                    "ms",
                    () -> firstAnswer(ChildJvmPhases.Meter.ofPlainChildren(oneTask())));
        }
        if (ProcessTree.memoryOf(ProcessHandle.current().pid()).isPresent()) {
            add("java-child-pss", "MB", () -> memoryOfSiblings(new ChildJvms()));
            add("java-child-default-flags-pss", "MB", () -> memoryOfSiblings(ChildJvms.plain()));
        }
        add("java-spare-first-answer", "ms", () -> median(new SpareChildJvms(), oneTask(), 1, 0, 9) / 1e6);
        add("java-warm-pool-speedup", "x", () -> speedup(new ChildJvms(), sums(100_000), 30, 41));
        add("java-cold-children-speedup", "x", () -> speedup(new ColdChildJvms(), sums(1_000_000), 1, 5));
        add("java-sleeping-chains-over-ideal", "ratio", PeerFigures::chainsOverIdeal);
        add(
                "java-pool-map-1000-pipes",
                "ns",
                () -> median(new ChildJvms(), spec(new PoolMap(), Map.of("numbers", "1000")), cores(), 20_000, 2001));
        add(
                "java-pool-map-1000-shared-memory",
                "ns",
                () -> median(
                        ChildJvms.overSharedMemory(),
                        spec(new PoolMap(), Map.of("numbers", "1000")),
                        cores(),
                        20_000,
                        2001));
        addLocks();
        addChannels();
    }

    private void addLocks() {
        for (LockKind kind : LockKind.values()) {
            if (kind.sharing() == Sharing.MAPPED
                    && MappedState.unavailable(kind).isEmpty()) {
                add("java-" + kind.label() + "-uncontended", "ns", () -> uncontended(kind));
                add("java-" + kind.label() + "-contended", "ns", () -> contended(kind));
            }
        }
        for (ProcessLockKind kind : List.of(ProcessLockKind.ROBUST_MUTEX, ProcessLockKind.FUTEX)) {
            if (kind.unavailable().isEmpty()) {
                add("java-" + kind.label() + "-recovery", "ms", () -> recovery(kind));
            }
        }
    }

    private void addChannels() {
        if (MappedState.unavailable(ChannelKind.SPSC_RING).isEmpty()) {
            add("java-ring-round-trip", "ns", () -> handOver("round-trip", 100_000, 1));
            add("java-ring-items", "items/s", () -> 1e9 / handOver("one-to-one", 2_000_000, 1));
            add("java-ring-items-batched", "items/s", () -> 1e9 / handOver("one-to-one", 20_000_000, 512));
        }
    }

    private void add(String name, String unit, Measurement measurement) {
        entries.put(name, new Entry(unit, measurement));
    }

    /** What can be measured here, in the order of the table. */
    public List<String> names() {
        return List.copyOf(entries.keySet());
    }

    /**
     * Measures one figure.
     *
     * @throws IllegalArgumentException if there is no figure of that name here
     */
    public Value measure(String name)
            throws ExecutionException, InterruptedException, WrongAnswerException, IOException {
        Entry entry = entries.get(name);
        if (entry == null) {
            throw new IllegalArgumentException("no figure '" + name + "'");
        }
        return new Value(name, entry.measurement().take(), entry.unit());
    }

    private static WorkloadSpec spec(WorkloadDefinition definition, Map<String, String> values) {
        return new WorkloadSpec(definition, Settings.of(definition.parameters(), values));
    }

    private static WorkloadSpec sums(int tasks) {
        return spec(new SumOfSquares(), Map.of("tasks", Integer.toString(tasks)));
    }

    /** As good as nothing to do: what is left is the way there and back. */
    private static WorkloadSpec oneTask() {
        return spec(new SumOfSquares(), Map.of("tasks", "1", "terms", "1"));
    }

    private static double firstAnswer(ChildJvmPhases.Meter<?> meter) throws ExecutionException, InterruptedException {
        try (meter) {
            double[] millis = new double[5];
            for (int i = 0; i < millis.length; i++) {
                millis[i] = meter.measure().firstAnswerNanos() / 1e6;
            }
            return median(millis);
        }
    }

    /** Mean proportional set size of eight children that have answered once and wait. */
    private static double memoryOfSiblings(ExecutionModel model)
            throws ExecutionException, InterruptedException, WrongAnswerException, IOException {
        List<Long> before = children();
        WorkloadSpec eight = spec(new SumOfSquares(), Map.of("tasks", "8", "terms", "1"));
        try (Batch batch = model.prepare(eight, 8)) {
            batch.reset();
            batch.check(batch.run());
            List<Long> pids = new ArrayList<>(children());
            pids.removeAll(before);
            double bytes = 0;
            for (long pid : pids) {
                bytes += ProcessTree.memoryOf(pid)
                        .orElseThrow(() -> new IOException("no proportional set size of process " + pid));
            }
            return bytes / 1e6 / pids.size();
        }
    }

    private static List<Long> children() {
        return ProcessHandle.current().children().map(ProcessHandle::pid).toList();
    }

    private static double speedup(ExecutionModel model, WorkloadSpec spec, int warmups, int batches)
            throws ExecutionException, InterruptedException, WrongAnswerException {
        double[] ratios = new double[batches];
        try (Batch serial = new Serial().prepare(spec, 1);
                Batch parallel = model.prepare(spec, cores())) {
            for (int i = 0; i < warmups; i++) {
                nanos(serial);
                nanos(parallel);
            }
            for (int i = 0; i < batches; i++) {
                // By pairs, so that a change of the clock rate hits both.
                double alone = nanos(serial);
                ratios[i] = alone / nanos(parallel);
            }
        }
        return median(ratios);
    }

    private static double chainsOverIdeal() throws ExecutionException, InterruptedException, WrongAnswerException {
        // The textbook's own: five sleeps of 500 ms in each of two chains.
        WorkloadSpec chains = spec(new SquareCube(), Map.of("numbers", "5", "sleepMillis", "500"));
        double idealNanos = 5 * 500e6;
        return median(new ChildJvms(), chains, 2, 0, 1) / idealNanos;
    }

    /** Median time of a batch, in nanoseconds. */
    private static double median(ExecutionModel model, WorkloadSpec spec, int parallelism, int warmups, int batches)
            throws ExecutionException, InterruptedException, WrongAnswerException {
        try (Batch batch = model.prepare(spec, parallelism)) {
            return median(batch, warmups, batches);
        }
    }

    private static double median(Batch batch, int warmups, int batches)
            throws ExecutionException, InterruptedException, WrongAnswerException {
        for (int i = 0; i < warmups; i++) {
            nanos(batch);
        }
        double[] nanos = new double[batches];
        for (int i = 0; i < batches; i++) {
            nanos[i] = nanos(batch);
        }
        return median(nanos);
    }

    private static long nanos(Batch batch) throws ExecutionException, InterruptedException, WrongAnswerException {
        batch.reset();
        long start = System.nanoTime();
        Object answer = batch.run();
        long end = System.nanoTime();
        batch.check(answer);
        return end - start;
    }

    private static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    private static WorkloadSpec bank(LockKind kind) {
        // A file lock takes microseconds, the others tens of nanoseconds.
        int transfers = kind == LockKind.FILE_LOCK ? 10_000 : 1_000_000;
        return spec(new BankBalance(), Map.of("lock", kind.label(), "transfers", Integer.toString(transfers)));
    }

    /**
     * Nanoseconds of one addition with nobody else there: in a child, because this JVM has met locks of every kind, and its
     * compiler no longer knows which one it calls.
     */
    private static double uncontended(LockKind kind)
            throws ExecutionException, InterruptedException, WrongAnswerException {
        WorkloadSpec bank = bank(kind);
        return median(new ChildJvms(), bank, 1, 5, 5) / (2.0 * bank.settings().number("transfers"));
    }

    /** Nanoseconds that pass for each addition while two processes add, each on a core of its own. */
    private static double contended(LockKind kind)
            throws ExecutionException, InterruptedException, WrongAnswerException, IOException {
        WorkloadSpec bank = bank(kind);
        return onCoresOfTheirOwn(bank, 3, 5) / (2.0 * bank.settings().number("transfers"));
    }

    /** Nanoseconds that pass for each number handed over between two processes, each on a core of its own. */
    private static double handOver(String shape, int items, int batch)
            throws ExecutionException, InterruptedException, WrongAnswerException, IOException {
        WorkloadSpec queue = spec(
                new QueueHandOff(),
                Map.of(
                        "channel", ChannelKind.SPSC_RING.label(),
                        "shape", shape,
                        "items", Integer.toString(items),
                        "batch", Integer.toString(batch)));
        // Short batches need more of them until their code is compiled for the last time.
        return onCoresOfTheirOwn(queue, Math.max(3, 2_000_000 / items), 5) / items;
    }

    /** Median batch of two child JVMs, each kept to one core as the C and Python programs are. */
    private static double onCoresOfTheirOwn(WorkloadSpec spec, int warmups, int batches)
            throws ExecutionException, InterruptedException, WrongAnswerException, IOException {
        List<Long> before = children();
        try (Batch batch = new ChildJvms().prepare(spec, 2)) {
            List<Long> pids = new ArrayList<>(children());
            pids.removeAll(before);
            Affinity affinity = new Affinity();
            for (int i = 0; i < pids.size(); i++) {
                affinity.keepTo(pids.get(i), i % cores());
            }
            return median(batch, warmups, batches);
        }
    }

    private static double recovery(ProcessLockKind kind) throws InterruptedException, IOException {
        double[] millis = new double[5];
        for (int i = 0; i < millis.length; i++) {
            millis[i] = LockRecovery.measureNanos(kind) / 1e6;
        }
        return median(millis);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
