package org.concurrencybench.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.concurrencybench.workload.BankBalance;
import org.concurrencybench.workload.ChannelKind;
import org.concurrencybench.workload.Footprint;
import org.concurrencybench.workload.LockKind;
import org.concurrencybench.workload.LostUpdate;
import org.concurrencybench.workload.ManySleepers;
import org.concurrencybench.workload.PoolMap;
import org.concurrencybench.workload.QueueHandOff;
import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.Sharing;
import org.concurrencybench.workload.Spawn;
import org.concurrencybench.workload.SquareCube;
import org.concurrencybench.workload.Stop;
import org.concurrencybench.workload.SumOfSquares;
import org.concurrencybench.workload.Ticker;
import org.concurrencybench.workload.WorkloadDefinition;
import org.concurrencybench.workload.WrongAnswerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class InProcessModelsTest {

    static List<ExecutionModel> models() {
        return List.of(new Serial(), new PlatformThreads(), new ColdPlatformThreads(), new VirtualThreads());
    }

    static Stream<Arguments> everyModelWithEveryWorkload() {
        List<WorkloadSpec> specs = List.of(
                spec(new SquareCube(), Map.of("sleepMillis", "1")),
                spec(new SquareCube(), Map.of("sleepMillis", "1", "split", "by-item")),
                spec(new SumOfSquares(), Map.of("tasks", "1000", "terms", "100")),
                spec(new SumOfSquares(), Map.of("tasks", "1", "terms", "1")),
                spec(new ManySleepers(), Map.of("tasks", "50", "sleepMillis", "1")),
                spec(new PoolMap(), Map.of("numbers", "100", "chunk", "1")),
                spec(new PoolMap(), Map.of("numbers", "100", "chunk", "7", "work", "10", "function", "cube")),
                spec(new PoolMap(), Map.of("numbers", "1")),
                spec(new Footprint(), Map.of("units", "20")),
                spec(new Stop(), Map.of("stayMillis", "1")),
                spec(new Stop(), Map.of("stayMillis", "1", "state", "waiting-for-lock")),
                spec(new Stop(), Map.of("stayMillis", "1", "state", "blocked-on-synchronized")),
                spec(new Stop(), Map.of("stayMillis", "1", "state", "endless-loop")),
                spec(new Spawn(), Map.of()),
                spec(new Spawn(), Map.of("units", "3", "squares", "1000")),
                spec(new BankBalance(), Map.of("transfers", "1000", "pairs", "2")),
                spec(new BankBalance(), Map.of("transfers", "3", "thinkMicros", "100")));
        return Stream.concat(models().stream(), Stream.of(new ForkJoin(), new TimerThread()))
                .flatMap(model -> specs.stream()
                        .filter(spec -> model.runs(spec.definition(), spec.settings()))
                        .map(spec -> Arguments.of(model, spec)));
    }

    @ParameterizedTest
    @MethodSource("everyModelWithEveryWorkload")
    void givesTheAnswerOfSerialBatchAfterBatch(ExecutionModel model, WorkloadSpec spec) throws Exception {
        Object expected = answer(new Serial(), spec, 1);

        try (Batch batch = model.prepare(spec, model.parallelism(4))) {
            for (int round = 0; round < 3; round++) {
                batch.reset();
                Object answer = batch.run();
                assertThat(answer).isEqualTo(expected);
                assertThatCode(() -> batch.check(answer)).doesNotThrowAnyException();
            }
        }
    }

    /** On one core its pool has one thread, and who waits there for another waits for ever. */
    @Test
    void forkJoinIsNotGivenTasksThatWaitForEachOther() {
        ForkJoin forkJoin = new ForkJoin();

        assertThat(Stream.of(
                        spec(new QueueHandOff(), Map.of()),
                        spec(new LostUpdate(), Map.of()),
                        spec(new BankBalance(), Map.of("order", "deposits-first"))))
                .noneMatch(spec -> forkJoin.runs(spec.definition(), spec.settings()));
        assertThat(Stream.of(
                        spec(new LostUpdate(), Map.of("lock", "own")),
                        spec(new BankBalance(), Map.of()),
                        spec(new Spawn(), Map.of())))
                .allMatch(spec -> forkJoin.runs(spec.definition(), spec.settings()));
    }

    /** A timeline is another each time; its laws are what is checked. */
    @ParameterizedTest
    @MethodSource("models")
    void theTickersKeepTheirOrder(ExecutionModel model) throws Exception {
        WorkloadSpec spec = spec(new Ticker(), Map.of("tickMillis", "2", "ticks", "3"));

        assertThat(answer(model, spec, model.parallelism(2)))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(6);
    }

    @ParameterizedTest
    @MethodSource("models")
    void theBankLosesNothingUnderHighContention(ExecutionModel model) throws Exception {
        WorkloadSpec spec = spec(new BankBalance(), Map.of("pairs", "4", "transfers", "200000"));

        // answer() checks number and balance.
        assertThat(answer(model, spec, model.parallelism(8)))
                .isInstanceOfSatisfying(
                        BankBalance.Transfers.class,
                        transfers -> assertThat(transfers.count()).isEqualTo(8 * 200_000L));
    }

    static Stream<Arguments> everyModelWithEveryLockOfTheHeap() {
        return models().stream()
                .flatMap(model -> Arrays.stream(LockKind.values())
                        .filter(kind -> kind.sharing() != Sharing.MAPPED)
                        .map(kind -> Arguments.of(model, kind)));
    }

    @ParameterizedTest
    @MethodSource("everyModelWithEveryLockOfTheHeap")
    void theBankEndsAsItBeganUnderEveryLock(ExecutionModel model, LockKind kind) throws Exception {
        WorkloadSpec spec = spec(new BankBalance(), Map.of("pairs", "2", "transfers", "5000", "lock", kind.label()));

        try (Batch batch = model.prepare(spec, model.parallelism(4))) {
            for (int round = 0; round < 3; round++) {
                batch.reset();
                Object answer = batch.run();
                assertThatCode(() -> batch.check(answer)).doesNotThrowAnyException();
            }
        }
    }

    static Stream<Arguments> everyModelWithEveryQueue() {
        return models().stream()
                .flatMap(model -> Arrays.stream(ChannelKind.values())
                        .filter(kind -> kind.sharing() != Sharing.MAPPED)
                        .flatMap(kind -> Stream.of("one-to-one", "two-to-one", "round-trip")
                                .filter(shape -> kind.manySenders() || !shape.equals("two-to-one"))
                                .flatMap(shape -> Stream.of(
                                                Map.of("items", "1000", "capacity", "64"),
                                                Map.of("items", "1001", "capacity", "8", "batch", "7"),
                                                Map.of("items", "50", "capacity", "1"))
                                        .map(sizes -> {
                                            Map<String, String> values = new HashMap<>(sizes);
                                            values.put("channel", kind.label());
                                            values.put("shape", shape);
                                            return Arguments.of(model, values);
                                        }))));
    }

    @ParameterizedTest
    @MethodSource("everyModelWithEveryQueue")
    void everyQueueHandsOverEveryNumberOnceAndInOrder(ExecutionModel model, Map<String, String> values)
            throws Exception {
        WorkloadSpec spec = spec(new QueueHandOff(), values);
        int parties = spec.definition().naturalParallelism(spec.settings(), 2);

        try (Batch batch = model.prepare(spec, model.parallelism(parties))) {
            for (int round = 0; round < 3; round++) {
                batch.reset();
                Object answer = batch.run();
                assertThatCode(() -> batch.check(answer)).doesNotThrowAnyException();
            }
        }
    }

    static Stream<Arguments> everyModelWithEveryQueueOfACrew() {
        return models().stream()
                .flatMap(model -> Arrays.stream(ChannelKind.values())
                        .filter(kind -> kind.sharing() != Sharing.MAPPED && kind.crewReceives())
                        .flatMap(kind -> Stream.of(2, 11)
                                .flatMap(units -> Stream.of(
                                                Map.of("items", "20", "capacity", "32"),
                                                Map.of("items", "501", "capacity", "1"))
                                        .map(sizes -> {
                                            Map<String, String> values = new HashMap<>(sizes);
                                            values.put("channel", kind.label());
                                            values.put("shape", "ten-workers");
                                            return Arguments.of(model, units, values);
                                        }))));
    }

    @ParameterizedTest
    @MethodSource("everyModelWithEveryQueueOfACrew")
    void tenWorkersTakeEveryItemOnceAndEndWithTheBatchHoweverManyUnitsThereAre(
            ExecutionModel model, int units, Map<String, String> values) throws Exception {
        WorkloadSpec spec = spec(new QueueHandOff(), values);

        try (Batch batch = model.prepare(spec, model.parallelism(units))) {
            for (int round = 0; round < 2; round++) {
                batch.reset();
                // It ends when all workers have.
                Object answer = batch.run();
                assertThatCode(() -> batch.check(answer)).doesNotThrowAnyException();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void twoProducersCanTakeTurnsAtOneUnitWhileTheOtherReceives(ExecutionModel model) throws Exception {
        WorkloadSpec spec = spec(new QueueHandOff(), Map.of("shape", "two-to-one", "items", "500", "capacity", "16"));

        assertThat(answer(model, spec, model.parallelism(2))).isEqualTo(answer(new Serial(), spec, 1));
    }

    @ParameterizedTest
    @MethodSource("models")
    void aPlaceThatIsNotOnTheHeapIsRefusedInOneLine(ExecutionModel model) {
        assertThatThrownBy(() -> model.prepare(spec(new BankBalance(), Map.of("lock", "futex")), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("lock 'futex' lives in mapped memory, not on a heap");
        assertThatThrownBy(() -> model.prepare(spec(new QueueHandOff(), Map.of("channel", "pipe")), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("channel 'pipe' lives in mapped memory, not on a heap");
    }

    @ParameterizedTest
    @MethodSource("models")
    void aWrongAnswerIsRefused(ExecutionModel model) throws Exception {
        try (Batch batch = model.prepare(spec(new SumOfSquares(), Map.of("tasks", "2", "terms", "3")), 1)) {
            batch.reset();
            assertThatThrownBy(() -> batch.check(11L))
                    .isInstanceOf(WrongAnswerException.class)
                    .hasMessageContainingAll("11", "10");
        }
    }

    @Test
    void serialHasOneUnitTheOthersAsManyAsAreWanted() {
        assertThat(new Serial().parallelism(7)).isEqualTo(1);
        assertThat(new PlatformThreads().parallelism(7)).isEqualTo(7);
        assertThat(new VirtualThreads().parallelism(10_000)).isEqualTo(10_000);
    }

    @Test
    void labelsAreThoseOfTheFiles() {
        assertThat(models().stream().map(ExecutionModel::label))
                .containsExactly("serial", "platform-threads", "platform-threads-cold", "virtual-threads");
        assertThat(models()).allSatisfy(model -> assertThat(model.timedRegion()).isNotBlank());
    }

    private static WorkloadSpec spec(WorkloadDefinition definition, Map<String, String> values) {
        return new WorkloadSpec(definition, Settings.of(definition.parameters(), values));
    }

    private static Object answer(ExecutionModel model, WorkloadSpec spec, int parallelism) throws Exception {
        try (Batch batch = model.prepare(spec, parallelism)) {
            batch.reset();
            Object answer = batch.run();
            batch.check(answer);
            return answer;
        }
    }
}
