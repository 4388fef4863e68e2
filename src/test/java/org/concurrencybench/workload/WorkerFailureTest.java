package org.concurrencybench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.concurrencybench.workload.WorkerFailure.Known;
import org.junit.jupiter.api.Test;

class WorkerFailureTest {

    private static final WorkerFailure DEFINITION = new WorkerFailure();

    @Property(tries = 100)
    void whoeverFailsTheOthersResultsAndTheCauseReachTheCaller(
            @ForAll @IntRange(min = 1, max = 20) int workers,
            @ForAll @IntRange(max = 19) int anyone,
            @ForAll @IntRange(min = 1, max = 5) int chunk)
            throws Exception {
        int failing = anyone % workers;
        Workload<Known> workload = of("asked", workers, failing);
        Known answer = answer(workload, chunk);

        assertThat(answer.results()).hasSize(workers - 1);
        assertThat(answer.failureType()).isEqualTo("java.lang.IllegalStateException");
        assertThat(answer.failureMessage()).isEqualTo("worker %d of %d broke".formatted(failing, workers));
        assertThatCode(() -> workload.check(answer)).doesNotThrowAnyException();
    }

    @Test
    void whereNobodyAsksTheCallerBelievesThatAllIsDone() throws Exception {
        Workload<Known> workload = of("silent", 4, 1);
        Known answer = answer(workload, 1);

        assertThat(answer).isEqualTo(new Known(List.of(), 4, "", "", answer.traceback()));
        assertThat(answer.traceback().lines())
                .startsWith("java.lang.IllegalStateException: worker 1 of 4 broke")
                .anyMatch(line -> line.startsWith("\tat "));
        assertThatCode(() -> workload.check(answer)).doesNotThrowAnyException();
    }

    /** The textbook's last program: the others finish, the caller goes on to "Done", a traceback is all that there is. */
    @Test
    void aCallWithTheWrongNumberOfArgumentsLeavesItsTracebackAndTheOthersFinish() throws Exception {
        Workload<Known> silent = Given.workload(DEFINITION, Map.of("way", "silent", "fault", "wrong-arguments"));
        Known unheard = answer(silent, 1);
        Workload<Known> asked = Given.workload(DEFINITION, Map.of("way", "asked", "fault", "wrong-arguments"));
        Known heard = answer(asked, 2);

        assertThat(unheard.failureType()).isEmpty();
        assertThat(unheard.traceback())
                .startsWith("java.lang.invoke.WrongMethodTypeException: cannot convert MethodHandle(int)long to ");
        assertThatCode(() -> silent.check(unheard)).doesNotThrowAnyException();
        assertThatThrownBy(() -> silent.check(new Known(List.of(), 4, "", "", "")))
                .hasMessageStartingWith("wrong answer: first line of the traceback is , expected java.lang.invoke.");
        assertThat(heard.results()).containsExactly(4L, 16L, 25L);
        assertThat(heard.failureType()).isEqualTo("java.lang.invoke.WrongMethodTypeException");
        assertThatCode(() -> asked.check(heard)).doesNotThrowAnyException();
    }

    @Test
    void aFailureThatIsNotLostWhereItIsExpectedToBeIsRefused() throws Exception {
        Workload<Known> workload = of("silent", 4, 1);
        answer(workload, 1);

        assertThatThrownBy(() -> workload.check(new Known(List.of(), 4, "java.lang.Error", "worker 1 of 4 broke", "")))
                .isInstanceOf(WrongAnswerException.class)
                .hasMessage("wrong answer: type of the failure is java.lang.Error, expected ");
    }

    @Test
    void aFailureThatNeverHappenedIsRefused() throws Exception {
        Workload<Known> workload = of("silent", 4, 1);
        Known answer = answer(workload, 1);
        workload.reset();

        // Nobody has left anything behind, as if nothing had run.
        assertThatThrownBy(() -> workload.check(answer))
                .hasMessage("wrong answer: what worker 0 left behind is -1.0, expected 4.0");
    }

    @Test
    void whatIsLostOrInventedWhereSomebodyAsksIsRefused() throws Exception {
        Workload<Known> workload = of("asked", 3, 2);
        Known right = answer(workload, 1);

        assertThat(right.results()).containsExactly(4L, 9L);
        for (Known wrong : List.of(
                new Known(List.of(4L), 3, right.failureType(), right.failureMessage(), ""),
                new Known(right.results(), 2, right.failureType(), right.failureMessage(), ""),
                new Known(right.results(), 3, "", "", ""),
                new Known(right.results(), 3, right.failureType(), "something", ""),
                new Known(right.results(), 3, right.failureType(), right.failureMessage(), "left behind"))) {
            assertThatThrownBy(() -> workload.check(wrong)).isInstanceOf(WrongAnswerException.class);
        }
    }

    @Test
    void aWorkerThatIsNotThereCannotFail() {
        Settings settings = Given.settings(DEFINITION, Map.of("workers", "2", "failing", "2"));

        assertThatThrownBy(() -> DEFINITION.naturalParallelism(settings, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("failing is 2, but 2 workers are 0 to 1");
    }

    private static Known answer(Workload<Known> workload, int chunk) throws Exception {
        List<Known> parts = new ArrayList<>();
        for (int task = 0; task < workload.taskCount(); task += chunk) {
            Known part = workload.run(task, Math.min(task + chunk, workload.taskCount()));
            parts.add(CodecTest.thereAndBack(workload.codec(), part));
        }
        return workload.merge(parts);
    }

    private static Workload<Known> of(String way, int workers, int failing) {
        return Given.workload(
                DEFINITION,
                Map.of("way", way, "workers", Integer.toString(workers), "failing", Integer.toString(failing)));
    }
}
