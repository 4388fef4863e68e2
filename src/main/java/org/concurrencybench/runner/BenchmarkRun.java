package org.concurrencybench.runner;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.Disturbances;
import org.concurrencybench.sample.FailedCase;
import org.concurrencybench.sample.ForkRecord;
import org.concurrencybench.sample.Sample;

/**
 * Works through a plan, fork by fork as the {@link Agenda} says, and leaves every fork's samples on disk before the next one
 * starts.
 */
public final class BenchmarkRun {

    private final Plan plan;
    private final ForkRunner forks;
    private final RunListener listener;
    private final BooleanSupplier stop;
    private final Ledger ledger;
    private final Agenda agenda;
    private final ForkWatch watch;
    private final LongSupplier nanoClock;
    /** How long the latest fork of each case took. */
    private final Map<CaseKey, Long> forkNanos = new HashMap<>();

    private long startNanos;
    private final List<Sample> samples = new ArrayList<>();
    private final List<FailedCase> failures = new ArrayList<>();
    private Disturbances disturbed = Disturbances.NONE;

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
        this(plan, forks, listener, stop, Path.of("/"), System::nanoTime);
    }

    /**
     * In a world of a test's making.
     *
     * @param root of the files that tell what the machine does
     * @param nanoClock what a budget is measured by
     */
    BenchmarkRun(
            Plan plan,
            ForkRunner forks,
            RunListener listener,
            BooleanSupplier stop,
            Path root,
            LongSupplier nanoClock) {
        this.plan = plan;
        this.forks = forks;
        this.listener = listener;
        this.stop = stop;
        this.watch = new ForkWatch(root);
        this.nanoClock = nanoClock;
        this.ledger = new Ledger(plan);
        this.agenda = new Agenda(plan, ledger);
    }

    /**
     * What was measured.
     *
     * @param samples of all forks, in the order in which they ran
     * @param failures cases that could not be measured to their end
     * @param finished false if stopped before the plan's end; the end of the budget is one
     * @param broken why nothing more could be written, if that is what stopped it
     * @param disturbed forks that ran under other conditions
     * @param forkNanos wall time of the forks of this process
     * @param imprecise cases whose interval is wider than was asked for; 0 where nothing was
     */
    public record Result(
            List<Sample> samples,
            List<FailedCase> failures,
            boolean finished,
            Optional<IOException> broken,
            Disturbances disturbed,
            long forkNanos,
            long imprecise) {}

    /**
     * Takes over what an earlier process measured under the same plan, so that {@link #run} goes on from there.
     *
     * @param earlier samples of whole forks
     * @param failed cases that it gave up
     * @param earlierDisturbed those of the forks that ran under other conditions
     */
    public void resume(List<Sample> earlier, List<FailedCase> failed, Disturbances earlierDisturbed) {
        samples.addAll(earlier);
        disturbed = earlierDisturbed;
        replay(plan, earlier, earlierDisturbed, ledger);
        failures.addAll(failed);
        failed.forEach(failure -> ledger.failed(failure.key()));
    }

    /**
     * Forks that a plan still wants at most.
     *
     * @param earlier samples of whole forks
     * @param failed cases that were given up
     * @param disturbed those of the forks that ran under other conditions
     */
    public static int left(Plan plan, List<Sample> earlier, List<FailedCase> failed, Disturbances disturbed) {
        Ledger ledger = new Ledger(plan);
        replay(plan, earlier, disturbed, ledger);
        failed.forEach(failure -> ledger.failed(failure.key()));
        return ledger.wanted();
    }

    /** Fork by fork in the order in which they ran, because what was decided then depends on it. */
    private static void replay(Plan plan, List<Sample> earlier, Disturbances disturbed, Ledger ledger) {
        record Fork(CaseKey key, int number) {}
        Map<Fork, List<Sample>> forks = new LinkedHashMap<>();
        for (Sample sample : earlier) {
            if (ledger.knows(sample.key())) {
                forks.computeIfAbsent(new Fork(sample.key(), sample.fork()), _ -> new ArrayList<>())
                        .add(sample);
            }
        }
        forks.forEach((fork, rows) -> {
            ledger.measured(fork.key, rows);
            if (disturbed.contains(fork.key, fork.number) && plan.budget().isPresent()) {
                ledger.repeat(fork.key);
            }
        });
    }

    /**
     * Runs the plan.
     *
     * @param directory where samples and failures go, each fork's as it ends
     */
    public Result run(RunDirectory directory) {
        startNanos = nanoClock.getAsLong();
        // A signal may have come while the run was prepared.
        boolean stopped = stop.getAsBoolean();
        Optional<IOException> broken = Optional.empty();
        // Of a run that goes on, nothing may be left.
        Optional<PlannedFork> next = !stopped && inBudget() ? nextFork() : Optional.empty();
        while (next.isPresent()) {
            try {
                measure(next.get(), directory);
            } catch (IOException e) {
                broken = Optional.of(e);
            }
            stopped = stop.getAsBoolean();
            next = !stopped && broken.isEmpty() && inBudget() ? nextFork() : Optional.empty();
        }
        boolean finished = broken.isEmpty() && (!stopped || nextFork().isEmpty());
        return new Result(
                List.copyOf(samples),
                List.copyOf(failures),
                finished,
                broken,
                disturbed,
                watch.forkNanos(),
                plan.precision() > 0 ? ledger.imprecise() : 0);
    }

    private boolean inBudget() {
        return nanosLeft() > 0;
    }

    private long nanosLeft() {
        return plan.budget()
                .map(budget -> budget.toNanos() - (nanoClock.getAsLong() - startNanos))
                .orElse(Long.MAX_VALUE);
    }

    private Optional<PlannedFork> nextFork() {
        return agenda.next(endIsNear());
    }

    /** Whether what is left of the budget is what the late forks take, with one more fork before them. */
    private boolean endIsNear() {
        long longest =
                forkNanos.values().stream().mapToLong(Long::longValue).max().orElse(0);
        long late = ledger.late().stream()
                .mapToLong(key -> forkNanos.getOrDefault(key, longest))
                .sum();
        return nanosLeft() <= late + longest;
    }

    private void measure(PlannedFork fork, RunDirectory directory) throws IOException {
        CaseKey key = fork.planned().key();
        listener.starting(fork, done(), done() + ledger.wanted());
        watch.starting();
        long start = nanoClock.getAsLong();
        ForkOutcome outcome = forks.measure(fork);
        forkNanos.put(key, nanoClock.getAsLong() - start);
        switch (outcome) {
            case ForkOutcome.Measured measured -> {
                ForkRecord seen = watch.ended(fork, measured.samples());
                directory.append(measured.samples());
                directory.append(seen);
                samples.addAll(measured.samples());
                ledger.measured(key, measured.samples());
                if (!seen.note().isEmpty()) {
                    disturbed = disturbed.with(key, fork.number());
                    if (plan.budget().isPresent()) {
                        ledger.repeat(key);
                    }
                }
                listener.measured(fork, measured.samples(), done());
            }
            case ForkOutcome.Failed failed -> {
                if (!stopsNow()) {
                    FailedCase failure = new FailedCase(key, fork.number(), failed.reason());
                    directory.append(failure);
                    failures.add(failure);
                    ledger.failed(key);
                    listener.failed(failure, done());
                }
            }
        }
    }

    /** Forks that have ended, and those that were given up with a case that failed. */
    private int done() {
        return ledger.totalForks()
                + failures.stream()
                        .mapToInt(failure -> Math.max(0, plan.forks() - ledger.forks(failure.key())))
                        .sum();
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
