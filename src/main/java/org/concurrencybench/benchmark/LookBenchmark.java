package org.concurrencybench.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.concurrencybench.execution.Batch;
import org.concurrencybench.execution.BatchState;
import org.concurrencybench.execution.Ending;
import org.concurrencybench.execution.ExecutionException;
import org.concurrencybench.execution.WorkloadSpec;
import org.concurrencybench.execution.childjvm.EitherState;
import org.concurrencybench.workload.Workload;
import org.concurrencybench.workload.WrongAnswerException;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/**
 * Not a measurement but a look: what kind of work a user's code is. It runs in forks of its own, because counters, flight
 * recording and contention monitoring would disturb what they stand beside; its times are no samples. What it found goes into
 * a file, {@code name=value} a line, because some of it is no number.
 */
public class LookBenchmark extends OwnCodeBenchmark {

    /** Where to write what was found. */
    @Param("")
    public String findings = "";

    private @Nullable WatchedBatch watched;
    private @Nullable FlightLog log;

    @Override
    Batch prepared(WorkloadSpec spec, int units) throws ExecutionException, InterruptedException {
        WatchedBatch made = new WatchedBatch(super.prepared(spec, units), tasks(spec), units);
        watched = made;
        return made;
    }

    static int tasks(WorkloadSpec spec) {
        try (BatchState state = new EitherState()) {
            Workload<?> workload = spec.create(state);
            try (Ending _ = new Ending(workload)) {
                return workload.taskCount();
            }
        }
    }

    /** The warm-up is over. */
    @Setup(Level.Iteration)
    public void begin(IterationParams iteration) {
        if (iteration.getType() == IterationType.MEASUREMENT && watched != null && log == null) {
            log = new FlightLog();
            watched.watch();
        }
    }

    /** The one measured iteration is over. */
    @TearDown(Level.Iteration)
    public void end() throws IOException, ExecutionException, InterruptedException, WrongAnswerException {
        FlightLog flight = log;
        WatchedBatch batch = watched;
        if (flight == null || batch == null) {
            return;
        }
        Map<String, String> found = new LinkedHashMap<>();
        try (flight) {
            FlightLog.Waits waits = flight.waits();
            switch (model) {
                case SERIAL -> {
                    found.putAll(batch.inOneThread());
                    found.put("gc share", WatchedBatch.share(batch.shareOfTime(waits.pauseNanos())));
                    found.putAll(Likeness.measured());
                }
                case VIRTUAL_THREADS -> {
                    found.put("pins a batch", WatchedBatch.number(batch.perRun(waits.pins())));
                    found.put("pinned ms a batch", WatchedBatch.number(batch.perRun(waits.pinnedNanos() / 1e6)));
                    found.put("pinned by", waits.pinnedBy());
                }
                default -> {
                    found.put("lock share", WatchedBatch.share(batch.shareOfUnits(waits.lockNanos())));
                    found.put("lock", waits.lock());
                    found.put("gc share in threads", WatchedBatch.share(batch.shareOfTime(waits.pauseNanos())));
                }
            }
        }
        StringBuilder lines = new StringBuilder();
        found.forEach(
                (name, value) -> lines.append(name).append('=').append(value).append('\n'));
        Files.writeString(Path.of(findings), lines);
    }
}
