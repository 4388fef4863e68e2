package org.concurrencybench.benchmark;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.concurrencybench.execution.Batch;
import org.concurrencybench.execution.ExecutionException;
import org.concurrencybench.workload.WrongAnswerException;

/**
 * A batch whose runs are looked at: what the calling thread used for them, and what JFR saw of locks, pinned virtual threads
 * and collections. Looking costs time, so what it times is never a sample.
 */
final class WatchedBatch implements Batch {

    private static final ThreadClock NOTHING = new ThreadClock(0, 0, 0, 0, 0);

    private final Batch batch;
    private final int tasks;
    private final int units;
    private boolean watching;
    private int runs;
    private long wallNanos;
    private ThreadClock used = NOTHING;

    /**
     * @param tasks of a batch
     * @param units at once
     */
    WatchedBatch(Batch batch, int tasks, int units) {
        this.batch = batch;
        this.tasks = tasks;
        this.units = units;
    }

    /** From now on. */
    void watch() {
        watching = true;
    }

    @Override
    public void reset() throws ExecutionException, InterruptedException {
        batch.reset();
    }

    @Override
    public Object run() throws ExecutionException, InterruptedException {
        if (!watching) {
            return batch.run();
        }
        ThreadClock before = ThreadClock.read();
        long start = System.nanoTime();
        Object answer = batch.run();
        wallNanos += System.nanoTime() - start;
        used = used.plus(ThreadClock.read().since(before));
        runs++;
        return answer;
    }

    @Override
    public void check(Object answer) throws WrongAnswerException {
        batch.check(answer);
    }

    @Override
    public void expect(Object answerOfOneThread) {
        batch.expect(answerOfOneThread);
    }

    @Override
    public void close() {
        batch.close();
    }

    /** What the one thread did in which all of it ran, by the names in {@code WorkNature}. */
    Map<String, String> inOneThread() {
        double wall = Math.max(1, wallNanos);
        Map<String, String> found = new LinkedHashMap<>();
        found.put("tasks", Integer.toString(tasks));
        found.put("batch ms", number(wall / 1e6 / Math.max(1, runs)));
        found.put("task ms", number(wall / 1e6 / Math.max(1, runs) / tasks));
        // Time ready for a core that others had is no time of the tasks': neither waited nor worked.
        double own = Math.max(1, wall - used.queuedNanos());
        double waiting = Math.clamp(1 - used.cpuNanos() / own, 0, 1);
        double blocked = Math.clamp(used.blockedMillis() * 1e6 / own, 0, waiting);
        found.put("waiting share", share(waiting));
        found.put("blocked share", share(blocked));
        found.put("parked share", share(Math.clamp(used.parkedMillis() * 1e6 / own, 0, waiting - blocked)));
        found.put("bytes a task", number(used.allocatedBytes() / (double) tasks / Math.max(1, runs)));
        return found;
    }

    /** Share of the time of all units. */
    double shareOfUnits(long nanos) {
        return Math.clamp(nanos / (Math.max(1.0, (double) wallNanos) * units), 0, 1);
    }

    /** Share of the time of the batches. */
    double shareOfTime(long nanos) {
        return Math.clamp(nanos / Math.max(1.0, (double) wallNanos), 0, 1);
    }

    /** A number of one run. */
    double perRun(double of) {
        return of / Math.max(1, runs);
    }

    static String share(double value) {
        return number(Math.clamp(value, 0, 1));
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%.6g", value);
    }
}
