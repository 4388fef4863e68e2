package org.concurrencybench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SumOfSquaresTest {

    private static final SumOfSquares DEFINITION = new SumOfSquares();

    @Test
    void addsUpTheSumsOfAllCalls() throws Exception {
        Workload<Long> workload = of(7, 5);

        // 0 + 1 + 4 + 9 + 16, seven times.
        assertThat(workload.run(0, 7)).isEqualTo(7 * 30);
        assertThatCode(() -> workload.check(210L)).doesNotThrowAnyException();
    }

    @Test
    void refusesASumThatIsOffByOneAndOneOfACallTooFew() {
        assertThatThrownBy(() -> of(7, 5).check(211L))
                .isInstanceOf(WrongAnswerException.class)
                .hasMessage("wrong answer: sum over all calls is 211, expected 210");
        assertThatThrownBy(() -> of(7, 5).check(180L))
                .isInstanceOf(WrongAnswerException.class)
                .hasMessageContainingAll("180", "210");
    }

    @Test
    void theClosedFormWrapsAroundAsTheSumsDo() {
        // 100 000 000 calls of 333 332 833 333 500 000 each: far beyond 63 bits; what is left of it modulo 2 to the
        // 64th.
        Workload<Long> workload = of(100_000_000, 1_000_000);
        long wrapped = new BigInteger("33333283333350000000000000").longValue();

        assertThatCode(() -> workload.check(wrapped)).doesNotThrowAnyException();
    }

    @Property(tries = 200)
    void whateverTheSizesTheLoopAgreesWithTheClosedForm(
            @ForAll @IntRange(min = 1, max = 50) int tasks,
            @ForAll @IntRange(min = 1, max = 3000) int terms,
            @ForAll @IntRange(max = 50) int cut)
            throws Exception {
        Workload<Long> workload = of(tasks, terms);
        int middle = Math.min(cut, tasks);

        Long answer = workload.merge(List.of(workload.run(0, middle), workload.run(middle, tasks)));

        assertThatCode(() -> workload.check(answer)).doesNotThrowAnyException();
    }

    @Test
    void theIdealIsTheNumberOfCoresOrOfUnitsIfThatIsLess() {
        assertThat(ideal(100_000, 8, 4)).isEqualTo(4);
        assertThat(ideal(100_000, 2, 4)).isEqualTo(2);
        assertThat(ideal(100_000, 1, 4)).isEqualTo(1);
    }

    @Test
    void fewerTasksThanCoresCannotUseThemAll() {
        assertThat(ideal(3, 8, 4)).isEqualTo(3);
    }

    @Test
    void aUnitForEachCoreSuitsIt() {
        assertThat(DEFINITION.naturalParallelism(Given.settings(DEFINITION, Map.of()), 6))
                .isEqualTo(6);
    }

    private static double ideal(int tasks, int parallelism, int cores) {
        Settings settings = Given.settings(DEFINITION, Map.of("tasks", Integer.toString(tasks)));
        return DEFINITION.idealSpeedup(settings, parallelism, cores);
    }

    private static Workload<Long> of(int tasks, int terms) {
        return Given.workload(DEFINITION, Map.of("tasks", Integer.toString(tasks), "terms", Integer.toString(terms)));
    }
}
