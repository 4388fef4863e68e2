package org.concurrencybench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MeetingTest {

    /** One thread for which others arrive while it naps. */
    private static final class Napping extends Given.OneThread {

        private final List<LockedLong> numbers = new ArrayList<>();
        private int naps;
        private int arriveAtNap = Integer.MAX_VALUE;

        @Override
        public LockedLong lockedLong(LockKind kind) {
            LockedLong number = super.lockedLong(kind);
            numbers.add(number);
            return number;
        }

        @Override
        public Pause pause() {
            return time -> {
                naps++;
                if (naps == arriveAtNap) {
                    numbers.getFirst().add(1);
                }
                Thread.sleep(time);
            };
        }
    }

    private final Napping state = new Napping();

    @Test
    void whoComesLastDoesNotWait() throws Exception {
        Meeting meeting = new Meeting(state);
        meeting.arrive();
        meeting.arrive();

        meeting.await(2);

        assertThat(state.naps).isZero();
    }

    @Test
    void whoComesFirstNapsAsTheModelDoesUntilTheOthersAreThere() throws Exception {
        state.arriveAtNap = 3;
        Meeting meeting = new Meeting(state);
        meeting.arrive();

        meeting.await(2);

        assertThat(state.naps).isEqualTo(3);
    }

    @Test
    void whoeverStaysAwayIsNotWaitedForForEver() {
        Meeting meeting = new Meeting(state, Duration.ofMillis(20));
        meeting.arrive();

        assertThatThrownBy(() -> meeting.await(2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("1 of 2 workers have come to meet within 20 ms; is there a unit for each of them?");
    }

    @Test
    void aResetForgetsWhoHasArrived() {
        Meeting meeting = new Meeting(state, Duration.ofMillis(1));
        meeting.arrive();
        meeting.reset();

        assertThatThrownBy(() -> meeting.await(1)).hasMessageStartingWith("0 of 1 workers");
    }

    @Test
    void anInterruptEndsTheWait() {
        Meeting meeting = new Meeting(state);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> meeting.await(1)).isInstanceOf(InterruptedException.class);
    }
}
