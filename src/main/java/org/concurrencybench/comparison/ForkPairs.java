package org.concurrencybench.comparison;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.concurrencybench.sample.MeasuredCase;

/** A fork of one side and right after it one of the other, which of them first by chance, until the budget has ended. */
final class ForkPairs {

    /** JMH's name of the ruler. */
    static final String RULER = "org.concurrencybench.benchmark.RulerBenchmark.run";

    /** A fork that was started within the budget may end after it, but not by more than this. */
    private static final Duration OVERTIME = Duration.ofMinutes(2);

    private final LiveSide baseline;
    private final LiveSide candidate;
    private final LiveSide rulerSide = LiveSide.own();
    private final Forks calls;
    private final Random random;
    private final BooleanSupplier stop;
    private final Consumer<String> progress;
    private final long deadlineNanos;

    /**
     * The budget begins now.
     *
     * @param random of the order within each pair
     * @param stop asked between forks
     * @param progress told one line before each pair
     */
    ForkPairs(
            LiveSide baseline,
            LiveSide candidate,
            Duration budget,
            Forks calls,
            Random random,
            BooleanSupplier stop,
            Consumer<String> progress) {
        this.baseline = baseline;
        this.candidate = candidate;
        this.calls = calls;
        this.random = random;
        this.stop = stop;
        this.progress = progress;
        this.deadlineNanos = System.nanoTime() + budget.toNanos();
    }

    /** One fork of each side, or why there is not. */
    record Pair(List<MeasuredCase> baseline, List<MeasuredCase> candidate, Optional<String> failure) {}

    /** Whether the time is over, or somebody asked to stop. */
    boolean isOver() {
        return stop.getAsBoolean() || System.nanoTime() >= deadlineNanos;
    }

    /**
     * Measures one pair.
     *
     * @param options as JMH takes them
     * @return empty where the time was over, or somebody asked to stop, before both sides had ended
     */
    Optional<Pair> measure(String benchmark, List<String> options) throws IOException, InterruptedException {
        if (isOver()) {
            return Optional.empty();
        }
        boolean baselineFirst = random.nextBoolean();
        progress.accept(benchmark);
        Map<Boolean, List<MeasuredCase>> measured = new HashMap<>();
        List<String> failures = new ArrayList<>();
        for (boolean isBaseline : new boolean[] {baselineFirst, !baselineFirst}) {
            Duration left = Duration.ofNanos(Math.max(0, deadlineNanos - System.nanoTime()))
                    .plus(OVERTIME);
            switch (calls.fork(isBaseline ? baseline : candidate, benchmark, options, left)) {
                case Forks.Answer.Measured answer -> measured.put(isBaseline, answer.cases());
                case Forks.Answer.Failed failed ->
                    failures.add("it failed in the %s: %s"
                            .formatted(isBaseline ? "baseline" : "candidate", failed.reason()));
            }
            if (stop.getAsBoolean()) {
                // The signal ends forks too, which is no fault of theirs.
                return Optional.empty();
            }
        }
        return Optional.of(new Pair(
                measured.getOrDefault(true, List.of()),
                measured.getOrDefault(false, List.of()),
                failures.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", failures))));
    }

    /** A pair of the ruler, the same code on both sides; empty where one of the two could not be measured. */
    Optional<Pair> measureRuler() throws IOException, InterruptedException {
        List<MeasuredCase> both = new ArrayList<>();
        for (int side = 0; side < 2 && !isOver(); side++) {
            if (calls.fork(rulerSide, RULER, List.of(), OVERTIME) instanceof Forks.Answer.Measured answer) {
                both.addAll(answer.cases());
            }
        }
        return both.size() == 2
                ? Optional.of(new Pair(List.of(both.getFirst()), List.of(both.getLast()), Optional.empty()))
                : Optional.empty();
    }
}
