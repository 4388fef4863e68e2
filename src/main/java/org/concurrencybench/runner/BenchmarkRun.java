package org.concurrencybench.runner;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.FailedCase;
import org.concurrencybench.sample.ForkRecord;
import org.concurrencybench.sample.Sample;

/**
 * Works through a plan, fork by fork, and leaves every fork's samples on disk before the next one starts. First come rounds
 * of all open cases; what is left of a budget then goes, fork by fork, to the widest interval.
 */
public final class BenchmarkRun {

    private final Plan plan;
    private final ForkRunner forks;
    private final RunListener listener;
    private final BooleanSupplier stop;
    private final Ledger ledger;
    private final Schedule schedule;
    private final ForkWatch watch = new ForkWatch(Path.of("/"));
    private final List<Sample> samples = new ArrayList<>();
    private final List<FailedCase> failures = new ArrayList<>();

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
        this.ledger = new Ledger(plan);
        this.schedule = new Schedule(plan, planned -> ledger.isOpen(planned.key()));
    }

    /**
     * What was measured.
     *
     * @param samples of all forks, in the order in which they ran
     * @param failures cases that could not be measured to their end
     * @param finished false if stopped before the plan's end; the end of the budget is one
     * @param broken why nothing more could be written, if that is what stopped it
     * @param forkNanos wall time of the forks of this process
     * @param imprecise cases whose interval is wider than was asked for; 0 where nothing was
     */
    public record Result(
            List<Sample> samples,
            List<FailedCase> failures,
            boolean finished,
            Optional<IOException> broken,
            long forkNanos,
            long imprecise) {}

    /**
     * Takes over what an earlier process measured under the same plan, so that {@link #run} goes on from there.
     *
     * @param earlier samples of whole forks
     * @param failed cases that it gave up
     */
    public void resume(List<Sample> earlier, List<FailedCase> failed) {
        samples.addAll(earlier);
        replay(earlier, ledger);
        failures.addAll(failed);
        failed.forEach(failure -> ledger.failed(failure.key()));
    }

    /**
     * Forks that a plan still wants at most.
     *
     * @param earlier samples of whole forks
     * @param failed cases that were given up
     */
    public static int left(Plan plan, List<Sample> earlier, List<FailedCase> failed) {
        Ledger ledger = new Ledger(plan);
        replay(earlier, ledger);
        failed.forEach(failure -> ledger.failed(failure.key()));
        return ledger.wanted();
    }

    /** Fork by fork in the order in which they ran, because what was decided then depends on it. */
    private static void replay(List<Sample> earlier, Ledger ledger) {
        record Fork(CaseKey key, int number) {}
        Map<Fork, List<Sample>> forks = new LinkedHashMap<>();
        for (Sample sample : earlier) {
            if (ledger.knows(sample.key())) {
                forks.computeIfAbsent(new Fork(sample.key(), sample.fork()), _ -> new ArrayList<>())
                        .add(sample);
            }
        }
        forks.forEach((fork, rows) -> ledger.measured(fork.key, rows));
    }

    /**
     * Runs the plan.
     *
     * @param directory where samples and failures go, each fork's as it ends
     */
    public Result run(RunDirectory directory) {
        long start = System.nanoTime();
        // A signal may have come while the run was prepared.
        boolean stopped = stop.getAsBoolean();
        Optional<IOException> broken = Optional.empty();
        Optional<PlannedFork> next = stopped ? Optional.empty() : nextFork();
        while (next.isPresent()) {
            try {
                measure(next.get(), directory);
            } catch (IOException e) {
                broken = Optional.of(e);
            }
            stopped = stop.getAsBoolean();
            next = !stopped && broken.isEmpty() && inBudget(start) ? nextFork() : Optional.empty();
        }
        boolean finished = broken.isEmpty() && (!stopped || nextFork().isEmpty());
        return new Result(
                List.copyOf(samples),
                List.copyOf(failures),
                finished,
                broken,
                watch.forkNanos(),
                plan.precision() > 0 ? ledger.imprecise() : 0);
    }

    private boolean inBudget(long start) {
        return plan.budget()
                .map(budget -> System.nanoTime() - start < budget.toNanos())
                .orElse(true);
    }

    private Optional<PlannedFork> nextFork() {
        while (schedule.hasNext()) {
            PlannedFork turn = schedule.next();
            CaseKey key = turn.planned().key();
            // An earlier process may have had this turn.
            if (turn.number() > ledger.forks(key)) {
                return Optional.of(fork(key));
            }
        }
        // A fork that is to be repeated is not the rounds' business.
        Optional<CaseKey> more = plan.cases().stream()
                .map(PlannedCase::key)
                .filter(ledger::isOpen)
                .findFirst();
        return more.or(() -> plan.budget().flatMap(_ -> ledger.widest()).map(PlannedCase::key))
                .map(this::fork);
    }

    private PlannedFork fork(CaseKey key) {
        return new PlannedFork(ledger.current(key), ledger.forks(key) + 1);
    }

    private void measure(PlannedFork fork, RunDirectory directory) throws IOException {
        CaseKey key = fork.planned().key();
        listener.starting(fork, done(), done() + ledger.wanted());
        watch.starting();
        switch (forks.measure(fork)) {
            case ForkOutcome.Measured measured -> {
                ForkRecord seen = watch.ended(fork, measured.samples());
                directory.append(measured.samples());
                directory.append(seen);
                samples.addAll(measured.samples());
                ledger.measured(key, measured.samples());
                if (!seen.note().isEmpty() && plan.budget().isPresent()) {
                    ledger.repeat(key);
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
