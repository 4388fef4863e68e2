package org.concurrencybench.comparison;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.concurrencybench.comparison.ForkPairs.Pair;
import org.concurrencybench.sample.MeasuredCase;
import org.concurrencybench.sample.MeasuredCase.Identity;
import org.concurrencybench.sample.Params;
import org.concurrencybench.statistics.ChangeRule;

/**
 * Measures two sides on this machine in the same minutes: for each case a fork of either side, whose iterations take turns
 * ({@link Referee}), which of them first by chance; then the next case; then all of them again, but for those that are decided.
 * What the machine does to both forks of a pair drops out of their quotient ("duet" benchmarking, Bulej et al., ICPE
 * 2020, doi:10.1145/3358960.3379132).
 *
 * <p>Looking again and again at data that grow would find something in the end. So looks are rare ({@link LiveCase#isDue}),
 * and all of them together may be wrong as often as one look would. Which look is the last follows from the clock alone.
 *
 * <p>Where even the {@link Ruler} moved, the machine did, and no change is believed.
 */
public final class LiveComparison {

    /** Rounds that a budget should have time for. */
    private static final int FEW_ROUNDS = 5;

    private final LiveSide baseline;
    private final LiveSide candidate;
    private final LivePlan plan;
    private final GateSettings settings;
    private final Forks calls;
    private final Random random;
    private final ForkPairs pairs;
    private final Ruler ruler = new Ruler("in turns with itself");
    private final Ruler rulerApart = new Ruler("beside both sides");
    private final Consumer<String> progress;
    private final Map<Identity, LiveCase> cases = new LinkedHashMap<>();
    private final List<CaseComparison> closed = new ArrayList<>();

    /**
     * Measures nothing yet; the budget begins now.
     *
     * @param scratch an empty directory for logs and results of single forks
     * @param stop asked between forks
     * @param progress told one line before each pair
     */
    public LiveComparison(
            LiveSide baseline,
            LiveSide candidate,
            LivePlan plan,
            GateSettings settings,
            Path scratch,
            BooleanSupplier stop,
            Consumer<String> progress) {
        this(baseline, candidate, plan, settings, new JmhCalls(scratch), stop, System::nanoTime, progress);
    }

    LiveComparison(
            LiveSide baseline,
            LiveSide candidate,
            LivePlan plan,
            GateSettings settings,
            Forks calls,
            BooleanSupplier stop,
            LongSupplier nanoTime,
            Consumer<String> progress) {
        this.baseline = baseline;
        this.candidate = candidate;
        this.plan = plan;
        this.settings = settings;
        this.calls = calls;
        this.random = new Random(plan.seed());
        this.progress = progress;
        this.pairs = new ForkPairs(
                baseline,
                candidate,
                ruler,
                rulerApart,
                plan.budget(),
                plan.turns(),
                calls,
                random,
                stop,
                nanoTime,
                progress);
    }

    /**
     * Measures until every case is decided, the budget has ended or someone asks to stop.
     *
     * @throws LiveException if a side cannot be measured at all, or has no benchmark
     * @throws IOException if processes cannot be started or their files not be read
     */
    public Comparison run() throws LiveException, IOException, InterruptedException {
        List<MeasuredCase> before = benchmarks(baseline);
        List<MeasuredCase> after = benchmarks(candidate);
        Matching benchmarks = Matching.of(before, after);
        closed.addAll(benchmarks.others());
        if (!benchmarks.common().isEmpty()) {
            measure(benchmarks.common().stream()
                    .map(both -> both.baseline().benchmark())
                    .sorted()
                    .toList());
        }
        return result();
    }

    /** All but the ruler, which is measured anyway, and which an older commit of ours may lack. */
    private List<MeasuredCase> benchmarks(LiveSide side) throws LiveException, IOException, InterruptedException {
        List<MeasuredCase> benchmarks = calls.list(side, plan.include()).stream()
                .filter(name -> !name.equals(Ruler.BENCHMARK))
                .map(name -> Matching.unmeasured(name, Params.none()))
                .toList();
        if (benchmarks.isEmpty()) {
            throw new LiveException("%s has no benchmark%s; see what it lists with -l"
                    .formatted(
                            side.name(),
                            plan.include().isEmpty() ? "" : " that matches " + String.join(" or ", plan.include())));
        }
        return benchmarks;
    }

