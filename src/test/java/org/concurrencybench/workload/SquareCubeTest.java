package org.concurrencybench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SquareCubeTest {

    private static final SquareCube DEFINITION = new SquareCube();

    @ParameterizedTest
    @CsvSource({"by-function, 2", "by-item, 10"})
    void bothSplitsYieldTheTextbooksAnswer(String split, int tasks) throws Exception {
        Workload<List<Long>> workload = withoutSleep(split);

        List<Long> answer = workload.run(0, workload.taskCount());

        assertThat(workload.taskCount()).isEqualTo(tasks);
        assertThat(answer).containsExactly(4L, 9L, 16L, 25L, 36L, 8L, 27L, 64L, 125L, 216L);
        assertThatCode(() -> workload.check(answer)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"by-function, 2", "by-item, 8"})
    void theNumbersMayBeGivenThemselves(String split, int tasks) throws Exception {
        Workload<List<Long>> workload =
                Given.workload(DEFINITION, Map.of("numbers", "2:3:8:9", "sleepMillis", "0", "split", split));

        List<Long> answer = workload.run(0, workload.taskCount());

        assertThat(workload.taskCount()).isEqualTo(tasks);
        assertThat(answer).containsExactly(4L, 9L, 64L, 81L, 8L, 27L, 512L, 729L);
        assertThatCode(() -> workload.check(answer)).doesNotThrowAnyException();
        assertThat(ideal(Map.of("numbers", "2:3:8:9", "split", split), 8)).isEqualTo(tasks);
    }

    @Test
    void partsGoTogetherInTheOrderOfTheirTasks() throws Exception {
        Workload<List<Long>> workload = withoutSleep("by-item");

        List<Long> merged = workload.merge(List.of(workload.run(0, 3), workload.run(3, 4), workload.run(4, 10)));

        assertThat(merged).isEqualTo(workload.run(0, 10));
    }

    @Test
    void refusesResultsInAnotherOrder() {
        assertRefused(List.of(8L, 27L, 64L, 125L, 216L, 4L, 9L, 16L, 25L, 36L));
    }

    @Test
    void refusesAMissingResult() {
        assertRefused(List.of(4L, 9L, 16L, 25L, 36L, 8L, 27L, 64L, 125L));
    }

    @Test
    void refusesAResultThatIsOffByOne() {
        assertRefused(List.of(4L, 9L, 16L, 25L, 36L, 8L, 27L, 64L, 125L, 217L));
    }

    @Test
    void refusesAnEmptyAnswer() {
        assertRefused(List.of());
    }

    @Test
    void theIdealIsTheLongestChainOfSleeps() {
        assertThat(ideal(Map.of("split", "by-function"), 2)).isEqualTo(2);
        assertThat(ideal(Map.of("split", "by-item"), 10)).isEqualTo(10);
        assertThat(ideal(Map.of("split", "by-item"), 8)).isEqualTo(5);
        assertThat(ideal(Map.of("split", "by-item"), 1)).isEqualTo(1);
        assertThat(ideal(Map.of("split", "by-item"), 1000)).isEqualTo(10);
    }

    @Test
    void aUnitForEachTaskSuitsItWhateverTheCores() {
        assertThat(DEFINITION.naturalParallelism(Given.settings(DEFINITION, Map.of("split", "by-item")), 2))
                .isEqualTo(10);
        assertThat(DEFINITION.naturalParallelism(Given.settings(DEFINITION, Map.of()), 64))
                .isEqualTo(2);
    }

    @Test
    void everyResultIsPrecededByItsSleep() throws Exception {
        Workload<List<Long>> workload =
                Given.workload(DEFINITION, Map.of("numbers", "3", "sleepMillis", "10", "split", "by-function"));

        long start = System.nanoTime();
        workload.run(0, 2);
        long elapsed = System.nanoTime() - start;

        // A sleep never ends early, so this bound holds on any machine.
        assertThat(elapsed).isGreaterThanOrEqualTo(6 * 10_000_000L);
    }

    private static Workload<List<Long>> withoutSleep(String split) {
        return Given.workload(DEFINITION, Map.of("sleepMillis", "0", "split", split));
    }

    private static double ideal(Map<String, String> values, int parallelism) {
        return DEFINITION.idealSpeedup(Given.settings(DEFINITION, values), parallelism, 2);
    }

    private static void assertRefused(List<Long> answer) {
        assertThatThrownBy(() -> withoutSleep("by-item").check(answer))
                .isInstanceOf(WrongAnswerException.class)
                .hasMessageContaining("is " + answer)
                .hasMessageContaining("expected [4, 9, 16, 25, 36, 8, 27, 64, 125, 216]");
    }
}
