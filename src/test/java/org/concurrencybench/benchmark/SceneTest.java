package org.concurrencybench.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.concurrencybench.execution.HeapSharedState;
import org.concurrencybench.execution.TraceSpan;
import org.concurrencybench.execution.TraceSpan.State;
import org.concurrencybench.execution.WorkloadSpec;
import org.concurrencybench.workload.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(120)
class SceneTest {

    @ParameterizedTest
    @EnumSource(Scene.class)
    void everyTaskIsThereOnceAndWithinTheBatch(Scene scene) throws Exception {
        for (Model model : List.of(Model.SERIAL, Model.VIRTUAL_THREADS)) {
            Scene.Recording recording = scene.record(model);

            int tasks = new WorkloadSpec(
                            scene.suite().definition(),
                            Settings.of(scene.suite().definition().parameters(), scene.settings()))
                    .create(new HeapSharedState())
                    .taskCount();
            Set<Integer> seen = new HashSet<>();
            for (TraceSpan span : in(recording, State.TASK)) {
                for (int task = span.firstTask(); task < span.endTask(); task++) {
                    assertThat(seen.add(task)).as("task %d", task).isTrue();
                }
            }
            assertThat(seen).as("%s under %s", scene, model).hasSize(tasks);
            assertThat(recording.spans())
                    .allMatch(span -> recording.startNanos() <= span.startNanos()
                            && span.startNanos() <= span.endNanos()
                            && span.endNanos() <= recording.endNanos());
        }
    }

    @Test
    void aWorkerDoesOneThingAfterAnother() throws Exception {
        Map<Long, List<TraceSpan>> byThread = in(Scene.POOL.record(Model.PLATFORM_THREADS), State.TASK).stream()
                .collect(Collectors.groupingBy(TraceSpan::threadId));

        assertThat(byThread).hasSizeBetween(1, 4);
        byThread.values().forEach(SceneTest::assertApart);
    }

    @Test
    void nobodyHoldsALockThatAnotherHolds() throws Exception {
        for (Model model : List.of(Model.PLATFORM_THREADS, Model.CHILD_JVMS)) {
            if (Scene.LOCK.isFor(model)) {
                List<TraceSpan> held = in(Scene.LOCK.record(model), State.HOLDING);

                assertThat(held).hasSize(8);
                assertApart(held);
            }
        }
    }

    @Test
    void aChildJvmIsAnotherProcessWhoseTimesLieWithinTheBatch() throws Exception {
        Scene.Recording recording = Scene.CHAINS.record(Model.CHILD_JVMS_COLD);

        assertThat(in(recording, State.TASK))
                .hasSize(2)
                .allMatch(span -> span.processId() != recording.ownProcessId())
                .allMatch(span -> recording.startNanos() < span.startNanos() && span.endNanos() < recording.endNanos());
        assertThat(in(recording, State.WAITING)).hasSize(10);
    }

    @Test
    void ticksAreWhereTheirTaskIs() throws Exception {
        Scene.Recording recording = Scene.TICKER.record(Model.PLATFORM_THREADS);

        assertThat(in(recording, State.TICK)).hasSize(10);
        for (TraceSpan tick : in(recording, State.TICK)) {
            assertThat(in(recording, State.TASK))
                    .anyMatch(task -> task.threadId() == tick.threadId()
                            && task.startNanos() <= tick.startNanos()
                            && tick.startNanos() <= task.endNanos());
        }
    }

    private static List<TraceSpan> in(Scene.Recording recording, State state) {
        return recording.spans().stream().filter(span -> span.state() == state).toList();
    }

    private static void assertApart(List<TraceSpan> spans) {
        List<TraceSpan> inTime = spans.stream()
                .sorted(Comparator.comparingLong(TraceSpan::startNanos))
                .toList();
        for (int i = 1; i < inTime.size(); i++) {
            assertThat(inTime.get(i).startNanos())
                    .isGreaterThanOrEqualTo(inTime.get(i - 1).endNanos());
        }
    }
}
