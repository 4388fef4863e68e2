package org.concurrencybench.execution.childjvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.concurrencybench.execution.Batch;
import org.concurrencybench.execution.ExecutionModel;
import org.concurrencybench.execution.PlatformThreads;
import org.concurrencybench.execution.Serial;
import org.concurrencybench.execution.WorkloadSpec;
import org.concurrencybench.workload.BankBalance;
import org.concurrencybench.workload.ChannelKind;
import org.concurrencybench.workload.LockKind;
import org.concurrencybench.workload.LostUpdate;
import org.concurrencybench.workload.QueueHandOff;
import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.Sharing;
import org.concurrencybench.workload.WorkloadDefinition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every lock and every channel that lives in mapped memory, under every model that can use it, with real children. */
@Timeout(120)
class MappedKindsTest {

    @AfterEach
    void nothingIsLeft() throws Exception {
        Leftovers.assertNone();
    }

    static List<ExecutionModel> models() {
        return List.of(new ChildJvms(), new Serial(EitherState::new), new PlatformThreads(EitherState::new));
    }

    static Stream<Arguments> locks() {
        return Arrays.stream(LockKind.values())
                .filter(kind -> kind.sharing() == Sharing.MAPPED
                        && MappedState.unavailable(kind).isEmpty())
                .flatMap(kind -> models().stream().map(model -> Arguments.of(kind, model)));
    }

    @ParameterizedTest
    @MethodSource("locks")
    void theBankLosesNothing(LockKind kind, ExecutionModel model) throws Exception {
        WorkloadSpec bank = spec(new BankBalance(), Map.of("lock", kind.label(), "transfers", "3000"));

        runTwice(bank, model, 2);
    }

    static Stream<Arguments> channels() {
        List<Arguments> all = new ArrayList<>();
        for (ChannelKind kind : ChannelKind.values()) {
            if (kind.sharing() == Sharing.MAPPED
                    && MappedState.unavailable(kind).isEmpty()) {
                for (ExecutionModel model : models()) {
                    if (model instanceof Serial && !kind.servesOneThread()) {
                        continue;
                    }
                    all.add(Arguments.of(kind, "one-to-one", "1", model));
                    all.add(Arguments.of(kind, "one-to-one", "100", model));
                    all.add(Arguments.of(kind, "round-trip", "1", model));
                    if (kind.manySenders()) {
                        all.add(Arguments.of(kind, "two-to-one", "7", model));
                    }
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("channels")
    void everyNumberArrivesOnceAndInItsSendersOrder(ChannelKind kind, String shape, String batch, ExecutionModel model)
            throws Exception {
        WorkloadSpec queue = spec(
                new QueueHandOff(),
                Map.of("channel", kind.label(), "shape", shape, "batch", batch, "items", "2000", "capacity", "128"));

        // The workload's check compares count, sum and order.
        runTwice(queue, model, queue.definition().naturalParallelism(queue.settings(), 2));
    }

    static Stream<Arguments> crewsChannels() {
        return Arrays.stream(ChannelKind.values())
                .filter(kind -> kind.sharing() == Sharing.MAPPED
                        && kind.crewReceives()
                        && MappedState.unavailable(kind).isEmpty())
                .flatMap(kind -> models().stream().map(model -> Arguments.of(kind, model)));
    }

    @ParameterizedTest
    @MethodSource("crewsChannels")
    void tenWorkersTakeEveryItemOnce(ChannelKind kind, ExecutionModel model) throws Exception {
        WorkloadSpec queue = spec(
                new QueueHandOff(),
                Map.of("channel", kind.label(), "shape", "ten-workers", "items", "300", "capacity", "16"));

        // A unit that has ended one worker plays the next; fewer children start sooner.
        runTwice(queue, model, 4);
    }

    static Stream<Arguments> heldLocks() {
        return Arrays.stream(LockKind.values())
                .filter(kind -> kind.sharing() == Sharing.MAPPED
                        && kind.isLock()
                        && MappedState.unavailable(kind).isEmpty())
                .map(kind -> Arguments.of(kind, new ChildJvms()));
    }

    @ParameterizedTest
    @MethodSource("heldLocks")
    void anUpdateThatWaitsUnderALockIsNotLost(LockKind kind, ExecutionModel model) throws Exception {
        runTwice(spec(new LostUpdate(), Map.of("waitMillis", "5", "lock", kind.label())), model, 2);
    }

    @Test
    void whatIsNoLockOrLivesOnAHeapCannotBeHeldBetweenProcesses() {
        try (MappedState state = new MappedState()) {
            assertThatThrownBy(() -> state.guard(LockKind.ATOMIC))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("lock 'atomic' is one instruction, and cannot be held");
            assertThatThrownBy(() -> state.guard(LockKind.SYNCHRONIZED))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("lock 'synchronized' lives on the heap of one JVM");
            assertThatThrownBy(() -> state.numbers(1_000_000))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("a workload may share ");
            assertThatThrownBy(() -> state.numbers(2).set(2, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void aKindThatLivesOnAHeapIsRefusedByName() {
        WorkloadSpec bank = spec(new BankBalance(), Map.of("lock", "stamped-lock"));

        assertThatThrownBy(() -> new ChildJvms().prepare(bank, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'stamped-lock' lives on the heap of one JVM");
    }

    @Test
    void oneThreadIsToldThatItCannotBeBothEndsOfASocket() throws Exception {
        WorkloadSpec queue = spec(new QueueHandOff(), Map.of("channel", "unix-socket", "items", "1"));

        try (Batch batch = new Serial(EitherState::new).prepare(queue, 1)) {
            batch.reset();
            assertThatThrownBy(batch::run).hasMessageContaining("needs somebody who receives before anything is sent");
        }
    }

    @Test
    void onlyModelsThatCanShareAKindSayThatTheyDo() {
        assertThat(new ChildJvms().shares(Sharing.HEAP)).isFalse();
        assertThat(new ChildJvms().shares(Sharing.MAPPED)).isTrue();
        assertThat(new Serial(EitherState::new).shares(Sharing.MAPPED)).isTrue();
    }

    private static void runTwice(WorkloadSpec spec, ExecutionModel model, int wanted) throws Exception {
        try (Batch batch = model.prepare(spec, model.parallelism(wanted))) {
            for (int round = 0; round < 2; round++) {
                batch.reset();
                batch.check(batch.run());
            }
        }
    }

    private static WorkloadSpec spec(WorkloadDefinition definition, Map<String, String> values) {
        return new WorkloadSpec(definition, Settings.of(definition.parameters(), values));
    }
}
