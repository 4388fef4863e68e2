package org.concurrencybench.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.concurrencybench.workload.ManySleepers;
import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.SquareCube;
import org.concurrencybench.workload.WorkloadDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TimerThreadTest {

    private static final Settings SLEEPERS =
            Settings.of(new ManySleepers().parameters(), Map.of("tasks", "2000", "sleepMillis", "100"));

    @Test
    void twoThousandWaitsOfATenthOfASecondDoNotTakeTurns() throws Exception {
        try (Batch batch = new TimerThread().prepare(new WorkloadSpec(new ManySleepers(), SLEEPERS), 2000)) {
            batch.reset();
            long start = System.nanoTime();
            Object answer = batch.run();
            double seconds = (System.nanoTime() - start) / 1e9;
            batch.check(answer);

            // One after another they would take 200 s; the test's own limit is far above what a busy machine adds.
            assertThat(seconds).isBetween(0.1, 50.0);
        }
    }

    @Test
    void whatDoesMoreThanWaitIsNotForIt() {
        WorkloadDefinition other = new SquareCube();
        Settings settings = Settings.of(other.parameters(), Map.of());

        assertThat(new TimerThread().runs(new ManySleepers(), SLEEPERS)).isTrue();
        assertThat(new TimerThread().runs(other, settings)).isFalse();
        assertThatThrownBy(() -> new TimerThread().prepare(new WorkloadSpec(other, settings), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("square-cube has tasks that do more than wait");
    }

    @Test
    void aMachineHasRoomForSomeThreadsAndNoModelTakesMore() {
        // No machine that this is built on has room for fewer.
        assertThat(ThreadLimit.most()).isGreaterThanOrEqualTo(100);
        assertThat(new PlatformThreads().parallelism(Integer.MAX_VALUE)).isEqualTo(ThreadLimit.most());
        assertThat(new ColdPlatformThreads().parallelism(Integer.MAX_VALUE)).isEqualTo(ThreadLimit.most());
    }
}
