package org.concurrencybench.comparison;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.concurrencybench.comparison.ForkPairs.Pair;
import org.concurrencybench.sample.Direction;
import org.concurrencybench.sample.MeasuredCase;
import org.concurrencybench.sample.MeasuredCase.Identity;
import org.concurrencybench.sample.Params;
import org.concurrencybench.statistics.ChangeRule;
import org.concurrencybench.statistics.Estimate;

/**
 * Measures two sides on this machine in the same minutes: for each case a fork of one side and a fork of the other right
 * after it, which of them first by chance; then the next case; then all of them again, but for those that are decided.
 * What the machine does to both forks of a pair drops out of their quotient ("duet" benchmarking, Bulej et al., ICPE
 * 2020, doi:10.1145/3358960.3379132).
 *
 * <p>Looking again and again at data that grow would find something in the end. So looks are rare (each at about 1.4 times
 * the pairs of the one before), and all of them together may be wrong as often as one look would.
 *
 * <p>A ruler, a piece of work of ours that nobody's change touches, is measured as a case of its own with the same code on
 * both sides. Where even the ruler moved, the machine did, and no change is believed.
 */
public final class LiveComparison {

    private static final int FIRST_LOOK = 5;
    private static final double LOOKS_GROW = 1.4;

    /** An interval up to more than twice the time says that little was measured, and nothing else. */
    private static final double WIDE = 1;