    private void measure(List<String> common) throws IOException, InterruptedException {
        Duration before = pairs.left();
        firstRound(common);
        Duration round = before.minus(pairs.left());
        progress.accept(howMany(round));
        closeWhatDoesOtherWork();
        // From here on there are as many cases to the end.
        ChangeRule rule = ChangeRule.once(settings.threshold(), settings.confidence(), Math.max(1, cases.size()));
        while (!pairs.isOver() && anyOpen()) {
            round(rule);
            cases.values().stream().filter(one -> one.isDue(rule)).forEach(one -> one.look(rule, false));
        }
        cases.values().forEach(one -> one.look(rule, true));
    }

    /** How many rounds like this one the rest of the budget has time for. */
    private long held(Duration round) {
        return round.isPositive() ? pairs.left().dividedBy(round) : Long.MAX_VALUE;
    }

    private String howMany(Duration round) {
        long rounds = round.isPositive() ? 1 + Math.max(0, held(round)) : 1;
        return "a round of forks takes %.1f s, so that the budget of %d s holds about %d; %d are the least that are wanted%s"
                .formatted(
                        round.toMillis() / 1000.0,
                        plan.budget().toSeconds(),
                        rounds,
                        FEW_ROUNDS,
                        rounds < FEW_ROUNDS
                                ? ": take a longer --budget, fewer cases (--include, -p) or shorter iterations (-wi, -w, -i, -r)"
                                : "");
    }

    private boolean anyOpen() {
        return cases.values().stream().anyMatch(one -> !one.isDecided());
    }

    /** Learns what cases each benchmark has. */
    private void firstRound(List<String> benchmarks) throws IOException, InterruptedException {
        pairs.startRound();
        List<String> order = new ArrayList<>(benchmarks);
        Collections.shuffle(order, random);
        List<String> options = plan.params().stream()
                .flatMap(param -> List.of("-p", param).stream())
                .toList();
        for (String benchmark : order) {
            Optional<Pair> pair = pairs.measure(benchmark, options);
            List<Matching.Both> singly = List.of();
            if (pair.isPresent() && pair.get().failure().isPresent()) {
                Matching each = Matching.of(each(baseline, benchmark, options), each(candidate, benchmark, options));
                if (each.common().size() + each.others().size() > 1) {
                    closed.addAll(each.others());
                    singly = each.common();
                }
            }
            if (singly.isEmpty()) {
                learn(Matching.unmeasured(benchmark, Params.none()), pair);
            }
            // One that fails takes the others of its benchmark with it, so each is given forks of its own.
            for (Matching.Both one : singly) {
                learn(
                        one.baseline(),
                        pairs.measure(benchmark, JmhCalls.only(one.baseline().params())));
            }
        }
    }

    private List<MeasuredCase> each(LiveSide side, String benchmark, List<String> options)
            throws IOException, InterruptedException {
        return calls.cases(side, benchmark, options).stream()
                .map(params -> Matching.unmeasured(benchmark, params))
                .toList();
    }

    private void learn(MeasuredCase asked, Optional<Pair> pair) {
        if (pair.isEmpty()) {
            closed.add(CaseComparison.unjudged(asked, Verdict.UNDECIDED, LiveCase.TOO_LATE));
        } else if (pair.get().failure().isPresent()) {
            closed.add(CaseComparison.unjudged(
                    asked, Verdict.FAILED, pair.get().failure().get()));
        } else {
            Matching matching = Matching.of(pair.get().baseline(), pair.get().candidate());
            closed.addAll(matching.others());
            for (Matching.Both both : matching.common()) {
                LiveCase live = new LiveCase(both.baseline());
                live.add(both.baseline(), both.candidate());
                cases.put(both.baseline().identity(), live);
            }
        }
    }

