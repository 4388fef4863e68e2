package org.concurrencybench.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.concurrencybench.execution.Batch;
import org.concurrencybench.execution.ExecutionModel;
import org.concurrencybench.execution.WorkloadSpec;
import org.concurrencybench.workload.BankBalance;
import org.concurrencybench.workload.LostUpdate;
import org.concurrencybench.workload.LostUpdate.Updates;
import org.concurrencybench.workload.QueueHandOff;
import org.concurrencybench.workload.ResultSharing;
import org.concurrencybench.workload.ResultSharing.Results;
import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.SharedCounter;
import org.concurrencybench.workload.Ticker;
import org.concurrencybench.workload.WorkerFailure;
import org.concurrencybench.workload.WorkerFailure.Known;
import org.concurrencybench.workload.WorkloadDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The textbook's programs with small parameters, each under every model that can run it, real children included. */
@Timeout(120)
class TextbookUnderEveryModelTest {

    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private static final List<WorkloadSpec> SPECS = List.of(
            spec(new ResultSharing(), Map.of("way", "pool", "split", "by-item")),
            spec(new ResultSharing(), Map.of("way", "shared-list", "repeats", "20")),
            spec(new ResultSharing(), Map.of("way", "isolated", "list", "3:6:9")),
            spec(new ResultSharing(), Map.of("way", "array", "list", "3:6:9", "sleepMillis", "1")),
            spec(new ResultSharing(), Map.of("way", "array", "list", "2:3:4:5", "function", "squares", "room", "3")),
            spec(new ResultSharing(), Map.of("way", "queue", "repeats", "20")),
            spec(new LostUpdate(), Map.of("waitMillis", "20", "updates", "2")),
            spec(new LostUpdate(), Map.of("waitMillis", "20", "lock", "own")),
            spec(new LostUpdate(), Map.of("waitMillis", "0", "updates", "1000")),
            spec(new SharedCounter(), Map.of("additions", "20", "waitMillis", "1")),
            spec(new SharedCounter(), Map.of("shape", "array", "additions", "50", "waitMillis", "0")),
            spec(new BankBalance(), Map.of("lock", "none", "transfers", "1000")),
            spec(new BankBalance(), Map.of("lock", "none", "transfers", "1000", "order", "deposits-first")),
            spec(new WorkerFailure(), Map.of()),
            spec(new BankBalance(), Map.of("transfers", "100", "order", "deposits-first")),
            spec(new WorkerFailure(), Map.of("way", "silent")),
            spec(new WorkerFailure(), Map.of("way", "silent", "fault", "wrong-arguments")),
            spec(new Ticker(), Map.of("tickMillis", "1", "slowTimes", "3", "ticks", "3")),
            spec(new QueueHandOff(), Map.of("items", "3")),
            spec(new QueueHandOff(), Map.of("shape", "two-to-one", "items", "5")),
            spec(new QueueHandOff(), Map.of("shape", "ten-workers", "items", "20", "first", "0", "capacity", "8")));

    static Stream<Arguments> everyModelWithEveryProgram() {
        return Arrays.stream(Model.values())
                .flatMap(model -> SPECS.stream()
                        // It lets go of its lock to sleep, and for nothing else that waits.
                        .filter(spec -> model != Model.GIL_THREADS || !handsOver(spec))
                        .filter(spec -> model.execution().runs(spec.definition(), spec.settings()))
                        .map(spec -> Arguments.of(model, spec)));
    }

    private static boolean handsOver(WorkloadSpec spec) {
        return spec.definition() instanceof QueueHandOff
                || (spec.definition() instanceof ResultSharing
                        && spec.settings().word("way").equals("queue"));
    }

    @ParameterizedTest
    @MethodSource("everyModelWithEveryProgram")
    void givesTheRightAnswerOrTheOneThatIsDeclared(Model model, WorkloadSpec spec) throws Exception {
        answers(model, spec, isLikeAnother(model) ? 1 : 2);
    }

    /** Whether it differs from the warm pool only in when children start, which takes the longest here, or how work comes. */
    private static boolean isLikeAnother(Model model) {
        return model.label().startsWith("child-jvms-");
    }

    @ParameterizedTest
    @EnumSource(names = {"PLATFORM_THREADS", "VIRTUAL_THREADS", "CHILD_JVMS", "CHILD_JVMS_COLD"})
    void twoWorkersOnZeroEndAtOneWithoutALockAndAtTwoWithOne(Model model) throws Exception {
        Object without = answers(model, spec(new LostUpdate(), Map.of("waitMillis", "20")), 1)
                .getFirst();
        Object with = answers(model, spec(new LostUpdate(), Map.of("waitMillis", "20", "lock", "own")), 1)
                .getFirst();

        assertThat(without).usingRecursiveComparison().isEqualTo(new Updates(2, 1, 2));
        assertThat(with).usingRecursiveComparison().isEqualTo(new Updates(2, 2, 2));
    }