    private final LiveSide baseline;
    private final LiveSide candidate;
    private final LivePlan plan;
    private final GateSettings settings;
    private final Forks calls;
    private final Random random;
    private final ForkPairs pairs;
    private final Map<Identity, LiveCase> cases = new LinkedHashMap<>();
    private final Map<String, CaseComparison> closed = new LinkedHashMap<>();
    private Optional<LiveCase> ruler = Optional.empty();

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
        this(baseline, candidate, plan, settings, new JmhCalls(scratch), stop, progress);
    }

    LiveComparison(
            LiveSide baseline,
            LiveSide candidate,
            LivePlan plan,
            GateSettings settings,
            Forks calls,
            BooleanSupplier stop,
            Consumer<String> progress) {
        this.baseline = baseline;
        this.candidate = candidate;
        this.plan = plan;
        this.settings = settings;
        this.calls = calls;
        this.random = new Random(plan.seed());
        this.pairs = new ForkPairs(baseline, candidate, plan.budget(), calls, random, stop, progress);
    }

    /**
     * Measures until every case is decided, the budget has ended or someone asks to stop.
     *
     * @throws LiveException if a side cannot be measured at all, or has no benchmark
     * @throws IOException if processes cannot be started or their files not be read
     */
    public Comparison run() throws LiveException, IOException, InterruptedException {
        List<String> before = names(baseline);
        List<String> after = names(candidate);
        List<String> common = new ArrayList<>(new TreeSet<>(before));
        common.retainAll(after);
        refuseNothing(baseline, before);
        refuseNothing(candidate, after);
        before.stream()
                .filter(name -> !after.contains(name))
                .forEach(name ->
                        closed.put(name, CaseComparison.unjudged(nameOnly(name), Verdict.ONLY_IN_BASELINE, "")));
        after.stream()
                .filter(name -> !before.contains(name))
                .forEach(name ->
                        closed.put(name, CaseComparison.unjudged(nameOnly(name), Verdict.ONLY_IN_CANDIDATE, "")));
        if (!common.isEmpty()) {
            measure(common);
        }
        return result();
    }

    private void refuseNothing(LiveSide side, List<String> names) throws LiveException {
        if (names.isEmpty()) {
            throw new LiveException("%s has no benchmark%s; see what it lists with -l"
                    .formatted(
                            side.name(),
                            plan.include().isEmpty() ? "" : " that matches " + String.join(" or ", plan.include())));
        }
    }

    private void measure(List<String> common) throws IOException, InterruptedException {
        firstRound(common);
        closeWhatDoesOtherWork();
        int rounds = 1;
        double nextLook = FIRST_LOOK;
        while (!pairs.isOver() && anyOpen()) {
            round();
            rounds++;
            if (rounds >= nextLook) {
                look();
                nextLook = Math.max(rounds + 1, nextLook * LOOKS_GROW);
            }
        }
        look();
    }

    /** All but the ruler, which is measured anyway, and which an older commit of ours may lack. */
    private List<String> names(LiveSide side) throws LiveException, IOException, InterruptedException {
        return calls.list(side, plan.include()).stream()
                .filter(name -> !name.equals(ForkPairs.RULER))
                .toList();
    }

    private boolean anyOpen() {
        return cases.values().stream().anyMatch(one -> !one.isDecided());
    }

    /** Learns what cases each benchmark has. */
    private void firstRound(List<String> benchmarks) throws IOException, InterruptedException {
        measureRuler();
        List<String> order = new ArrayList<>(benchmarks);
        Collections.shuffle(order, random);
        List<String> options = plan.params().stream()
                .flatMap(param -> List.of("-p", param).stream())
                .toList();
        for (String benchmark : order) {
            Optional<Pair> pair = pairs.measure(benchmark, options);
            if (pair.isEmpty()) {
                closed.put(
                        benchmark,
                        CaseComparison.unjudged(
                                nameOnly(benchmark),
                                Verdict.UNDECIDED,
                                "the budget ended before both sides were measured"));
            } else if (pair.get().failure().isPresent()) {
                closed.put(
                        benchmark,
                        CaseComparison.unjudged(
                                nameOnly(benchmark),
                                Verdict.FAILED,
                                pair.get().failure().get()));
            } else {
                learn(pair.get());
            }
        }
    }

    private void learn(Pair pair) {
        Map<Identity, MeasuredCase> after = MeasuredCase.byIdentity(pair.candidate());
        List<MeasuredCase> unmatched = new ArrayList<>();
        MeasuredCase.byIdentity(pair.baseline()).forEach((identity, one) -> {
            MeasuredCase other = after.remove(identity);
            if (other == null) {
                unmatched.add(one);
            } else {
                LiveCase live = new LiveCase(one);
                live.add(one, other);
                cases.put(identity, live);
            }
        });
        unmatched.forEach(one -> closed.put(
                one.label() + one.mode(),
                CaseComparison.unjudged(
                        one,
                        Verdict.NOT_COMPARABLE,
                        "the candidate has it with other parameters, or in another mode")));
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
                closed.put(
                        one.label() + one.mode(),
                        CaseComparison.unjudged(one, Verdict.NOT_COMPARABLE, Sides.otherWork(old, fresh)));
            }
        }
    }

    private void round() throws IOException, InterruptedException {
        measureRuler();
        List<LiveCase> order = new ArrayList<>(
                cases.values().stream().filter(one -> !one.isDecided()).toList());
        Collections.shuffle(order, random);
        for (LiveCase live : order) {
            Optional<Pair> pair = pairs.measure(live.shown().benchmark(), JmhCalls.only(live.shown()));
            if (pair.isEmpty()) {
                return;
            }
            add(live, pair.get());
        }
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

    private void measureRuler() throws IOException, InterruptedException {
        Optional<Pair> pair = pairs.measureRuler();
        if (pair.isPresent()) {
            MeasuredCase before = pair.get().baseline().getFirst();
            LiveCase measured = ruler.orElseGet(() -> new LiveCase(before));
            measured.add(before, pair.get().candidate().getFirst());
            ruler = Optional.of(measured);
        }
    }

    private void look() {
        ChangeRule rule = ChangeRule.once(settings.threshold(), settings.confidence(), Math.max(1, cases.size()));
        cases.values().forEach(one -> one.look(rule));
    }

    private Comparison result() {
        List<String> warnings = new ArrayList<>();
        ruler.ifPresent(one -> one.look(ChangeRule.once(settings.threshold(), settings.confidence(), 1)));
        Optional<CaseComparison> moved = ruler.map(LiveCase::result)
                .filter(one -> one.verdict() == Verdict.REGRESSED || one.verdict() == Verdict.IMPROVED);
        moved.ifPresent(one -> warnings.add(
                "the machine drifted: a fixed piece of work of our own changed by %+.1f %% between the sides; no change is believed"
                        .formatted(100 * one.change().orElseThrow().value())));
        List<CaseComparison> all = new ArrayList<>(closed.values());
        for (LiveCase live : cases.values()) {
            CaseComparison one = live.result();
            all.add(
                    moved.isPresent() && one.verdict().isOfAChange()
                            ? one.with(Verdict.UNDECIDED, "the machine drifted; measure again when it is quiet")
                            : one);
        }
        List<String> notes = ruler.map(LiveCase::result)
                .flatMap(CaseComparison::change)
                .filter(Estimate::isBounded)
                .map(change ->
                        List.of(rulerSays(change, ruler.map(LiveCase::pairs).orElse(0))))
                .orElse(List.of());
        return new Comparison(baseline.name(), candidate.name(), settings, warnings, notes, all);
    }

    private static String rulerSays(Estimate change, int pairs) {
        String says = "ruler, the same work on both sides: %+.1f %%".formatted(100 * change.value());
        return change.high() > WIDE
                ? says + " over %d pairs, too few to say more".formatted(pairs)
                : says + " [%+.1f, %+.1f] over %d pairs".formatted(100 * change.low(), 100 * change.high(), pairs);
    }

    /** What is known of a benchmark that was not measured. */
    private static MeasuredCase nameOnly(String benchmark) {
        return new MeasuredCase(
                benchmark, Params.none(), "-", 1, "-", Direction.LOWER, new MeasuredCase.Scores.ByFork(List.of()));
    }
}
