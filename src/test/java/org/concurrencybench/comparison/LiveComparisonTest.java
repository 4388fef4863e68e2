package org.concurrencybench.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.assertj.core.groups.Tuple;
import org.concurrencybench.sample.Direction;
import org.concurrencybench.sample.MeasuredCase;
import org.concurrencybench.sample.Params;
import org.concurrencybench.statistics.ChangeRule;
import org.concurrencybench.statistics.LogRatio;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The order of forks and what becomes of them, with forks whose truth is known. */
class LiveComparisonTest {

    private static final LiveSide BASELINE = new LiveSide("before.jar", List.of("before"), "");
    private static final LiveSide CANDIDATE = new LiveSide("after.jar", List.of("after"), "");
    private static final String SAME = "a.B.same";
    private static final String SLOW = "a.B.slow";

    private final Simulated forks = new Simulated();
    private final List<String> told = new ArrayList<>();
    private Duration budget = Duration.ofMinutes(10);

    @Test
    void theSlowedBenchmarkIsFoundInTimeAndInThroughputAndNoOther() throws Exception {
        Comparison comparison = comparison(() -> false).run();

        assertThat(comparison.verdict()).isEqualTo(Verdict.REGRESSED);
        assertThat(comparison.cases())
                .filteredOn(one -> one.verdict() == Verdict.REGRESSED)
                .extracting(CaseComparison::benchmark, CaseComparison::mode)
                .containsExactlyInAnyOrder(tuple(SLOW, "avgt"), tuple(SLOW, "thrpt"));
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
    void slowPhasesThatHitCandidatesOnlyAreSeenByTheRulerAndNothingIsBelieved() throws Exception {
        forks.slowWithCandidate = true;

        Comparison comparison = comparison(() -> false).run();

        assertThat(comparison.verdict()).isEqualTo(Verdict.UNDECIDED);
        assertThat(comparison.warnings())
                .singleElement()
                .asString()
                .startsWith("the machine drifted: a fixed piece of work of our own changed by +")
                .contains("between the sides");
        assertThat(comparison.cases()).hasSize(4).allMatch(one -> one.verdict() == Verdict.UNDECIDED);
    }

    @Test
    void aStepMidwayIsSeenByTheRulerAndNothingIsBelieved() throws Exception {
        forks.variation = 0.05;
        forks.stepAfter = 75;

        Comparison comparison = comparison(() -> forks.calls.size() >= 150).run();

        assertThat(comparison.warnings())
                .singleElement()
                .asString()
                .startsWith("the machine drifted: a fixed piece of work of our own changed by +")
                .contains("from the first half of the rounds to the second");
        assertThat(comparison.cases()).hasSize(4).allMatch(one -> one.verdict() == Verdict.UNDECIDED);
    }

    @Test
    void withoutARulerItSaysThatNothingTellsOfTheMachine() throws Exception {
        forks.crashes = Ruler.BENCHMARK;

        Comparison comparison = comparison(() -> false).run();

        assertThat(comparison.verdict()).isEqualTo(Verdict.REGRESSED);
        assertThat(comparison.notes()).isEmpty();
        assertThat(comparison.warnings())
                .singleElement()
                .asString()
                .startsWith("no ruler: nothing tells whether the machine drifted")
                .endsWith("(exit code 1: boom)");
    }

    @Test
    void theRulerStandsOnceARoundRightAfterAForkOfEitherSide() throws Exception {
        comparison(() -> false).run();

        List<String> sides = new ArrayList<>();
        for (int i = 1; i < forks.calls.size(); i++) {
            if (forks.calls.get(i).startsWith("ruler")) {
                sides.add(forks.calls.get(i - 1).split(" ", 2)[0]);
            }
        }
        assertThat(sides).hasSizeGreaterThanOrEqualTo(10).doesNotContain("ruler");
        assertThat(sides.stream().filter("before"::equals)).hasSize(sides.size() / 2);
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
    void aValueThatFailsHasItsRowAndTheOthersOfItsBenchmarkStand() throws Exception {
        forks.baselineValues = List.of("1", "2", "3");
        forks.candidateValues = List.of("1", "2", "3");
        forks.crashes = SAME;
        forks.crashesAt = "2";

        Comparison comparison = comparison(() -> false).run();

        assertThat(comparison.cases())
                .filteredOn(one -> one.benchmark().equals(SAME))
                .extracting(CaseComparison::label, CaseComparison::verdict)
                .containsOnly(
                        tuple(SAME + " n=1", Verdict.UNCHANGED),
                        tuple(SAME + " n=2", Verdict.FAILED),
                        tuple(SAME + " n=3", Verdict.UNCHANGED));
        assertThat(comparison.count(Verdict.FAILED)).isEqualTo(1);
        assertThat(comparison.cases())
                .filteredOn(one -> one.verdict() == Verdict.FAILED)
                .extracting(CaseComparison::note)
                .containsExactly("it failed in the candidate: exit code 1: boom");
    }

    @Test
    void aFreshValueThatFailsLeavesTheOneThatBothSidesHave() throws Exception {
        forks.baselineValues = List.of("1");
        forks.candidateValues = List.of("1", "2");
        forks.crashes = SAME;
        forks.crashesAt = "2";

        assertThat(comparison(() -> false).run().cases())
                .filteredOn(one -> one.benchmark().equals(SAME))
                .extracting(CaseComparison::label, CaseComparison::verdict)
                .containsOnly(tuple(SAME + " n=1", Verdict.UNCHANGED), tuple(SAME + " n=2", Verdict.ONLY_IN_CANDIDATE));
    }

    @Test
    void valuesThatOnlyOneSideHasAreListedAsThatSides() throws Exception {
        forks.baselineValues = List.of("1", "2");
        forks.candidateValues = List.of("1", "2", "3");
        assertThat(unmatched()).containsOnly(tuple("n=3", Verdict.ONLY_IN_CANDIDATE));

        forks.baselineValues = List.of("0", "1", "2");
        forks.candidateValues = List.of("1", "2");
        assertThat(unmatched()).containsOnly(tuple("n=0", Verdict.ONLY_IN_BASELINE));

        forks.candidateValues = List.of("1", "2", "3");
        assertThat(unmatched()).containsOnly(tuple("n=0", Verdict.NOT_COMPARABLE));
    }

    private List<Tuple> unmatched() throws Exception {
        return comparison(() -> false).run().cases().stream()
                .filter(one -> !one.verdict().isOfAChange())
                .map(one -> tuple(one.params().toCell(), one.verdict()))
                .toList();
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
        budget = Duration.ZERO;

        Comparison comparison = comparison(() -> false).run();

        assertThat(comparison.cases()).hasSize(2).allMatch(one -> one.note().startsWith("the budget ended"));
        assertThat(comparison.comparedAnything()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aForkThatIsEndedWithTheBudgetIsUndecidedAndNoFailure(boolean turns) throws Exception {
        forks.turns = turns;
        forks.secondsOfAFork = 60;
        forks.neverEnds = 9;

        Comparison comparison = comparison(() -> false).run();

        assertThat(comparison.count(Verdict.FAILED)).isZero();
        assertThat(comparison.verdict()).isEqualTo(Verdict.UNDECIDED);
    }

    @Test
    void aForkThatHangsHasFailed() throws Exception {
        forks.secondsOfAFork = 1;
        forks.neverEnds = 9;

        Comparison comparison = comparison(() -> false).run();

        assertThat(comparison.cases())
                .filteredOn(one -> one.verdict() == Verdict.FAILED)
                .singleElement()
                .extracting(CaseComparison::note)
                .asString()
                .contains("it had not ended after");
    }

    @Test
    void whatVariesTooMuchForALookLeavesItsShareToTheLast() throws Exception {
        forks.secondsOfAFork = 1;
        forks.variation = 0.2;
        // A round of two benchmarks and the ruler, then five of their four cases and the ruler.
        budget = Duration.ofSeconds(6 + 5 * 10);

        Comparison comparison = comparison(() -> false).run();

        assertThat(comparison.cases()).hasSize(4).allSatisfy(one -> {
            assertThat(one.forksBaseline()).isBetween(4, 6);
            assertThat(one.change().orElseThrow().confidence())
                    .isEqualTo(new ChangeRule(0.05, 0.99, 4, 1, true)
                            .judge(new LogRatio(0, 0.001, 5))
                            .change()
                            .confidence());
        });
    }

    @Test
    void afterTheFirstRoundItSaysHowManyTheBudgetHolds() throws Exception {
        forks.secondsOfAFork = 50;

        comparison(() -> false).run();

        assertThat(told)
                .filteredOn(line -> line.startsWith("a round of forks takes"))
                .containsExactly("a round of forks takes 300.0 s, so that the budget of 600 s holds about 2; "
                        + "5 are the least that are wanted: take a longer --budget, fewer cases (--include, -p) "
                        + "or shorter iterations (-wi, -w, -i, -r)");
    }

    @Test
    void sidesThatCanTakeTurnsDoAndTheRulerDoesAsWell() throws Exception {
        forks.turns = true;

        Comparison comparison = comparison(() -> false).run();

        assertThat(forks.calls).isNotEmpty().allMatch(call -> call.startsWith("in turns "));
        assertThat(forks.calls).anyMatch(call -> call.startsWith("in turns ruler"));
        assertThat(comparison.warnings()).isEmpty();
        assertThat(comparison.count(Verdict.REGRESSED)).isEqualTo(2);
        assertThat(comparison.count(Verdict.UNCHANGED)).isEqualTo(2);
    }

    @Test
    void whatThereCanBeOnlyOnceIsMeasuredOneSideAfterTheOtherAndSaysSo() throws Exception {
        forks.turns = true;
        forks.onlyOnce = SLOW;

        Comparison comparison = comparison(() -> false).run();

        assertThat(comparison.count(Verdict.REGRESSED)).isEqualTo(2);
        assertThat(comparison.warnings())
                .containsExactly(SLOW + " was measured one side after the other, because its sides could not take turns"
                        + " (exit code 1: port in use)");
        // Once for all its cases and once for each, and never again.
        assertThat(forks.calls.stream().filter(call -> call.startsWith("in turns before " + SLOW)))
                .hasSize(3);
    }

    @Test
    void whatFailsEitherWayHasFailedAndIsNotExcusedByTurns() throws Exception {
        forks.turns = true;
        forks.crashes = SLOW;

        Comparison comparison = comparison(() -> false).run();

        assertThat(comparison.cases().getFirst().note()).isEqualTo("it failed in the candidate: exit code 1: boom");
        assertThat(comparison.warnings()).isEmpty();
        assertThat(comparison.count(Verdict.UNCHANGED)).isEqualTo(2);
    }

    @Test
    void whatHasTakenTurnsAndFailsLaterHasFailed() throws Exception {
        forks.turns = true;
        forks.crashes = SLOW;
        forks.crashesAfter = 20;

        Comparison comparison = comparison(() -> false).run();

        assertThat(comparison.cases())
                .filteredOn(one -> one.verdict() == Verdict.FAILED)
                .isNotEmpty()
                .extracting(CaseComparison::note)
                .containsOnly("it failed in the candidate: exit code 1: boom");
        assertThat(comparison.warnings()).isEmpty();
        assertThat(forks.calls).allMatch(call -> call.startsWith("in turns "));
    }

    @Test
    void aSideThatHangsInItsTurnHasFailedLongBeforeTheBudgetEnds() throws Exception {
        forks.turns = true;
        forks.secondsOfAFork = 1;
        forks.silent = true;
        // The candidate's fork of a later round: a call in turns is two of these.
        forks.neverEnds = 24;

        Comparison comparison = comparison(() -> false).run();

        assertThat(comparison.cases())
                .filteredOn(one -> one.verdict() == Verdict.FAILED)
                .singleElement()
                .extracting(CaseComparison::note)
                .asString()
                .isEqualTo("it failed in the candidate: it had not ended after 61 s");
        assertThat(comparison.count(Verdict.REGRESSED) + comparison.count(Verdict.UNCHANGED))
                .isEqualTo(3);
    }

    @Test
    void sidesThatWaitForEachOtherAtFirstAreMeasuredOneAfterTheOtherWithWhatIsLeft() throws Exception {
        forks.turns = true;
        forks.silent = true;
        forks.secondsOfAFork = 1;
        forks.neverEnds = 2;

        Comparison comparison = comparison(() -> false).run();

        assertThat(comparison.count(Verdict.FAILED)).isZero();
        assertThat(comparison.comparedAnything()).isTrue();
        assertThat(comparison.cases()).noneMatch(one -> one.note().startsWith("the budget ended"));
    }

    @Test
    void aSlowPhaseThatOnlyWhatIsMeasuredApartSeesIsSeenByARulerOfItsOwn() throws Exception {
        forks.turns = true;
        forks.onlyOnce = SAME;
        forks.slowWithCandidate = true;

        Comparison comparison = comparison(() -> false).run();

        assertThat(comparison.warnings()).anyMatch(line -> line.startsWith("the machine drifted: "));
        assertThat(comparison.cases())
                .filteredOn(one -> one.benchmark().equals(SAME))
                .hasSize(2)
                .allMatch(one -> one.verdict() == Verdict.UNDECIDED);
        assertThat(comparison.cases())
                .filteredOn(one -> one.benchmark().equals(SLOW))
                .hasSize(2)
                .allMatch(one -> one.verdict() == Verdict.REGRESSED);
    }

    @Test
    void whatVariesTooMuchForTheBudgetLeavesItsTimeToTheOthers() throws Exception {
        forks.turns = true;
        forks.secondsOfAFork = 3;
        forks.variation = 0.02;
        // At the threshold, where it stays open to the end.
        forks.slowdown = 0.05;
        forks.wild = SAME;
        budget = Duration.ofMinutes(5);

        Comparison comparison = comparison(() -> false).run();

        assertThat(comparison.cases())
                .filteredOn(one -> one.benchmark().equals(SAME))
                .hasSize(2)
                .allMatch(one -> one.verdict() == Verdict.UNDECIDED && one.forksBaseline() == 4);
        assertThat(comparison.cases())
                .filteredOn(one -> one.benchmark().equals(SLOW))
                .hasSize(2)
                .allMatch(one -> one.forksBaseline() > 10);
    }

    @Test
    void whereNothingIsDecidableAllHaveWhatIsLeft() throws Exception {
        forks.turns = true;
        forks.secondsOfAFork = 3;
        forks.variation = 1;
        budget = Duration.ofMinutes(5);

        Comparison comparison = comparison(() -> false).run();

        assertThat(comparison.cases())
                .hasSize(4)
                .allMatch(one -> one.verdict() == Verdict.UNDECIDED)
                .allMatch(one -> one.forksBaseline() >= 7);
    }

    @Test
    void whatVariesLittleIsDecidedSoonAndLeavesItsTimeToTheOthers() throws Exception {
        forks.turns = true;
        forks.secondsOfAFork = 3;
        forks.variation = 0.001;
        forks.wild = SAME;
        budget = Duration.ofMinutes(5);

        Comparison comparison = comparison(() -> false).run();

        assertThat(comparison.cases())
                .filteredOn(one -> one.benchmark().equals(SLOW))
                .hasSize(2)
                .allMatch(one -> one.verdict() == Verdict.REGRESSED && one.forksBaseline() == 5);
    }

    @Test
    void turnsThatNobodyWantsAreNotTaken() throws Exception {
        forks.turns = true;
        LivePlan plan = new LivePlan(List.of(), List.of(), budget, false, 1);

        new LiveComparison(BASELINE, CANDIDATE, plan, settings(), forks, () -> false, forks::nanos, told::add).run();

        assertThat(forks.calls).isNotEmpty().noneMatch(call -> call.startsWith("in turns"));
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

    /** What it says is left to do has to be enough more often than not, also where one side has more forks already. */
    @ParameterizedTest
    @ValueSource(ints = {5, 15})
    void asManyMoreForksAsItAsksForDecideMostCases(int forksBaseline) {
        Truth before = new Truth(0.02, forksBaseline, false, 0);
        Truth now = new Truth(0.02, 5, false, 0);
        SplittableRandom random = new SplittableRandom(3);
        ChangeRule rule = ChangeRule.once(0.05, 0.99, 1);
        int asked = 0;
        int decided = 0;
        for (int i = 0; i < 300; i++) {
            CaseComparison open = Sides.of(before.side("case", 1, random), now.side("case", 1.1, random))
                    .judge(rule);
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
            // The last look comes sooner or later, and has whatever the others left.
            int calls = 40 + 3 * seed;
            LivePlan plan = new LivePlan(List.of(), List.of(), Duration.ofHours(1), true, seed);
            Comparison comparison = new LiveComparison(
                            BASELINE,
                            CANDIDATE,
                            plan,
                            settings(),
                            same,
                            () -> same.calls.size() > calls,
                            same::nanos,
                            line -> {})
                    .run();
            alarms += comparison.count(Verdict.REGRESSED) + comparison.count(Verdict.IMPROVED) > 0 ? 1 : 0;
        }
        assertThat(alarms).isLessThanOrEqualTo(2);
    }

    private LiveComparison comparison(BooleanSupplier stop) {
        LivePlan plan = new LivePlan(List.of(), List.of(), budget, true, 1);
        return new LiveComparison(BASELINE, CANDIDATE, plan, settings(), forks, stop, forks::nanos, told::add);
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
        private boolean slowWithCandidate;
        private int stepAfter = Integer.MAX_VALUE;
        private int secondsOfAFork;
        private int neverEnds;
        private long nanos;
        private List<String> baselineValues = List.of();
        private List<String> candidateValues = List.of();
        private String crashesAt = "";
        private boolean nothing;
        private boolean none;
        private boolean otherWork;
        private String crashes = "";
        private boolean turns;
        private String onlyOnce = "";
        private int crashesAfter;
        private String wild = "";
        private boolean isInTurns;
        private boolean silent;
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
        public List<Params> cases(LiveSide side, String benchmark, List<String> options) {
            List<String> values = side.equals(CANDIDATE) ? candidateValues : baselineValues;
            return values.isEmpty()
                    ? List.of(Params.none())
                    : values.stream()
                            .map(value -> Params.of(Map.of("n", value)))
                            .toList();
        }

        long nanos() {
            return nanos;
        }

        @Override
        public Optional<InTurns> forksInTurns(
                LiveSide baseline,
                LiveSide candidate,
                boolean baselineFirst,
                String benchmark,
                List<String> options,
                Limits limits) {
            if (!turns) {
                return Optional.empty();
            }
            int before = calls.size();
            isInTurns = true;
            Answer one = fork(baseline, benchmark, options, silent ? limits.silence() : limits.whole());
            Answer other = fork(candidate, benchmark, options, silent ? limits.silence() : limits.whole());
            isInTurns = false;
            for (int i = before; i < calls.size(); i++) {
                calls.set(i, "in turns " + calls.get(i));
            }
            return Optional.of(
                    benchmark.equals(onlyOnce)
                            ? new InTurns(one, new Answer.Failed("exit code 1: port in use"), Holder.NEITHER)
                            : new InTurns(
                                    one, other, other instanceof Answer.Ended ? Holder.CANDIDATE : Holder.NEITHER));
        }

        @Override
        public Answer fork(LiveSide side, String benchmark, List<String> options, Duration limit) {
            boolean isRuler = benchmark.equals(Ruler.BENCHMARK);
            // What hits one side only does not hit a pair whose iterations take turns.
            boolean besideCandidate =
                    !isInTurns && (isRuler ? calls.getLast().startsWith("after") : side.equals(CANDIDATE));
            calls.add((isRuler ? "ruler" : side.command().getFirst()) + " " + benchmark + options);
            if (calls.size() == neverEnds) {
                nanos += limit.toNanos();
                return new Answer.Ended();
            }
            nanos += Duration.ofSeconds(secondsOfAFork).toNanos();
            List<Params> cases = isRuler
                    ? List.of(Params.none())
                    : cases(side, benchmark, options).stream()
                            .filter(params -> options.stream().noneMatch(option -> option.startsWith("n="))
                                    || options.contains(params.toCell()))
                            .toList();
            if (benchmark.equals(crashes)
                    && calls.size() > crashesAfter
                    && (isRuler || side.equals(CANDIDATE))
                    && cases.stream().anyMatch(params -> params.toCell().endsWith(crashesAt))) {
                return new Answer.Failed("exit code 1: boom");
            }
            double time = Math.exp(
                    (benchmark.equals(wild) ? 1 : variation) * random.nextGaussian() + trend * calls.size() / 10);
            if (benchmark.equals(SLOW) && side.equals(CANDIDATE)) {
                time *= 1 + slowdown;
            }
            if ((slowWithCandidate && besideCandidate) || calls.size() > stepAfter) {
                time *= 1.3;
            }
            List<MeasuredCase> measured = new ArrayList<>();
            for (Params params : cases) {
                if (!options.contains("thrpt")) {
                    measured.add(one(benchmark, params, "avgt", time));
                }
                if (!isRuler && !options.contains("avgt")) {
                    measured.add(one(benchmark, params, "thrpt", 1 / time));
                }
            }
            return new Answer.Measured(measured);
        }

        private static MeasuredCase one(String benchmark, Params params, String mode, double score) {
            boolean rate = mode.equals("thrpt");
            return new MeasuredCase(
                    benchmark,
                    params,
                    mode,
                    1,
                    rate ? "ops/ms" : "ms/op",
                    rate ? Direction.HIGHER : Direction.LOWER,
                    new MeasuredCase.Scores.ByFork(List.of(List.of(score))));
        }
    }
}
