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
import java.util.function.LongSupplier;
import org.concurrencybench.sample.MeasuredCase;

/**
 * A fork of one side and right after it one of the other, which of them first by chance, until the budget has ended; and
 * once a round the ruler after either.
 */
final class ForkPairs {

    /** A fork that was started within the budget may end after it, but not by more than this. */
    private static final Duration OVERTIME = Duration.ofMinutes(2);

    /** A fork that takes so many times as long as the longest of its benchmark hangs. */
    private static final int HANGS = 10;

    private final LiveSide baseline;
    private final LiveSide candidate;
    private final LiveSide rulerSide = LiveSide.own();
    private final Ruler ruler;
    private final Forks calls;
    private final Random random;
    private final BooleanSupplier stop;
    private final LongSupplier nanoTime;
    private final Consumer<String> progress;
    private final long deadlineNanos;
    private final Map<String, Duration> longest = new HashMap<>();

    /**
     * The budget begins now.
     *
     * @param random of the order within each pair
     * @param stop asked between forks
     * @param nanoTime the clock that the budget is kept by
     * @param progress told one line before each pair
     */
    ForkPairs(
            LiveSide baseline,
            LiveSide candidate,
            Ruler ruler,
            Duration budget,
            Forks calls,
            Random random,
            BooleanSupplier stop,
            LongSupplier nanoTime,
            Consumer<String> progress) {
        this.baseline = baseline;
        this.candidate = candidate;
        this.ruler = ruler;
        this.calls = calls;
        this.random = random;
        this.stop = stop;
        this.nanoTime = nanoTime;
        this.progress = progress;
        this.deadlineNanos = nanoTime.getAsLong() + budget.toNanos();
    }

    /** One fork of each side, or why there is not. */
    record Pair(List<MeasuredCase> baseline, List<MeasuredCase> candidate, Optional<String> failure) {}

    /** Whether the time is over, or somebody asked to stop. */
    boolean isOver() {
        return stop.getAsBoolean() || !left().isPositive();
    }

    /** Of the budget; below zero once it has ended. */
    Duration left() {
        return Duration.ofNanos(deadlineNanos - nanoTime.getAsLong());
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
        Map<Boolean, MeasuredCase> beside = new HashMap<>();
        List<String> failures = new ArrayList<>();
        for (boolean isBaseline : new boolean[] {baselineFirst, !baselineFirst}) {
            String side = isBaseline ? "baseline" : "candidate";
            Duration left = left();
            Duration limit = (left.isPositive() ? left : Duration.ZERO).plus(OVERTIME);
            switch (calls.fork(isBaseline ? baseline : candidate, benchmark, options, limit)) {
                case Forks.Answer.Measured answer -> {
                    measured.put(isBaseline, answer.cases());
                    longest.merge(
                            benchmark, left.minus(left()), (one, other) -> one.compareTo(other) > 0 ? one : other);
                }
                case Forks.Answer.Failed failed ->
                    failures.add("it failed in the %s: %s".formatted(side, failed.reason()));
                case Forks.Answer.Ended _ -> {
                    Duration known = longest.get(benchmark);
                    if (known == null || limit.compareTo(known.multipliedBy(HANGS)) < 0) {
                        return Optional.empty();
                    }
                    failures.add(
                            "it failed in the %s: it had not ended after %d s, where others took less than a tenth of that"
                                    .formatted(side, limit.toSeconds()));
                }
            }
            if (stop.getAsBoolean()) {
                // The signal ends forks too, which is no fault of theirs.
                return Optional.empty();
            }
            if (ruler.isDue() && measured.containsKey(isBaseline)) {
                measureRuler().ifPresent(one -> beside.put(isBaseline, one));
            }
        }
        MeasuredCase besideBaseline = beside.get(true);
        MeasuredCase besideCandidate = beside.get(false);
        if (besideBaseline != null && besideCandidate != null) {
            ruler.add(besideBaseline, besideCandidate);
        }
        return Optional.of(new Pair(
                measured.getOrDefault(true, List.of()),
                measured.getOrDefault(false, List.of()),
                failures.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", failures))));
    }

    private Optional<MeasuredCase> measureRuler() throws IOException, InterruptedException {
        return switch (calls.fork(rulerSide, Ruler.BENCHMARK, List.of(), OVERTIME)) {
            case Forks.Answer.Measured answer -> Optional.of(answer.cases().getFirst());
            case Forks.Answer.Failed failed -> {
                ruler.fail(failed.reason());
                yield Optional.empty();
            }
            case Forks.Answer.Ended _ -> {
                ruler.fail("it had not ended after %d s".formatted(OVERTIME.toSeconds()));
                yield Optional.empty();
            }
        };
    }
}
