package org.concurrencybench.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.concurrencybench.sample.Direction;
import org.concurrencybench.sample.MeasuredCase;
import org.concurrencybench.sample.Params;
import org.concurrencybench.statistics.ChangeRule;
import org.junit.jupiter.api.Test;

/** The order of forks and what becomes of them, with forks whose truth is known. */
class LiveComparisonTest {

    private static final LiveSide BASELINE = new LiveSide("before.jar", List.of("before"), "");
    private static final LiveSide CANDIDATE = new LiveSide("after.jar", List.of("after"), "");
    private static final String SAME = "a.B.same";
    private static final String SLOW = "a.B.slow";

    private final Simulated forks = new Simulated();

    @Test
    void theSlowedBenchmarkIsFoundInTimeAndInThroughputAndNoOther() throws Exception {
        Comparison comparison = comparison(() -> false).run();

        assertThat(comparison.verdict()).isEqualTo(Verdict.REGRESSED);
        assertThat(comparison.cases())
                .filteredOn(one -> one.verdict() == Verdict.REGRESSED)
                .extracting(CaseComparison::benchmark, CaseComparison::mode)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(SLOW, "avgt"),
                        org.assertj.core.groups.Tuple.tuple(SLOW, "thrpt"));
        assertThat(comparison.count(Verdict.UNCHANGED)).isEqualTo(2);
        assertThat(comparison.cases()).allMatch(one -> one.forksBaseline() == one.forksCandidate());
    }

    @Test
    void forksComeInPairsWhoseOrderIsLeftToChance() throws Exception {
        comparison(() -> false).run();

        List<String> order =
                forks.calls.stream().filter(call -> !call.startsWith("ruler")).toList();
        int baselineFirst = 0;
        for (int i = 0; i + 1 < order.size(); i += 2) {
            String first = order.get(i);
            String second = order.get(i + 1);
            assertThat(first.split(" ", 2)[1]).isEqualTo(second.split(" ", 2)[1]);
            assertThat(first.split(" ", 2)[0]).isNotEqualTo(second.split(" ", 2)[0]);
            baselineFirst += first.startsWith("before") ? 1 : 0;
        }
        assertThat(baselineFirst).isStrictlyBetween(0, order.size() / 2);
    }

    @Test
    void driftThatHitsBothOfAPairIsNoChange() throws Exception {
        forks.trend = 0.02;

        Comparison comparison = comparison(() -> false).run();

        assertThat(comparison.count(Verdict.REGRESSED)).isEqualTo(2);
        assertThat(comparison.cases())
                .filteredOn(one -> one.benchmark().equals(SAME))
                .allMatch(one -> one.verdict() == Verdict.UNCHANGED || one.verdict() == Verdict.UNDECIDED);
    }

    @Test
    void whereTheRulerMovesNothingIsBelieved() throws Exception {
        forks.rulerMoves = true;

        Comparison comparison = comparison(() -> false).run();

        assertThat(comparison.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(comparison.warnings()).singleElement().asString().startsWith("the machine drifted");
        assertThat(comparison.cases()).allMatch(one -> one.verdict() == Verdict.UNDECIDED);
    }

    @Test
    void aCaseThatCrashesOnOneSideOnlyIsFailedAndTheOthersStand() throws Exception {
        forks.crashes = SLOW;

        Comparison comparison = comparison(() -> false).run();

        assertThat(comparison.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(comparison.cases().getFirst().note()).isEqualTo("it failed in the candidate: exit code 1: boom");
        assertThat(comparison.count(Verdict.UNCHANGED)).isEqualTo(2);
    }

    @Test
    void whatOnlyOneSideHasIsListed() throws Exception {
        forks.onlyAfter = "a.B.fresh";

        assertThat(comparison(() -> false).run().cases())
                .filteredOn(one -> one.verdict() == Verdict.ONLY_IN_CANDIDATE)
                .extracting(CaseComparison::benchmark)
                .containsExactly("a.B.fresh");
    }

    @Test
    void whoeverStopsItGetsWhatThereIs() throws Exception {
        AtomicInteger asked = new AtomicInteger();

        Comparison comparison = comparison(() -> asked.incrementAndGet() > 12).run();

        assertThat(comparison.cases()).isNotEmpty().allMatch(one -> one.verdict() == Verdict.UNDECIDED);
    }

    @Test
    void aBudgetThatIsOverLeavesEveryCaseUndecided() throws Exception {
        LivePlan plan = new LivePlan(List.of(), List.of(), Duration.ofNanos(1), 1);

        Comparison comparison =
                new LiveComparison(BASELINE, CANDIDATE, plan, settings(), forks, () -> false, line -> {}).run();

        assertThat(comparison.cases()).hasSize(2).allMatch(one -> one.note().startsWith("the budget ended"));
    }

    @Test
    void nothingInCommonIsListedAndNothingIsMeasured() throws Exception {
        forks.nothing = true;

        Comparison comparison = comparison(() -> false).run();

        assertThat(comparison.comparedAnything()).isFalse();
        assertThat(comparison.cases())
                .extracting(CaseComparison::verdict)
                .containsExactly(Verdict.ONLY_IN_BASELINE, Verdict.ONLY_IN_CANDIDATE);
        assertThat(forks.calls).isEmpty();
    }

    @Test
    void aCaseThatDoesOtherWorkIsNotComparableAndNotMeasuredAgain() throws Exception {
        forks.otherWork = true;

        Comparison comparison = comparison(() -> false).run();

        assertThat(comparison.count(Verdict.REGRESSED)).isZero();
        assertThat(comparison.cases())
                .filteredOn(one -> one.benchmark().equals(SLOW))
                .hasSize(2)
                .allMatch(one -> one.verdict() == Verdict.NOT_COMPARABLE
                        && one.note().startsWith("the work itself was changed"));
        assertThat(forks.calls.stream().filter(call -> call.contains(SLOW))).hasSize(2);
    }

    @Test
    void aSideWithoutBenchmarksIsRefused() {
        forks.none = true;

        assertThatThrownBy(() -> comparison(() -> false).run())
                .isInstanceOf(LiveException.class)
                .hasMessage("before.jar has no benchmark; see what it lists with -l");
    }

    /** What it says is left to do has to be enough more often than not. */
    @Test
    void asManyMoreForksAsItAsksForDecideMostCases() {
        Truth now = new Truth(0.02, 5, false, 0);
        SplittableRandom random = new SplittableRandom(3);
        ChangeRule rule = ChangeRule.once(0.05, 0.99, 1);
        int asked = 0;
        int decided = 0;
        for (int i = 0; i < 300; i++) {
            Truth.Pair pair = now.pair("case", 0.10, random);
            CaseComparison open = Sides.of(pair.baseline(), pair.candidate()).judge(rule);
            if (open.forksToDecide().isPresent() && open.forksToDecide().getAsInt() <= 60) {
                asked++;
                Truth.Pair more = new Truth(0.02, open.forksToDecide().getAsInt(), false, 0).pair("case", 0.10, random);
                decided +=
                        Sides.of(more.baseline(), more.candidate()).judge(rule).verdict() == Verdict.REGRESSED ? 1 : 0;
            }
        }
        assertThat(asked).isGreaterThan(50);
        assertThat((double) decided / asked).isGreaterThan(0.5);
    }

    /** Repeated looks at the same code must not add up to more alarms than one look would give. */
    @Test
    void lookingAgainAndAgainAtTheSameCodeHardlyEverRaisesAnAlarm() throws Exception {
        int alarms = 0;
        for (int seed = 0; seed < 150; seed++) {
            Simulated same = new Simulated();
            same.random = new SplittableRandom(seed);
            same.slowdown = 0;
            same.variation = 0.05;
            LivePlan plan = new LivePlan(List.of(), List.of(), Duration.ofHours(1), seed);
            Comparison comparison = new LiveComparison(
                            BASELINE, CANDIDATE, plan, settings(), same, () -> same.calls.size() > 300, line -> {})
                    .run();
            alarms += comparison.count(Verdict.REGRESSED) + comparison.count(Verdict.IMPROVED) > 0 ? 1 : 0;
        }
        assertThat(alarms).isLessThanOrEqualTo(2);
    }

    private LiveComparison comparison(BooleanSupplier stop) {
        LivePlan plan = new LivePlan(List.of(), List.of(), Duration.ofMinutes(10), 1);
        return new LiveComparison(BASELINE, CANDIDATE, plan, settings(), forks, stop, line -> {});
    }

    private static GateSettings settings() {
        return new GateSettings(GateSettings.DEFAULT_THRESHOLD, GateSettings.DEFAULT_CONFIDENCE);
    }

    /** Forks that vary by a known amount around a known truth. */
    private static final class Simulated implements Forks {

        private SplittableRandom random = new SplittableRandom(42);
        private final List<String> calls = new ArrayList<>();
        private double slowdown = 0.15;
        private double variation = 0.01;
        private double trend;
        private boolean rulerMoves;
        private boolean nothing;
        private boolean none;
        private boolean otherWork;
        private String crashes = "";
        private String onlyAfter = "";

        @Override
        public List<String> list(LiveSide side, List<String> include) {
            if (none) {
                return List.of();
            }
            if (nothing) {
                return List.of(side.name());
            }
            return side.equals(CANDIDATE) && !onlyAfter.isEmpty()
                    ? List.of(SAME, SLOW, onlyAfter)
                    : List.of(SAME, SLOW);
        }

        @Override
        public Map<String, String> work(LiveSide side, List<MeasuredCase> cases) {
            return otherWork ? Map.of(SLOW, side.name(), SAME, "the same") : Map.of();
        }

        @Override
        public Answer fork(LiveSide side, String benchmark, List<String> options, Duration limit) {
            boolean isRuler = benchmark.equals(ForkPairs.RULER);
            calls.add((isRuler ? "ruler" : side.command().getFirst()) + " " + benchmark + options);
            if (benchmark.equals(crashes) && side.equals(CANDIDATE)) {
                return new Answer.Failed("exit code 1: boom");
            }
            double time = Math.exp(variation * random.nextGaussian() + trend * calls.size() / 10);
            if (benchmark.equals(SLOW) && side.equals(CANDIDATE)) {
                time *= 1 + slowdown;
            }
            if (isRuler && rulerMoves) {
                time *= calls.stream().filter(call -> call.startsWith("ruler")).count() % 2 == 0 ? 1.3 : 1;
            }
            List<MeasuredCase> measured = new ArrayList<>();
            if (isRuler || options.isEmpty() || options.contains("avgt")) {
                measured.add(one(benchmark, "avgt", time));
            }
            if (!isRuler && (options.isEmpty() || options.contains("thrpt"))) {
                measured.add(one(benchmark, "thrpt", 1 / time));
            }
            return new Answer.Measured(measured);
        }

        private static MeasuredCase one(String benchmark, String mode, double score) {
            boolean rate = mode.equals("thrpt");
            return new MeasuredCase(
                    benchmark,
                    Params.none(),
                    mode,
                    1,
                    rate ? "ops/ms" : "ms/op",
                    rate ? Direction.HIGHER : Direction.LOWER,
                    new MeasuredCase.Scores.ByFork(List.of(List.of(score))));
        }
    }
}
