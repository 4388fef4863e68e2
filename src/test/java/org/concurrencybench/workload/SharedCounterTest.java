package org.concurrencybench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SharedCounterTest {

    private static final SharedCounter DEFINITION = new SharedCounter();

    @Property(tries = 100)
    void everyAdditionOfEveryWorkerIsThereInTheEnd(
            @ForAll @IntRange(min = 1, max = 6) int workers,
            @ForAll @IntRange(min = 1, max = 50) int additions,
            @ForAll @IntRange(min = 1, max = 20) int elements,
            @ForAll boolean array,
            @ForAll @IntRange(min = 1, max = 6) int chunk)
            throws Exception {
        Workload<Long> workload = of(Map.of(
                "shape", array ? "array" : "value",
                "workers", Integer.toString(workers),
                "additions", Integer.toString(additions),
                "elements", Integer.toString(elements)));
        List<Long> parts = new ArrayList<>();
        for (int task = 0; task < workers; task += chunk) {
            parts.add(workload.run(task, Math.min(task + chunk, workers)));
        }
        long answer = workload.merge(parts);

        assertThat(answer).isEqualTo((long) workers * additions);
        assertThatCode(() -> workload.check(answer)).doesNotThrowAnyException();
        workload.run(0, 1);
        assertThatThrownBy(() -> workload.check(answer)).isInstanceOf(WrongAnswerException.class);
        workload.reset();
        assertThatThrownBy(() -> workload.check(answer)).isInstanceOf(WrongAnswerException.class);
    }

    @Test
    void theTextbooksArrayIsTwoAHundredAndTwoAndTwoHundredAndTwo() throws Exception {
        Workload<Long> workload = of(Map.of("shape", "array", "additions", "1"));
        workload.run(0, 1);

        assertThatThrownBy(() -> workload.check(2L))
                .hasMessage("wrong answer: element 0 of the shared array is 1.0, expected 2.0");
        workload.run(1, 2);
        assertThatCode(() -> workload.check(2L)).doesNotThrowAnyException();
    }

    @Test
    void theTextbooksValueIsTwoHundred() throws Exception {
        Workload<Long> workload = of(Map.of());
        workload.run(0, 1);

        assertThatThrownBy(() -> workload.check(200L))
                .hasMessage("wrong answer: shared value after all additions is 100, expected 200");
        assertThatThrownBy(() -> workload.check(100L))
                .hasMessage("wrong answer: number of additions is 100, expected 200");
        workload.run(1, 2);
        assertThatCode(() -> workload.check(200L)).doesNotThrowAnyException();
    }

    @Test
    void workersWaitBeforeEachAddition() throws Exception {
        Workload<Long> workload = Given.workload(DEFINITION, Map.of("additions", "3", "waitMillis", "5"));

        long start = System.nanoTime();
        workload.run(0, 2);

        // A sleep never ends early, so this bound holds on any machine.
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(30_000_000L);
    }

    @Test
    void oneInstructionCannotGuardAnArray() {
        Settings settings = Given.settings(DEFINITION, Map.of("shape", "array", "lock", "atomic"));

        assertThatThrownBy(() -> DEFINITION.sharing(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("lock 'atomic' is one instruction, which cannot guard an array");
    }

    @Test
    void waitsOverlapAndAdditionsDoNot() {
        assertThat(DEFINITION.idealSpeedup(Given.settings(DEFINITION, Map.of()), 2, 2))
                .isEqualTo(2);
        assertThat(DEFINITION.idealSpeedup(Given.settings(DEFINITION, Map.of("waitMillis", "0")), 2, 2))
                .isEqualTo(1);
    }

    /** Without waits, unless they are given. */
    private static Workload<Long> of(Map<String, String> values) {
        Map<String, String> quick = new HashMap<>(values);
        quick.putIfAbsent("waitMillis", "0");
        return Given.workload(DEFINITION, quick);
    }
}
