package org.concurrencybench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.concurrencybench.workload.LostUpdate.Updates;
import org.junit.jupiter.api.Test;

class LostUpdateTest {

    private static final LostUpdate DEFINITION = new LostUpdate();

    @Test
    void twoWorkersWhoWaitWithoutALockLeaveOne() {
        Workload<Updates> workload = of(Map.of());

        assertThatCode(() -> workload.check(new Updates(2, 1, 2))).doesNotThrowAnyException();
        assertThatThrownBy(() -> workload.check(new Updates(2, 2, 2)))
                .isInstanceOf(WrongAnswerException.class)
                .hasMessage("wrong answer: number after all updates is 2, expected 1");
    }

    @Test
    void underALockTheyLeaveTwo() {
        Workload<Updates> workload = of(Map.of("lock", "own"));

        assertThatCode(() -> workload.check(new Updates(2, 2, 2))).doesNotThrowAnyException();
        assertThatThrownBy(() -> workload.check(new Updates(2, 1, 2)))
                .hasMessage("wrong answer: number after all updates is 1, expected 2");
    }

    @Test
    void oneUnitAloneLosesNothingWhateverItWaitsAndUnderAnyLock() throws Exception {
        for (String lock : List.of("none", "own")) {
            Workload<Updates> workload = of(Map.of("lock", lock, "waitMillis", "1", "workers", "3", "updates", "2"));

            Updates answer = workload.merge(List.of(workload.run(0, 3)));

            assertThat(answer).usingRecursiveComparison().isEqualTo(new Updates(6, 6, 1));
            assertThatCode(() -> workload.check(answer)).doesNotThrowAnyException();
        }
    }

    @Test
    void withoutAWaitAnyNumberThatUpdatesCanLeaveIsRight() {
        Workload<Updates> workload = of(Map.of("waitMillis", "0", "updates", "10"));

        assertThatCode(() -> workload.check(new Updates(20, 2, 2))).doesNotThrowAnyException();
        assertThatCode(() -> workload.check(new Updates(20, 20, 2))).doesNotThrowAnyException();
        assertThatThrownBy(() -> workload.check(new Updates(20, 0, 2)))
                .hasMessage("wrong answer: number after all updates is 0, expected from 1 to 20");
        assertThatThrownBy(() -> workload.check(new Updates(20, 21, 2))).isInstanceOf(WrongAnswerException.class);
        assertThatThrownBy(() -> workload.check(new Updates(19, 19, 2)))
                .hasMessage("wrong answer: number of updates is 19, expected 20");
    }

    @Test
    void theShareOfWhatIsLostIsOfAllThatWasMade() {
        assertThat(new Updates(20, 15, 2).lost()).isEqualTo(5);
        assertThat(new Updates(20, 15, 2).lostShare()).isEqualTo(0.25);
        assertThat(new Updates(0, 0, 2).lostShare()).isZero();
    }

    @Property(tries = 50)
    void anAnswerComesBackAsItWent(@ForAll long made, @ForAll long left, @ForAll @IntRange(min = 1) int units)
            throws Exception {
        Updates answer = new Updates(made, left, units);

        assertThat(CodecTest.thereAndBack(of(Map.of()).codec(), answer))
                .usingRecursiveComparison()
                .isEqualTo(answer);
    }

    @Test
    void someButNotAllWorkersInOneUnitAreRefusedBecauseTheyWouldWaitForEachOther() {
        assertThatThrownBy(() -> of(Map.of("workers", "3")).run(0, 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a unit has 2 of 3 workers");
    }

    @Test
    void aLockThatWouldBeHeldForLongerThanAHolderIsBelievedToLiveIsRefused() {
        Settings settings = Given.settings(DEFINITION, Map.of("lock", "own", "updates", "30"));

        assertThatThrownBy(() -> DEFINITION.sharing(settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("all waits under the lock together are 6000 ms, but must not be more than 5000 ms");
    }

    @Test
    void waitsOverlapUnlessALockIsHeldMeanwhile() {
        assertThat(ideal(Map.of())).isEqualTo(2);
        assertThat(ideal(Map.of("lock", "own"))).isEqualTo(1);
        assertThat(ideal(Map.of("waitMillis", "0"))).isEqualTo(1);
    }

    @Test
    void onlyWhatCanBeHeldIsALock() {
        assertThat(DEFINITION.parameters().getFirst().allowed())
                .isEqualTo("one of none, own, synchronized, reentrant-lock, stamped-lock, semaphore, spin, futex,"
                        + " posix-semaphore, robust-mutex, file-lock");
    }

    private static double ideal(Map<String, String> values) {
        return DEFINITION.idealSpeedup(Given.settings(DEFINITION, values), 2, 2);
    }

    private static Workload<Updates> of(Map<String, String> values) {
        return Given.workload(DEFINITION, values);
    }
}
