package org.concurrencybench.runner;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.FailedCase;
import org.concurrencybench.sample.Sample;

/** Works through a plan, fork by fork, and leaves every fork's samples on disk before the next one starts. */
public final class BenchmarkRun {

    private final Plan plan;
    private final ForkRunner forks;
    private final RunListener listener;
    private final BooleanSupplier stop;

    /**
     * Measures nothing yet.
     *
     * @param plan what to measure
     * @param listener told of each fork
     * @param stop asked after each fork; a fork that fails once this is true counts as interrupted, not as failed
     */
    public BenchmarkRun(Plan plan, RunListener listener, BooleanSupplier stop) {
        this(plan, new JmhForkRunner(), listener, stop);
    }

    BenchmarkRun(Plan plan, ForkRunner forks, RunListener listener, BooleanSupplier stop) {
        this.plan = plan;
        this.forks = forks;
        this.listener = listener;
        this.stop = stop;
    }

    /**
     * What was measured.
     *
     * @param samples of all forks, in the order in which they ran
     * @param failures cases that could not be measured to their end
     * @param finished false if stopped before the plan's end
     */
    public record Result(List<Sample> samples, List<FailedCase> failures, boolean finished) {}

    /**
     * Runs the plan.
     *
     * @param directory where samples and failures go, each fork's as it ends
     * @throws IOException if they cannot be written; what was written before stands
     */
    public Result run(RunDirectory directory) throws IOException {
        List<Sample> samples = new ArrayList<>();
        List<FailedCase> failures = new ArrayList<>();
        Set<CaseKey> closed = new HashSet<>();
        Schedule schedule = new Schedule(plan, planned -> !closed.contains(planned.key()));
        int done = 0;
        // A signal may have come while the run was prepared.
        boolean finished = !stop.getAsBoolean();
        while (finished && schedule.hasNext()) {
            PlannedFork fork = schedule.next();
            listener.starting(fork, done, plan.totalForks());
            switch (forks.measure(fork)) {
                case ForkOutcome.Measured measured -> {
                    directory.append(measured.samples());
                    samples.addAll(measured.samples());
                    done++;
                    listener.measured(fork, measured.samples(), done);
                }
                case ForkOutcome.Failed failed -> {
                    if (!stopsNow()) {
                        FailedCase failure = new FailedCase(fork.planned().key(), fork.number(), failed.reason());
                        directory.append(failure);
                        failures.add(failure);
                        closed.add(fork.planned().key());
                        // Its later forks are given up with it.
                        done += plan.forks() - fork.number() + 1;
                        listener.failed(failure, done);
                    }
                }
            }
            finished = !stop.getAsBoolean();
        }
        return new Result(List.copyOf(samples), List.copyOf(failures), finished || !schedule.hasNext());
    }

    /** Asked after a fork has failed: the signal that ended it may not have reached us yet. */
    private boolean stopsNow() {
        long start = System.nanoTime();
        while (!stop.getAsBoolean() && System.nanoTime() - start < RunDefaults.SIGNAL_LAG.toNanos()) {
            LockSupport.parkNanos(RunDefaults.SIGNAL_LAG.dividedBy(50).toNanos());
        }
        return stop.getAsBoolean();
    }
}
