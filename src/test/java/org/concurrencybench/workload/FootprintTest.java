package org.concurrencybench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FootprintTest {

    @Property(tries = 200)
    void sizesClimbToAllUnits(@ForAll @IntRange(min = 1, max = 1_000_000) int units) {
        List<Integer> sizes = Footprint.sizes(units);

        assertThat(sizes).isSorted().doesNotHaveDuplicates().hasSize(Math.min(units, Footprint.STEPS));
        assertThat(sizes.getFirst()).isPositive();
        assertThat(sizes.getLast()).isEqualTo(units);
    }

    @Test
    void aUnitThatGivesNoSignShows() {
        Workload<Long> workload = Given.workload(new Footprint(), Map.of("units", "5"));

        assertThatThrownBy(() -> workload.check(4L))
                .isInstanceOf(WrongAnswerException.class)
                .hasMessage("wrong answer: signs of life is 4, expected 5");
    }
}
