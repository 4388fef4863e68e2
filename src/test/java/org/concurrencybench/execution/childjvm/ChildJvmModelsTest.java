package org.concurrencybench.execution.childjvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.concurrencybench.execution.Batch;
import org.concurrencybench.execution.ExecutionException;
import org.concurrencybench.execution.ExecutionModel;
import org.concurrencybench.execution.Serial;
import org.concurrencybench.execution.WorkloadSpec;
import org.concurrencybench.workload.BankBalance;
import org.concurrencybench.workload.ManySleepers;
import org.concurrencybench.workload.PoolMap;
import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.Spawn;
import org.concurrencybench.workload.SquareCube;
import org.concurrencybench.workload.SumOfSquares;
import org.concurrencybench.workload.Ticker;
import org.concurrencybench.workload.WorkloadDefinition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class ChildJvmModelsTest {

    static List<ExecutionModel> models() {
        return List.of(new ChildJvms(), ChildJvms.overSharedMemory(), new SpareChildJvms(), new ColdChildJvms());
    }

    static Stream<Arguments> bothModelsWithEveryWorkload() {
        List<WorkloadSpec> specs = List.of(
                spec(new SquareCube(), Map.of("sleepMillis", "1", "split", "by-item")),
                spec(new SumOfSquares(), Map.of("tasks", "1000", "terms", "100")),
                spec(new ManySleepers(), Map.of("tasks", "20", "sleepMillis", "1")),
                spec(new Spawn(), Map.of("squares", "1000")),
                spec(new PoolMap(), Map.of("numbers", "100", "chunk", "7", "work", "10")),
                spec(new BankBalance(), Map.of("transfers", "5000", "pairs", "2")));
        return models().stream().flatMap(model -> specs.stream().map(spec -> Arguments.of(model, spec)));
    }

    @AfterEach
    void nothingIsLeft() {
        Leftovers.assertNone();
    }

    @ParameterizedTest
    @MethodSource("bothModelsWithEveryWorkload")
    void givesTheAnswerOfSerialBatchAfterBatch(ExecutionModel model, WorkloadSpec spec) throws Exception {
        Object expected = answers(new Serial(), spec, 1, 1).getFirst();

        assertThat(answers(model, spec, 3, 2)).containsOnly(expected);
    }

    /** Its timelines, which are others each time, come back whole. */
    @ParameterizedTest
    @MethodSource("models")
    void theTickersKeepTheirOrder(ExecutionModel model) throws Exception {
        assertThat(answers(model, spec(new Ticker(), Map.of("tickMillis", "2", "ticks", "3")), 2, 1))
                .singleElement()
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(6);
    }

    @Test
    void aWarmPoolKeepsItsChildrenOverManyBatches() throws Exception {
        WorkloadSpec spec = spec(new SumOfSquares(), Map.of("tasks", "500", "terms", "10"));
        try (Batch batch = new ChildJvms().prepare(spec, 2)) {
            List<Long> before = Leftovers.children();
            for (int round = 0; round < 200; round++) {
                batch.reset();
                batch.check(batch.run());
            }
            assertThat(Leftovers.children()).hasSize(2).isEqualTo(before);
        }
    }

    @Test
    void aColdBatchHasNoChildrenBeforeOrAfterItsRun() throws Exception {
        try (Batch batch = new ColdChildJvms().prepare(spec(new SquareCube(), Map.of("sleepMillis", "0")), 2)) {
            assertThat(Leftovers.children()).isEmpty();
            batch.reset();
            batch.check(batch.run());
            assertThat(Leftovers.children()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void moreChildrenThanTasksAndTheMostThatThereMayBe(ExecutionModel model) throws Exception {
        WorkloadSpec spec = spec(new SquareCube(), Map.of("sleepMillis", "0", "split", "by-function"));

        assertThat(answers(model, spec, model.parallelism(1000), 2)).hasSize(2);
    }

    @ParameterizedTest
    @MethodSource("models")
    void childrenAreEightAtMost(ExecutionModel model) {
        assertThat(model.parallelism(1)).isEqualTo(1);
        assertThat(model.parallelism(8)).isEqualTo(8);
        assertThat(model.parallelism(9)).isEqualTo(8);
    }

    @Test
    void aWarmModelWhoseChildrenCannotSetUpFailsBeforeTheFirstBatch() {
        // An anonymous class has no constructor that a child could call.
        WorkloadDefinition anonymous = new FaultyWorkload() {};
        WorkloadSpec spec = new WorkloadSpec(anonymous, Settings.of(anonymous.parameters(), Map.of()));

        assertThatThrownBy(() -> new ChildJvms().prepare(spec, 2))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining(
                        "no workload is made by org.concurrencybench.execution.childjvm.ChildJvmModelsTest$1");
    }

    @Test
    void labelsAreThoseOfTheFiles() {
        assertThat(models().stream().map(ExecutionModel::label))
                .containsExactly("child-jvms", "child-jvms-shared-memory", "child-jvms-spare", "child-jvms-cold");
        assertThat(models()).allSatisfy(model -> assertThat(model.timedRegion()).isNotBlank());
    }

    private static WorkloadSpec spec(WorkloadDefinition definition, Map<String, String> values) {
        return new WorkloadSpec(definition, Settings.of(definition.parameters(), values));
    }

    private static List<Object> answers(ExecutionModel model, WorkloadSpec spec, int parallelism, int rounds)
            throws Exception {
        List<Object> answers = new ArrayList<>();
        try (Batch batch = model.prepare(spec, parallelism)) {
            for (int round = 0; round < rounds; round++) {
                batch.reset();
                Object answer = batch.run();
                batch.check(answer);
                answers.add(answer);
            }
        }
        return answers;
    }
}
