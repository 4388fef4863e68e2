package org.concurrencybench.benchmark;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.concurrencybench.execution.Batch;
import org.concurrencybench.execution.ExecutionException;
import org.concurrencybench.execution.WorkloadSpec;
import org.concurrencybench.workload.PoolMap;
import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.SquareCube;
import org.concurrencybench.workload.SumOfSquares;
import org.concurrencybench.workload.WorkloadDefinition;
import org.concurrencybench.workload.WrongAnswerException;

/**
 * The textbook's workloads in one thread on this machine, seen by the same clock as a user's code, to set beside it. Locks are
 * not told there, so that none whose point is a lock is among them.
 */
final class Likeness {

    /** Batches of each; the last is looked at. */
    private static final int BATCHES = 4;

    private record Reference(WorkloadDefinition definition, Map<String, String> settings) {}

    /** Small, so that all of them together take a quarter of a second. */
    private static final List<Reference> REFERENCES = List.of(
            new Reference(new SquareCube(), Map.of("numbers", "2", "sleepMillis", "10", "split", "by-item")),
            new Reference(new SumOfSquares(), Map.of("tasks", "5000")),
            new Reference(new PoolMap(), Map.of()));

    private Likeness() {}

    /** Waiting share and length of a task of each, by name. */
    static Map<String, String> measured() throws ExecutionException, InterruptedException, WrongAnswerException {
        Map<String, String> found = new LinkedHashMap<>();
        for (Reference reference : REFERENCES) {
            WorkloadSpec spec = new WorkloadSpec(
                    reference.definition, Settings.of(reference.definition.parameters(), reference.settings));
            try (Batch batch = Model.SERIAL.execution().prepare(spec, 1)) {
                WatchedBatch watched = new WatchedBatch(batch, LookBenchmark.tasks(spec), 1);
                for (int run = 1; run <= BATCHES; run++) {
                    if (run == BATCHES) {
                        watched.watch();
                    }
                    watched.reset();
                    watched.check(watched.run());
                }
                Map<String, String> one = watched.inOneThread();
                String name = reference.definition.name();
                found.put("like " + name + " waiting share", one.getOrDefault("waiting share", ""));
                found.put("like " + name + " task ms", one.getOrDefault("task ms", ""));
            }
        }
        return found;
    }
}
