package org.concurrencybench.execution.childjvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import org.concurrencybench.execution.Batch;
import org.concurrencybench.execution.ExecutionException;
import org.concurrencybench.execution.childjvm.FaultyWorkload.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Spare children are there before their batch, serve it alone, and are gone after it. */
@Timeout(60)
class SpareChildJvmsTest {

    @AfterEach
    void nothingIsLeft() {
        Leftovers.assertNone();
    }

    @Test
    void areThereBetweenResetAndRunAndNewForEveryBatch() throws Exception {
        List<Long> second;
        try (Batch batch = prepare(Fault.NONE)) {
            assertThat(Leftovers.children()).isEmpty();

            batch.reset();
            List<Long> first = Leftovers.children();
            assertThat(first).hasSize(2);
            batch.check(batch.run());

            batch.reset();
            second = Leftovers.children();
            assertThat(first).allMatch(Leftovers::isGone);
            assertThat(second).hasSize(2).doesNotContainAnyElementsOf(first);
            batch.check(batch.run());
        }
        assertThat(second).allMatch(Leftovers::isGone);
    }

    @Test
    void areGoneWithTheirBatchWhetherItRanOrNot() throws Exception {
        List<Long> children;
        try (Batch batch = prepare(Fault.NONE)) {
            batch.reset();
            children = Leftovers.children();
        }
        assertThat(children).hasSize(2).allMatch(Leftovers::isGone);
    }

    @Test
    void serveNoRunWithoutAReset() throws Exception {
        try (Batch batch = prepare(Fault.NONE)) {
            assertThatThrownBy(batch::run)
                    .isInstanceOf(ExecutionException.class)
                    .hasMessage("no spare children: every run needs a reset before it");
        }
    }

    @Test
    void serveNoSecondRun() throws Exception {
        try (Batch batch = prepare(Fault.NONE)) {
            batch.reset();
            batch.check(batch.run());

            assertThatThrownBy(batch::run)
                    .isInstanceOf(ExecutionException.class)
                    .hasMessage("no spare children: every run needs a reset before it");
        }
    }

    @Test
    void thatDieWhileTheyWaitFailTheirBatchAndNotTheNext() throws Exception {
        try (Batch batch = prepare(Fault.NONE)) {
            batch.reset();
            for (long child : Leftovers.children()) {
                assertThat(ProcessHandle.of(child).orElseThrow().destroyForcibly())
                        .isTrue();
            }

            assertThat(catchThrowable(batch::run))
                    .isInstanceOf(ExecutionException.class)
                    .message()
                    .matches(
                            "child JVM [0-9]+ .*; it was ended by signal 9 \\(exit code 137\\); its stderr is empty; .*");

            batch.reset();
            batch.check(batch.run());
        }
    }

    @Test
    void thatCannotSetUpFailTheReset() throws Exception {
        System.setProperty("a.test.runs.here", "true");
        try (Batch batch = prepare(Fault.FAILS_SET_UP)) {
            assertThatThrownBy(batch::reset)
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageMatching("child JVM [0-9]+: cannot be set up: .*StrangeError: strange");
            assertThat(Leftovers.children()).isEmpty();
        }
    }

    private static Batch prepare(Fault fault) throws ExecutionException, InterruptedException {
        return new SpareChildJvms().prepare(FaultyWorkload.spec(fault, 64, 0), 2);
    }
}
