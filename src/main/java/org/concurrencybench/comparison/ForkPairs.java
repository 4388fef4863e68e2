package org.concurrencybench.comparison;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.concurrencybench.sample.MeasuredCase;

/**
 * A fork of either side, which of them first by chance, until the budget has ended: both at once, whose iterations take turns;
 * or, where that cannot be (something of the benchmark's there can be only once, such as a port), one right after the other.
 * The ruler once a round, in the same way, unless that would be too much of the time.
 */
final class ForkPairs {

    /** A fork that was started within the budget may end after it, but not by more than this. */
    private static final Duration OVERTIME = Duration.ofMinutes(2);

    /** A fork that takes so many times as long as the longest of its benchmark hangs. */
    private static final int HANGS = 10;

    /** The ruler has one part of the time in so many. */
    private static final int RULERS_SHARE = 8;

    /** Of what is left of the budget, that forks in turns may say nothing for: one part of so many. */
    private static final int SILENT_SHARE = 3;

    /** In a minute a JVM starts on the busiest machine. */
    private static final Duration LEAST_LIMIT = Duration.ofMinutes(1);

    private final LiveSide baseline;
    private final LiveSide candidate;
    private final LiveSide rulerSide = LiveSide.own();
    private final Ruler ruler;
    private final Ruler rulerApart;
    private final Forks calls;
    private final Random random;
    private final BooleanSupplier stop;
    private final LongSupplier nanoTime;
    private final Consumer<String> progress;
    private final long deadlineNanos;
    private final Map<String, Duration> longest = new HashMap<>();
    private final Map<Call, String> noTurns = new HashMap<>();
    private final Map<Call, String> apart = new LinkedHashMap<>();
    private final Map<String, Call> firstCalls = new HashMap<>();
    private final Set<Call> tookTurns = new HashSet<>();
    private final Map<Call, Duration> lastTook = new HashMap<>();
    private final Duration budget;
    private Duration rulerTook = Duration.ZERO;
    private boolean turns;

    /**
     * The budget begins now.
     *
     * @param ruler for what takes turns
     * @param rulerApart for what does not
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
            Ruler rulerApart,
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
        this.rulerApart = rulerApart;
        this.turns = turns;
        this.calls = calls;
        this.random = random;
        this.stop = stop;
        this.nanoTime = nanoTime;
        this.progress = progress;
        this.budget = budget;
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

    /** From now on a ruler is due again, in either way of measuring. */
    void startRound() {
        ruler.startRound();
        rulerApart.startRound();
    }

    /** How many pairs of this call the rest of the budget would hold if it were for nothing else; at best where that is unknown. */
    double held(String benchmark, List<String> options) {
        Duration took = lastTook.get(new Call(benchmark, options));
        return took == null || took.isZero()
                ? Double.POSITIVE_INFINITY
                : Math.max(0, (double) left().toNanos() / took.toNanos());
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
        firstCalls.putIfAbsent(benchmark, call);
        Duration before = left();
        Optional<Pair> pair = measure(call);
        lastTook.put(call, before.minus(left()));
        return pair;
    }

    private Optional<Pair> measure(Call call) throws IOException, InterruptedException {
        if (turns && !noTurns.containsKey(call)) {
            Optional<Pair> pair = inTurns(call);
            if (pair.isPresent() || isOver()) {
                return pair;
            }
        }
        Optional<Pair> pair = oneAfterTheOther(call.benchmark(), call.options());
        String reason = noTurns.get(call);
        if (reason != null && pair.isPresent() && pair.get().failure().isEmpty()) {
            apart.putIfAbsent(call, reason);
        }
        return pair;
    }

    /** Benchmarks that were measured, but not in turns, with the reason. */
    Map<String, String> apart() {
        Map<String, String> reasons = new TreeMap<>();
        apart.forEach((call, reason) -> reasons.putIfAbsent(call.benchmark(), reason));
        return reasons;
    }

    /** Whether some pairs of this case were not measured in turns. */
    boolean isApart(String benchmark) {
        return !turns
                || apart.keySet().stream().anyMatch(call -> call.benchmark().equals(benchmark));
    }

    /** What is asked of both sides; a benchmark may fail with one value of a parameter and not with others. */
    private record Call(String benchmark, List<String> options) {}