    @ParameterizedTest
    @EnumSource(names = {"PLATFORM_THREADS", "VIRTUAL_THREADS", "CHILD_JVMS"})
    void updatesAreLostWithoutALockAndWithoutAWaitToo(Model model) throws Exception {
        WorkloadSpec spec = spec(new LostUpdate(), Map.of("waitMillis", "0", "updates", "1000000"));

        long lost = untilItIsNotZero(model, spec, answer -> ((Updates) answer).lost());

        assertThat(lost).isPositive().isLessThan(2_000_000);
    }

    @ParameterizedTest
    @EnumSource(names = {"PLATFORM_THREADS", "VIRTUAL_THREADS", "CHILD_JVMS"})
    void theBankWithoutALockIsOffSometimes(Model model) throws Exception {
        WorkloadSpec spec = spec(new BankBalance(), Map.of("lock", "none", "transfers", "1000000"));

        assertThat(untilItIsNotZero(model, spec, answer -> ((BankBalance.Transfers) answer).offBy()))
                .isBetween(-1_000_000L, 1_000_000L)
                .isNotZero();
    }

    /**
     * Batch after batch: how much is lost is luck, and nothing is while the workers do not run at the same time, as when
     * somebody else has the other cores. Virtual threads never do where there is one.
     */
    private static long untilItIsNotZero(Model model, WorkloadSpec spec, ToLongFunction<Object> figure)
            throws Exception {
        assumeThat(model != Model.VIRTUAL_THREADS || Runtime.getRuntime().availableProcessors() > 1)
                .isTrue();
        try (Batch batch = prepare(model, spec)) {
            long start = System.nanoTime();
            long seen = 0;
            while (seen == 0 && System.nanoTime() - start < PATIENCE_NANOS) {
                batch.reset();
                Object answer = batch.run();
                batch.check(answer);
                seen = figure.applyAsLong(answer);
            }
            return seen;
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CHILD_JVMS", "CHILD_JVMS_SPARE", "CHILD_JVMS_COLD"})
    void childrenFillListsOfTheirOwnAndTheCallersStaysEmpty(Model model) throws Exception {
        WorkloadSpec spec = spec(new ResultSharing(), Map.of("way", "isolated", "list", "2:3:4:5:6"));

        assertThat(answers(model, spec, 1)).containsExactly(new Results(List.of(), 0, 10, List.of()));
    }

    @Test
    void threadsAreRefusedWhereNothingIsToBeSharedBecauseTheyShareAllTheSame() throws Exception {
        WorkloadSpec spec = spec(new ResultSharing(), Map.of("way", "isolated"));
        assertThat(Model.PLATFORM_THREADS.execution().shares(spec.definition().sharing(spec.settings())))
                .isFalse();

        try (Batch batch = prepare(Model.PLATFORM_THREADS, spec)) {
            batch.reset();
            Object answer = batch.run();
            assertThatThrownBy(() -> batch.check(answer))
                    .hasMessageStartingWith("wrong answer: list of the caller is [");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SERIAL", "PLATFORM_THREADS", "VIRTUAL_THREADS", "CHILD_JVMS", "CHILD_JVMS_COLD"})
    void anArrayThatIsTooShortIsAnErrorInTheWorkerThatTheCallerHearsOf(Model model) throws Exception {
        WorkloadSpec spec = spec(
                new ResultSharing(), Map.of("way", "array", "list", "2:3:4:5", "function", "squares", "room", "3"));

        assertThat(answers(model, spec, 1)).singleElement().isInstanceOfSatisfying(Results.class, answer -> {
            assertThat(answer.numbers()).containsExactly(4L, 9L, 16L);
            assertThat(answer.errors()).singleElement().asString().startsWith("task 0: ");
        });
    }

    /** Within a few batches: on a busy machine one of the units may come late. */
    @ParameterizedTest
    @EnumSource(names = {"PLATFORM_THREADS", "VIRTUAL_THREADS"})
    void unitsOfOneProcessSeeEachOtherAtWorkAndThoseOfOthersDoNot(Model model) throws Exception {
        WorkloadSpec spec = spec(new Ticker(), Map.of("tickMillis", "5", "ticks", "5"));

        long both = untilItIsNotZero(
                model,
                spec,
                answer -> ((List<?>) answer)
                        .stream()
                                .filter(tick -> ((Ticker.Tick) tick).active().equals(Ticker.WORKERS))
                                .count());

        assertThat(both).isPositive();
        assertThat(answers(Model.CHILD_JVMS, spec, 1))
                .singleElement()
                .asInstanceOf(InstanceOfAssertFactories.list(Ticker.Tick.class))
                .allSatisfy(tick -> assertThat(tick.active()).containsExactly(tick.worker()));
    }

    @ParameterizedTest
    @EnumSource(names = {"SERIAL", "PLATFORM_THREADS", "VIRTUAL_THREADS", "CHILD_JVMS"})
    void theOthersResultsSurviveAFailureAndItsCauseIsKnownUnlessNobodyAsks(Model model) throws Exception {
        assertThat(answers(model, spec(new WorkerFailure(), Map.of()), 1))
                .containsExactly(new Known(
                        List.of(4L, 16L, 25L), 4, "java.lang.IllegalStateException", "worker 1 of 4 broke", ""));
        assertThat(answers(model, spec(new WorkerFailure(), Map.of("way", "silent")), 1))
                .singleElement()
                .usingRecursiveComparison()
                .ignoringFields("traceback")
                .isEqualTo(new Known(List.of(), 4, "", "", ""));
    }

    @Test
    void aWorkloadIsListedWithTheModelsThatCanRunItAndNoOthers() {
        assertThat(Suite.RESULT_SHARING.models())
                .containsExactly(
                        Model.SERIAL,
                        Model.PLATFORM_THREADS,
                        Model.PLATFORM_THREADS_COLD,
                        Model.VIRTUAL_THREADS,
                        Model.CHILD_JVMS,
                        Model.CHILD_JVMS_COLD);
        assertThat(Suite.SQUARE_CUBE.models()).contains(Model.GIL_THREADS);
        assertThat(Arrays.stream(Suite.values()).filter(entry -> entry.models().contains(Model.GIL_THREADS)))
                .containsExactly(Suite.SQUARE_CUBE, Suite.SUM_OF_SQUARES, Suite.BANK_BALANCE);
        assertThat(cases(Suite.RESULT_SHARING, "isolated")).containsExactly(Model.CHILD_JVMS);
        assertThat(cases(Suite.RESULT_SHARING, "shared-list"))
                .containsExactly(Model.SERIAL, Model.PLATFORM_THREADS, Model.VIRTUAL_THREADS);
    }

    @Test
    void figuresStandOnlyBesideSettingsThatTheySayAnythingOf() {
        assertThat(Suite.BANK_BALANCE.cases(Profile.STANDARD, Map.of(), Profile.STANDARD.models(), 2))
                .allSatisfy(one ->
                        assertThat(one.figures()).extracting(Figure::value).containsExactly("lock-share"));
        assertThat(Suite.LOST_UPDATE.cases(Profile.FULL, Map.of("lock", "none"), List.of(Model.PLATFORM_THREADS), 2))
                .isNotEmpty()
                .allSatisfy(one ->
                        assertThat(one.figures()).extracting(Figure::value).containsExactly("lost-share"));
        assertThat(Suite.LOST_UPDATE.cases(
                        Profile.FULL, Map.of("lock", "own", "waitMillis", "0"), List.of(Model.SERIAL), 2))
                .allSatisfy(one -> assertThat(one.figures()).isEmpty());
    }

    private static List<Model> cases(Suite entry, String way) {
        return entry.cases(Profile.FULL, Map.of(), Profile.FULL.models(), 2).stream()
                .filter(one -> one.settings().word("way").equals(way))
                .map(Suite.Case::model)
                .toList();
    }

    private static Batch prepare(Model model, WorkloadSpec spec) throws Exception {
        ExecutionModel execution = model.execution();
        // A unit that has ended one worker of a queue plays the next; fewer children start sooner.
        int wanted = Math.min(4, spec.definition().naturalParallelism(spec.settings(), 2));
        return execution.prepare(spec, execution.parallelism(wanted));
    }

    private static List<Object> answers(Model model, WorkloadSpec spec, int rounds) throws Exception {
        List<Object> answers = new ArrayList<>();
        try (Batch batch = prepare(model, spec)) {
            for (int round = 0; round < rounds; round++) {
                batch.reset();
                Object answer = batch.run();
                batch.check(answer);
                answers.add(answer);
            }
        }
        return answers;
    }

    private static WorkloadSpec spec(WorkloadDefinition definition, Map<String, String> values) {
        return new WorkloadSpec(definition, Settings.of(definition.parameters(), values));
    }
}
