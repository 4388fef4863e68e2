package org.concurrencybench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.concurrencybench.benchmark.Model;
import org.concurrencybench.benchmark.Scene;
import org.concurrencybench.execution.TraceSpan;
import org.concurrencybench.execution.TraceSpan.State;
import org.concurrencybench.sample.TimelineSpan;
import org.junit.jupiter.api.Test;

class TimelinesTest {

    @Test
    void workersAreCalledByWhatTheyAreAndTimesCountFromTheBatchsStart() {
        Scene.Recording recording = new Scene.Recording(
                3,
                1000,
                9000,
                List.of(
                        new TraceSpan(1, 20, "worker-17", State.TASK, 0, 1, 1500, 2000),
                        new TraceSpan(1, 21, "", State.TASK, 1, 2, 1600, 2000),
                        new TraceSpan(1, 1, "main", State.WAITING, 2, 3, 1700, 2000),
                        new TraceSpan(2, 1, "main", State.HOLDING, 3, 4, 1800, 2000)),
                1);

        List<TimelineSpan> rows = TimelinesCommand.rows(Scene.POOL, Model.PLATFORM_THREADS, recording);

        assertThat(rows)
                .extracting(TimelineSpan::worker)
                .containsExactly("caller", "worker-1", "virtual-2", "caller", "child-4");
        assertThat(rows)
                .extracting(TimelineSpan::state)
                .startsWith(TimelineSpan.State.BATCH, TimelineSpan.State.TASK)
                .endsWith(TimelineSpan.State.HOLDING);
        assertThat(rows.get(1).startNanos()).isEqualTo(500);
        assertThat(rows.getFirst().endNanos()).isEqualTo(8000);
        assertThat(rows.getFirst().params().get("parallelism")).contains("3");
    }

    @Test
    void aTickersLanesHaveItsNames() {
        Scene.Recording recording = new Scene.Recording(
                2,
                1000,
                9000,
                List.of(
                        new TraceSpan(1, 20, "worker-17", State.TASK, 0, 1, 1500, 2000),
                        new TraceSpan(1, 21, "", State.TASK, 1, 2, 1600, 2000),
                        new TraceSpan(1, 20, "worker-17", State.TICK, 0, 1, 1700, 1700)),
                1);
        Scene.Recording oneAfterTheOther = new Scene.Recording(
                1,
                1000,
                9000,
                List.of(
                        new TraceSpan(1, 1, "main", State.TASK, 0, 1, 1500, 2000),
                        new TraceSpan(1, 1, "main", State.TASK, 1, 2, 2000, 3000)),
                1);

        assertThat(TimelinesCommand.rows(Scene.TICKER, Model.PLATFORM_THREADS, recording))
                .extracting(TimelineSpan::worker)
                .containsExactly("caller", "fast (worker-1)", "slow (virtual-2)", "fast (worker-1)");
        assertThat(TimelinesCommand.rows(Scene.TICKER, Model.SERIAL, oneAfterTheOther))
                .extracting(TimelineSpan::worker)
                .containsOnly("caller");
    }
}
