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

class ManySleepersTest {

    @Property(tries = 100)
    void howeverItIsCutTheAnswerIsThatOfSerial(
            @ForAll @IntRange(min = 1, max = 200) int tasks, @ForAll @IntRange(max = 200) int cut) throws Exception {
        Workload<Long> workload = of(tasks);
        int middle = Math.min(cut, tasks);

        Long answer = workload.merge(List.of(workload.run(middle, tasks), workload.run(0, middle)));

        assertThat(answer).isEqualTo(workload.run(0, tasks));
        assertThatCode(() -> workload.check(answer)).doesNotThrowAnyException();
    }

    @Property(tries = 100)
    void asleepOrDeferredATaskYieldsTheSame(@ForAll @IntRange(min = 1, max = 200) int tasks) throws Exception {
        Workload<Long> workload = of(tasks);

        assertThat(workload).isInstanceOfSatisfying(Deferred.class, deferred -> {
            for (int task = 0; task < tasks; task++) {
                int number = task;
                assertThatCode(() -> assertThat(deferred.wake(number)).isEqualTo(workload.run(number, number + 1)))
                        .doesNotThrowAnyException();
            }
        });
    }

    @Test
    void aTaskThatIsLostOrRunTwiceShows() throws Exception {
        Workload<Long> workload = of(4);

        assertThatThrownBy(() -> workload.check(workload.run(0, 3)))
                .isInstanceOf(WrongAnswerException.class)
                .hasMessage("wrong answer: sum of the sleepers' squares is 14, expected 30");
        assertThatThrownBy(() -> workload.check(workload.run(0, 4) + workload.run(2, 3)))
                .isInstanceOf(WrongAnswerException.class);
    }

    @Test
    void theIdealIsThatOfRounds() {
        Settings settings = Given.settings(new ManySleepers(), Map.of("tasks", "1000"));

        assertThat(new ManySleepers().idealSpeedup(settings, 1000, 2)).isEqualTo(1000);
        assertThat(new ManySleepers().idealSpeedup(settings, 100, 2)).isEqualTo(100);
        assertThat(new ManySleepers().naturalParallelism(settings, 2)).isEqualTo(1000);
    }

    private static Workload<Long> of(int tasks) {
        return Given.workload(new ManySleepers(), Map.of("tasks", Integer.toString(tasks), "sleepMillis", "0"));
    }
}
