package org.concurrencybench.comparison;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.concurrencybench.sample.MeasuredCase;

/**
 * A fork of either side, which of them first by chance, until the budget has ended: both at once, whose iterations take turns;
 * or, where that cannot be (something of the benchmark's there can be only once, such as a port), one right after the other.
 * Once a round the ruler, in the same way.
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
    private final Map<Call, String> noTurns = new HashMap<>();
    private final Map<String, String> apart = new TreeMap<>();
    private boolean turns;

    /**
     * The budget begins now.
     *
     * @param turns whether forks of both sides may be up at the same time, and take turns
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
            boolean turns,
            Forks calls,
            Random random,
            BooleanSupplier stop,
            LongSupplier nanoTime,
            Consumer<String> progress) {
        this.baseline = baseline;
        this.candidate = candidate;
        this.ruler = ruler;
        this.turns = turns;
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
     * Measures one pair, in turns where both sides can.
     *
     * @param options as JMH takes them
     * @return empty where the time was over, or somebody asked to stop, before both sides had ended
     */
    Optional<Pair> measure(String benchmark, List<String> options) throws IOException, InterruptedException {
        if (isOver()) {
            return Optional.empty();
        }
        progress.accept(benchmark);
        Call call = new Call(benchmark, options);
        if (turns && !noTurns.containsKey(call)) {
            Optional<Optional<Pair>> pair = inTurns(call);
            if (pair.isPresent()) {
                return pair.get();
            }
            if (isOver()) {
                return Optional.empty();
            }
        }
        Optional<Pair> pair = oneAfterTheOther(benchmark, options);
        String reason = noTurns.get(call);
        if (reason != null && pair.isPresent() && pair.get().failure().isEmpty()) {
            apart.putIfAbsent(benchmark, reason);
        }
        return pair;
    }

    /** Benchmarks that were measured, but not in turns, with the reason. */
    Map<String, String> apart() {
        return Collections.unmodifiableMap(apart);
    }

    /** What is asked of both sides; a benchmark may fail with one value of a parameter and not with others. */
    private record Call(String benchmark, List<String> options) {}

    /** Empty where the sides cannot; from then on this call is measured one side after the other. */
    private Optional<Optional<Pair>> inTurns(Call call) throws IOException, InterruptedException {
        String benchmark = call.benchmark();
        Duration left = left();
        Duration limit = limit(left);
        Optional<Forks.InTurns> answers =
                calls.forksInTurns(baseline, candidate, random.nextBoolean(), benchmark, call.options(), limit);
        if (stop.getAsBoolean()) {
            // The signal ends forks too, which is no fault of theirs.
            return Optional.of(Optional.empty());
        }
        if (answers.isEmpty()) {
            turns = false;
            return Optional.empty();
        }
        return switch (answers.get()) {
            case Forks.InTurns(Forks.Answer.Measured one, Forks.Answer.Measured other) -> {
                took(benchmark, left);
                if (ruler.isDue()) {
                    measureRulerInTurns();
                }
                yield Optional.of(Optional.of(new Pair(one.cases(), other.cases(), Optional.empty())));
            }
            case Forks.InTurns(Forks.Answer.Failed one, Forks.Answer _) -> cannot(call, one.reason());
            case Forks.InTurns(Forks.Answer _, Forks.Answer.Failed other) -> cannot(call, other.reason());
            case Forks.InTurns _ ->
                hangs(benchmark, limit)
                        ? cannot(call, "it had not ended after %d s".formatted(limit.toSeconds()))
                        : Optional.of(Optional.empty());
        };
    }

    private Optional<Optional<Pair>> cannot(Call call, String reason) {
        noTurns.put(call, reason);
        return Optional.empty();
    }

    private static Duration limit(Duration left) {
        return (left.isPositive() ? left : Duration.ZERO).plus(OVERTIME);
    }

    private void took(String benchmark, Duration leftBefore) {
        longest.merge(benchmark, leftBefore.minus(left()), (one, other) -> one.compareTo(other) > 0 ? one : other);
    }

    /** Whether what was ended after so long did not just come too late. */
    private boolean hangs(String benchmark, Duration limit) {
        Duration known = longest.get(benchmark);
        return known != null && limit.compareTo(known.multipliedBy(HANGS)) >= 0;
    }

    private Optional<Pair> oneAfterTheOther(String benchmark, List<String> options)
            throws IOException, InterruptedException {
        boolean baselineFirst = random.nextBoolean();
        Map<Boolean, List<MeasuredCase>> measured = new HashMap<>();
        Map<Boolean, MeasuredCase> beside = new HashMap<>();
        List<String> failures = new ArrayList<>();
        for (boolean isBaseline : new boolean[] {baselineFirst, !baselineFirst}) {
            String side = isBaseline ? "baseline" : "candidate";
            Duration left = left();
            Duration limit = limit(left);
            switch (calls.fork(isBaseline ? baseline : candidate, benchmark, options, limit)) {
                case Forks.Answer.Measured answer -> {
                    measured.put(isBaseline, answer.cases());
                    took(benchmark, left);
                }
                case Forks.Answer.Failed failed ->
                    failures.add("it failed in the %s: %s".formatted(side, failed.reason()));
                case Forks.Answer.Ended _ -> {
                    if (!hangs(benchmark, limit)) {
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

    /** In the very way that the sides are measured, so that what it shows is what the way of measuring does to equals. */
    private void measureRulerInTurns() throws IOException, InterruptedException {
        Optional<Forks.InTurns> answers =
                calls.forksInTurns(rulerSide, rulerSide, random.nextBoolean(), Ruler.BENCHMARK, List.of(), OVERTIME);
        switch (answers.orElse(new Forks.InTurns(new Forks.Answer.Ended(), new Forks.Answer.Ended()))) {
            case Forks.InTurns(Forks.Answer.Measured one, Forks.Answer.Measured other) ->
                ruler.add(one.cases().getFirst(), other.cases().getFirst());
            case Forks.InTurns(Forks.Answer.Failed one, Forks.Answer _) -> ruler.fail(one.reason());
            case Forks.InTurns(Forks.Answer _, Forks.Answer.Failed other) -> ruler.fail(other.reason());
            case Forks.InTurns _ -> ruler.fail("it had not ended after %d s".formatted(OVERTIME.toSeconds()));
        }
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