    /** Empty where the time was over, or where the sides cannot take turns; in that case this call is noted, once and for all. */
    private Optional<Pair> inTurns(Call call) throws IOException, InterruptedException {
        String benchmark = call.benchmark();
        Duration left = left();
        Forks.Limits limits = limitsInTurns(benchmark, left);
        Optional<Forks.InTurns> answers =
                calls.forksInTurns(baseline, candidate, random.nextBoolean(), benchmark, call.options(), limits);
        if (stop.getAsBoolean()) {
            // The signal ends forks too, which is no fault of theirs.
            return Optional.empty();
        }
        if (answers.isEmpty()) {
            turns = false;
            return Optional.empty();
        }
        return switch (answers.get()) {
            case Forks.InTurns(Forks.Answer.Measured one, Forks.Answer.Measured other, Forks.Holder _) -> {
                took(benchmark, left);
                tookTurns.add(call);
                // What its cases could not do together, such as differ in number, each may do alone.
                apart.remove(firstCalls.get(benchmark));
                if (ruler.isDue() && isRulersTurn()) {
                    measureRulerInTurns();
                }
                yield Optional.of(new Pair(one.cases(), other.cases(), Optional.empty()));
            }
            case Forks.InTurns(Forks.Answer.Failed one, Forks.Answer _, Forks.Holder _) ->
                failed(call, "the baseline", one.reason());
            case Forks.InTurns(Forks.Answer _, Forks.Answer.Failed other, Forks.Holder _) ->
                failed(call, "the candidate", other.reason());
            case Forks.InTurns(Forks.Answer _, Forks.Answer _, Forks.Holder holder) -> {
                Duration took = left.minus(left());
                yield took.compareTo(limit(left)) < 0
                        ? failed(call, named(holder), "it had not ended after %d s".formatted(took.toSeconds()))
                        : Optional.empty();
            }
        };
    }

    /**
     * Where a fork waits for what the other holds (a lock on a file, say) neither goes on, and much of the budget must not go
     * with them; where it is known how long both take, neither must what hangs.
     */
    private Forks.Limits limitsInTurns(String benchmark, Duration left) {
        Duration whole = limit(left);
        Duration known = longest.get(benchmark);
        Duration most = known == null ? whole : shorter(whole, longer(LEAST_LIMIT, known.multipliedBy(HANGS)));
        return new Forks.Limits(most, shorter(most, longer(LEAST_LIMIT, left.dividedBy(SILENT_SHARE))));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    private static String named(Forks.Holder holder) {
        return switch (holder) {
            case BASELINE -> "the baseline";
            case CANDIDATE -> "the candidate";
            case NEITHER -> "one of the sides";
        };
    }

    /** What has taken turns before can, so it has failed; of others it is tried whether they can without. */
    private Optional<Pair> failed(Call call, String side, String reason) {
        if (tookTurns.contains(call) || tookTurns.contains(firstCalls.get(call.benchmark()))) {
            return Optional.of(
                    new Pair(List.of(), List.of(), Optional.of("it failed in %s: %s".formatted(side, reason))));
        }
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
            if (rulerApart.isDue() && measured.containsKey(isBaseline)) {
                measureRuler().ifPresent(one -> beside.put(isBaseline, one));
            }
        }
        MeasuredCase besideBaseline = beside.get(true);
        MeasuredCase besideCandidate = beside.get(false);
        if (besideBaseline != null && besideCandidate != null) {
            rulerApart.add(besideBaseline, besideCandidate);
        }
        return Optional.of(new Pair(
                measured.getOrDefault(true, List.of()),
                measured.getOrDefault(false, List.of()),
                failures.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", failures))));
    }

    /** Not in each of the rounds in which few cases are left, where it would take as long as they do. */
    private boolean isRulersTurn() {
        Duration gone = budget.minus(left());
        return rulerTook.multipliedBy(RULERS_SHARE).compareTo(gone) <= 0;
    }

    /** In the very way that the sides are measured, so that what it shows is what the way of measuring does to equals. */
    private void measureRulerInTurns() throws IOException, InterruptedException {
        Duration before = left();
        Optional<Forks.InTurns> answers = calls.forksInTurns(
                rulerSide,
                rulerSide,
                random.nextBoolean(),
                Ruler.BENCHMARK,
                List.of(),
                new Forks.Limits(OVERTIME, OVERTIME));
        rulerTook = rulerTook.plus(before.minus(left()));
        if (answers.isEmpty()) {
            ruler.fail("it took no turns");
            return;
        }
        switch (answers.get()) {
            case Forks.InTurns(Forks.Answer.Measured one, Forks.Answer.Measured other, Forks.Holder _) ->
                ruler.add(one.cases().getFirst(), other.cases().getFirst());
            case Forks.InTurns(Forks.Answer.Failed one, Forks.Answer _, Forks.Holder _) -> ruler.fail(one.reason());
            case Forks.InTurns(Forks.Answer _, Forks.Answer.Failed other, Forks.Holder _) -> ruler.fail(other.reason());
            case Forks.InTurns(Forks.Answer _, Forks.Answer _, Forks.Holder _) ->
                ruler.fail("it had not ended after %d s".formatted(OVERTIME.toSeconds()));
        }
    }

    private Optional<MeasuredCase> measureRuler() throws IOException, InterruptedException {
        return switch (calls.fork(rulerSide, Ruler.BENCHMARK, List.of(), OVERTIME)) {
            case Forks.Answer.Measured answer -> Optional.of(answer.cases().getFirst());
            case Forks.Answer.Failed failed -> {
                rulerApart.fail(failed.reason());
                yield Optional.empty();
            }
            case Forks.Answer.Ended _ -> {
                rulerApart.fail("it had not ended after %d s".formatted(OVERTIME.toSeconds()));
                yield Optional.empty();
            }
        };
    }
}
