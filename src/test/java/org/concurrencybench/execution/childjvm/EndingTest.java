package org.concurrencybench.execution.childjvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.concurrencybench.execution.Batch;
import org.concurrencybench.execution.ColdPlatformThreads;
import org.concurrencybench.execution.Ending;
import org.concurrencybench.execution.ExecutionModel;
import org.concurrencybench.execution.ForkJoin;
import org.concurrencybench.execution.GilThreads;
import org.concurrencybench.execution.PlatformThreads;
import org.concurrencybench.execution.Serial;
import org.concurrencybench.execution.TracedDefinition;
import org.concurrencybench.execution.VirtualThreads;
import org.concurrencybench.execution.WorkloadSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every instance of a workload is ended, once, in its own process; and where that fails, it is told. */
@Timeout(60)
class EndingTest {

    private static final long OWN = ProcessHandle.current().pid();

    @TempDir
    private Path directory;

    /** Each model with the number of children that it has had after two batches with two units. */
    static Stream<Arguments> models() {
        return Stream.of(
                Arguments.of(new Serial(), 0),
                Arguments.of(new PlatformThreads(), 0),
                Arguments.of(new ColdPlatformThreads(), 0),
                Arguments.of(new VirtualThreads(), 0),
                Arguments.of(new GilThreads(), 0),
                Arguments.of(new ForkJoin(), 0),
                Arguments.of(new ChildJvms(), 2),
                Arguments.of(ChildJvms.overSharedMemory(), 2),
                Arguments.of(new SpareChildJvms(), 4),
                Arguments.of(new ColdChildJvms(), 4));
    }

    @AfterEach
    void nothingIsLeft() {
        Leftovers.assertNone();
    }

    @ParameterizedTest
    @MethodSource("models")
    void everyInstanceIsEndedOnce(ExecutionModel model, int children) throws Exception {
        Path file = directory.resolve("ended");
        try (Batch batch = model.prepare(EndingWorkload.spec(file, "none"), model.parallelism(2))) {
            for (int round = 0; round < 2; round++) {
                batch.reset();
                batch.check(batch.run());
            }
            assertThat(EndingWorkload.ended(file)).doesNotContain(OWN);
        }

        List<Long> ended = EndingWorkload.ended(file);
        // The owner's is the last: nobody of its children needs it any more. And no process is there twice.
        assertThat(ended).hasSize(children + 1).endsWith(OWN);
        assertThat(new HashSet<>(ended)).hasSize(children + 1);
    }

    @Test
    void soIsTheOneThatATraceStandsAroundHoweverOftenItsBatchIsClosed() throws Exception {
        Path file = directory.resolve("ended");
        WorkloadSpec spec = TracedDefinition.of(EndingWorkload.spec(file, "none"));

        Batch batch = new Serial().prepare(spec, 1);
        batch.close();
        batch.close();

        assertThat(EndingWorkload.ended(file)).containsExactly(OWN);
    }

    @Test
    void soAreThoseThatAnswerApart() throws Exception {
        Path file = directory.resolve("ended");

        assertThat(OneThreadApart.answer(EndingWorkload.spec(file, "none"))).isEqualTo(4);

        assertThat(EndingWorkload.ended(file)).hasSize(2).endsWith(OWN).doesNotHaveDuplicates();
    }

    @Test
    void soIsAnOwnersInstanceWhoseChildrenCannotSetUpTheirs() throws Exception {
        Path file = directory.resolve("ended");
        WorkloadSpec spec = EndingWorkload.spec(file, "set-up");

        assertThatThrownBy(() -> new ChildJvms().prepare(spec, 2)).hasMessageContaining("no beginning");

        assertThat(EndingWorkload.ended(file)).containsExactly(OWN);
    }

    @Test
    void anOwnersInstanceThatCannotBeEndedIsTold() throws Exception {
        Batch batch = new Serial().prepare(EndingWorkload.spec(directory.resolve("ended"), "own"), 1);

        assertThatThrownBy(batch::close)
                .isInstanceOf(Ending.FailedException.class)
                .hasMessage("the workload's close() failed: java.lang.IllegalStateException: no end");
    }

    @Test
    void aWarmChildsInstanceThatCannotBeEndedIsToldAsItsPoolIsClosed() throws Exception {
        Batch batch = new ChildJvms().prepare(EndingWorkload.spec(directory.resolve("ended"), "others"), 2);
        batch.reset();
        batch.check(batch.run());

        assertThatThrownBy(batch::close)
                .isInstanceOf(Ending.FailedException.class)
                .hasMessageMatching(
                        "child JVM [0-9]+: the workload's close\\(\\) failed: .*IllegalStateException: no end");
    }

    @Test
    void aColdChildsInstanceThatCannotBeEndedFailsItsBatch() throws Exception {
        try (Batch batch = new ColdChildJvms().prepare(EndingWorkload.spec(directory.resolve("ended"), "others"), 2)) {
            batch.reset();

            assertThatThrownBy(batch::run)
                    .isInstanceOf(Ending.FailedException.class)
                    .hasMessageContaining("no end");
        }
    }
}
