package org.concurrencybench.benchmark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.concurrencybench.execution.Batch;
import org.concurrencybench.execution.ExecutionException;
import org.concurrencybench.execution.TraceSpan;
import org.concurrencybench.execution.Traced;
import org.concurrencybench.execution.TracedDefinition;
import org.concurrencybench.execution.WorkloadSpec;
import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.Ticker;
import org.concurrencybench.workload.WrongAnswerException;

/**
 * Small batches whose timelines a report shows: what waits, what computes and what stands under a lock, each of a size that a
 * picture can hold. One batch under each model, run for the picture and never for a number: writing down who does what when
 * takes part of its time.
 */
public enum Scene {
    /** Two chains of sleeps. */
    CHAINS(Suite.SQUARE_CUBE, Map.of("sleepMillis", "10"), 0),
    /** More sleeping tasks than workers: they come in rounds. */
    POOL(Suite.SQUARE_CUBE, Map.of("numbers", "6", "sleepMillis", "10", "split", "by-item"), 4),
    /** Computing, in chunks that shrink as the work runs out. */
    CHUNKS(Suite.SUM_OF_SQUARES, Map.of("tasks", "1000", "terms", "100000"), 0),
    /** Computing, call by call, on a pool of three. */
    CALLS(Suite.POOL_MAP, Map.of("numbers", "12", "work", "1000000", "chunk", "1"), 3),
    /** The wait is under the lock, so that nobody else's can overlap it. */
    LOCK(Suite.LOST_UPDATE, Map.of("lock", "own", "waitMillis", "5", "updates", "4"), 0),
    /** The wait is outside of the lock, which is free nearly always. */
    BANK(Suite.BANK_BALANCE, Map.of("thinkMicros", "3000", "transfers", "8"), 0),
    /** Two units that tick. */
    TICKER(Suite.TICKER, Map.of("tickMillis", "10", "ticks", "5"), 0);

    /** Before the batch that is kept, so that it does not show classes being loaded: until then, batches are thrown away. */
    private static final long WARM_UP_NANOS = 30_000_000;

    private final Suite suite;

    @SuppressWarnings("ImmutableEnumChecker") // immutable, which the checker does not know
    private final Settings settings;

    private final int parallelism;

    Scene(Suite suite, Map<String, String> given, int parallelism) {
        this.suite = suite;
        this.settings = Settings.of(suite.definition().parameters(), given);
        this.parallelism = parallelism;
    }

    /**
     * One batch as it went.
     *
     * @param parallelism units that it had at most
     * @param startNanos of the timed region, {@code System.nanoTime()}
     * @param endNanos of the same
     * @param spans of its workers, by their start; clocks of child JVMs are the caller's on Linux
     * @param ownProcessId of the JVM that ran it, which serial and the threads share
     */
    public record Recording(
            int parallelism, long startNanos, long endNanos, List<TraceSpan> spans, long ownProcessId) {}

    /** What is run. */
    public Suite suite() {
        return suite;
    }

    /** A value for each of the workload's parameters. */
    public Map<String, String> settings() {
        return new LinkedHashMap<>(settings.asMap());
    }

    /** Whether a model runs it. */
    public boolean isFor(Model model) {
        return suite.whyNot(settings).isEmpty()
                && suite.models().contains(model)
                && model.execution().runs(suite.definition(), settings);
    }

    /**
     * Runs it.
     *
     * @throws ExecutionException if the batch fails
     * @throws WrongAnswerException if its answer is not right
     */
    public Recording record(Model model) throws ExecutionException, InterruptedException, WrongAnswerException {
        WorkloadSpec spec = new WorkloadSpec(suite.definition(), settings);
        int wanted = parallelism > 0
                ? parallelism
                : suite.definition()
                        .naturalParallelism(settings, Runtime.getRuntime().availableProcessors());
        int units = model.execution().parallelism(wanted);
        try (Batch batch = model.execution().prepare(TracedDefinition.of(spec), units)) {
            long begun = System.nanoTime();
            Recording last;
            boolean warm;
            do {
                warm = System.nanoTime() - begun >= WARM_UP_NANOS;
                last = once(batch, units);
            } while (!warm);
            return last;
        }
    }

    private static Recording once(Batch batch, int units)
            throws ExecutionException, InterruptedException, WrongAnswerException {
        batch.reset();
        long start = System.nanoTime();
        Object answer = batch.run();
        long end = System.nanoTime();
        batch.check(answer);
        List<TraceSpan> spans = new ArrayList<>();
        if (answer instanceof Traced<?> traced) {
            spans.addAll(traced.spans());
            spans.addAll(ticks(traced));
        }
        spans.sort(Comparator.comparingLong(TraceSpan::startNanos));
        return new Recording(units, start, end, spans, ProcessHandle.current().pid());
    }

    /** The ticks that a ticker answers with, at the worker who made them. */
    private static List<TraceSpan> ticks(Traced<?> traced) {
        List<TraceSpan> ticks = new ArrayList<>();
        if (traced.answer() instanceof List<?> answer) {
            for (Object one : answer) {
                if (one instanceof Ticker.Tick tick) {
                    int task = Ticker.WORKERS.indexOf(tick.worker());
                    traced.spans().stream()
                            .filter(span -> span.state() == TraceSpan.State.TASK && span.firstTask() == task)
                            .findFirst()
                            .ifPresent(span -> ticks.add(new TraceSpan(
                                    span.processId(),
                                    span.threadId(),
                                    span.threadName(),
                                    TraceSpan.State.TICK,
                                    task,
                                    task + 1,
                                    tick.atNanos(),
                                    tick.atNanos())));
                }
            }
        }
        return ticks;
    }
}
