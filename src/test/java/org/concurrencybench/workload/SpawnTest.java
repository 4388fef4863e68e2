package org.concurrencybench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SpawnTest {

    @Property(tries = 100)
    void howeverManyUnitsTakeThemEveryTaskCountsOnce(
            @ForAll @IntRange(min = 1, max = 100) int units,
            @ForAll @IntRange(max = 100) int cut,
            @ForAll @IntRange(max = 2000) int squares)
            throws Exception {
        Workload<Long> workload = of(units, squares);
        int middle = Math.min(cut, units);

        Long answer = workload.merge(List.of(workload.run(0, middle), workload.run(middle, units)));

        assertThatCode(() -> workload.check(answer)).doesNotThrowAnyException();
    }

    @Test
    void theTextbooksLoopIsTheSumOfTheSquaresBelowAThousand() throws Exception {
        assertThat(of(1, 1000).run(0, 1)).isEqualTo(1 + 332_833_500L);
        assertThat(of(1, 0).run(0, 1)).isEqualTo(1);
    }

    @Test
    void aUnitThatNeverRanShows() {
        assertThatThrownBy(() -> of(10, 0).check(9L))
                .isInstanceOf(WrongAnswerException.class)
                .hasMessage("wrong answer: units and their squares is 9, expected 10");
    }

    private static Workload<Long> of(int units, int squares) {
        return Given.workload(
                new Spawn(), Map.of("units", Integer.toString(units), "squares", Integer.toString(squares)));
    }
}
