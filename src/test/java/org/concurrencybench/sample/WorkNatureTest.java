package org.concurrencybench.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WorkNatureTest {

    private static final Map<String, String> FOUND = Map.of(
            WorkNature.WAITING,
            "0.97",
            WorkNature.TASK_MILLIS,
            "20.4",
            "like square-cube waiting share",
            "0.98",
            "like square-cube task ms",
            "10.3",
            "like sum-of-squares waiting share",
            "0.01",
            "like sum-of-squares task ms",
            "0.0006");

    @Test
    void itGoesThroughTheWordsOfAnEnvironmentAndBack() {
        Map<String, String> words = new TreeMap<>(new WorkNature(FOUND).asWords());
        words.put("jdk", "25");

        assertThat(WorkNature.ofWords(words)).isEqualTo(new WorkNature(FOUND));
    }

    @Test
    void theNearestIsTheOneThatWaitsAlikeAndTakesAsLong() {
        assertThat(new WorkNature(FOUND).nearest()).contains(new WorkNature.Likeness("square-cube", 0.98, 10.3));

        Map<String, String> computes = new TreeMap<>(FOUND);
        computes.put(WorkNature.WAITING, "0.02");
        computes.put(WorkNature.TASK_MILLIS, "0.5");
        assertThat(new WorkNature(computes).nearest())
                .contains(new WorkNature.Likeness("sum-of-squares", 0.01, 0.0006));
    }

    @Test
    void whatAFileHasInPlaceOfANumberIsNothing() {
        WorkNature nature =
                new WorkNature(Map.of(WorkNature.WAITING, "much", WorkNature.GC, "NaN", WorkNature.LOCK, ""));

        assertThat(nature.number(WorkNature.WAITING)).isEmpty();
        assertThat(nature.number(WorkNature.GC)).isEmpty();
        assertThat(nature.word(WorkNature.LOCK)).isEmpty();
        assertThat(nature.nearest()).isEmpty();
    }
}