    private void closeWhatDoesOtherWork() throws IOException, InterruptedException {
        List<MeasuredCase> measured =
                cases.values().stream().map(LiveCase::shown).toList();
        Map<String, String> before = calls.work(baseline, measured);
        Map<String, String> after = calls.work(candidate, measured);
        for (MeasuredCase one : measured) {
            String old = before.get(one.label());
            String fresh = after.get(one.label());
            if (old != null && fresh != null && !old.equals(fresh)) {
                cases.remove(one.identity());
                closed.add(CaseComparison.unjudged(one, Verdict.NOT_COMPARABLE, Sides.otherWork(old, fresh)));
            }
        }
    }

    private void round(ChangeRule rule) throws IOException, InterruptedException {
        pairs.startRound();
        List<LiveCase> order = new ArrayList<>(worthARound(rule));
        Collections.shuffle(order, random);
        for (LiveCase live : order) {
            Optional<Pair> pair = pairs.measure(live.shown().benchmark(), JmhCalls.only(live.shown()));
            if (pair.isEmpty()) {
                return;
            }
            add(live, pair.get());
        }
    }

    /**
     * Open cases but for those that what is left would hardly decide even if they had all of it, so that others have it. That
     * takes nothing from what the verdicts promise: a case that is looked at less often is alarmed about less often. Where there
     * are only such, all.
     */
    private List<LiveCase> worthARound(ChangeRule rule) {
        List<LiveCase> open =
                cases.values().stream().filter(one -> !one.isDecided()).toList();
        List<LiveCase> worth = open.stream()
                .filter(one -> !one.canWait(pairs.held(one.shown().benchmark(), JmhCalls.only(one.shown())), rule))
                .toList();
        return worth.isEmpty() ? open : worth;
    }

    private static void add(LiveCase live, Pair pair) {
        Identity identity = live.shown().identity();
        MeasuredCase before = MeasuredCase.byIdentity(pair.baseline()).get(identity);
        MeasuredCase after = MeasuredCase.byIdentity(pair.candidate()).get(identity);
        if (pair.failure().isPresent()) {
            live.fail(pair.failure().get());
        } else if (before == null || after == null) {
            live.fail("a later fork did not measure it");
        } else {
            live.add(before, after);
        }
    }

    private Comparison result() {
        List<String> warnings = new ArrayList<>();
        List<String> says = new ArrayList<>();
        Set<Ruler> used = new LinkedHashSet<>();
        cases.values().forEach(live -> used.add(rulerOf(live)));
        Set<Ruler> moved = new HashSet<>();
        for (Ruler one : used) {
            one.drift(settings).ifPresent(drift -> {
                warnings.add(drift);
                moved.add(one);
            });
            Optional<String> word = one.says(settings);
            word.ifPresent(says::add);
            if (word.isEmpty()) {
                warnings.add(
                        "no ruler: nothing tells whether the machine drifted, because our fixed piece of work was not measured "
                                + "on both sides (%s)".formatted(one.failure()));
            }
        }
        pairs.apart()
                .forEach((benchmark, reason) -> warnings.add(
                        "%s was measured one side after the other, because its sides could not take turns (%s)"
                                .formatted(benchmark, reason)));
        List<CaseComparison> all = new ArrayList<>(closed);
        for (LiveCase live : cases.values()) {
            CaseComparison one = live.result();
            all.add(
                    one.verdict().isOfAChange() && moved.contains(rulerOf(live))
                            ? one.with(Verdict.UNDECIDED, "the machine drifted; measure again when it is quiet")
                            : one);
        }
        return new Comparison(baseline.name(), candidate.name(), settings, warnings, says, all);
    }

    /** The one that was measured in the way that the case was. */
    private Ruler rulerOf(LiveCase live) {
        return pairs.isApart(live.shown().benchmark()) ? rulerApart : ruler;
    }
}
