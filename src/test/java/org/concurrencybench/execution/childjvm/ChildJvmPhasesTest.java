package org.concurrencybench.execution.childjvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import java.util.Map;
import org.concurrencybench.execution.ExecutionException;
import org.concurrencybench.execution.WorkloadSpec;
import org.concurrencybench.execution.childjvm.FaultyWorkload.Fault;
import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.SumOfSquares;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ChildJvmPhasesTest {

    @AfterEach
    void nothingIsLeft() {
        Leftovers.assertNone();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void addUpToTheTimeThatTheChildTook() throws Exception {
        assertThat(ChildJvmPhases.areMeasurable()).isTrue();
        WorkloadSpec spec = new WorkloadSpec(
                new SumOfSquares(),
                Settings.of(new SumOfSquares().parameters(), Map.of("tasks", "1000", "terms", "1000")));
        try (ChildJvmPhases.Meter<?> meter = ChildJvmPhases.Meter.of(spec)) {
            // The first one loads our own classes before it starts anything.
            assertThat(nanos(meter.measure())).allMatch(phase -> phase > 0);

            long start = System.nanoTime();
            ChildJvmPhases phases = meter.measure();
            long whole = System.nanoTime() - start;

            assertThat(nanos(phases)).allMatch(phase -> phase > 0);
            assertThat(nanos(phases).stream().mapToLong(Long::longValue).sum()).isBetween(whole / 10 * 9, whole);
            assertThat(Leftovers.children()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "EXITS|ended before its work was done; it exited with code 0; its stderr is empty; its command: ",
                "HALTS|ended before its work was done; it exited with code 3; its stderr is empty; its command: ",
                "PRINTS_MEGABYTES_AND_HALTS|it exited with code 4; its stderr ends: xxx",
                "RUNS_OUT_OF_MEMORY|it exited with code 3; its stderr ends: Terminating due to java.lang.OutOfMemoryError",
                "THROWS|a task failed: java.lang.IllegalStateException: task 3 is broken",
                "FAILS_SET_UP|cannot be set up: ",
                "SENDS_TOO_LITTLE|nonsense (an answer that is too short)",
                "ANSWERS_WRONGLY|wrong answer: sum of task numbers is 191, expected 190"
            })
    void areNoneOfAChildThatFails(Fault fault, String expected) {
        System.setProperty("a.test.runs.here", "true");
        try (ChildJvmPhases.Meter<?> meter = ChildJvmPhases.Meter.of(FaultyWorkload.spec(fault, 20, 3))) {
            assertThat(catchThrowable(meter::measure))
                    .isInstanceOf(ExecutionException.class)
                    .message()
                    .contains(expected)
                    .doesNotContain("\n", "\r");
            assertThat(Leftovers.children()).isEmpty();
        }
    }

    @Test
    void ofAWorkloadThatIsNotMeasuredTakeNothing() {
        try (ChildJvmPhases.Meter<?> meter = ChildJvmPhases.Meter.of(FaultyWorkload.spec(Fault.NONE, 1, 0))) {
            assertThat(meter).isNotNull();
            assertThat(Leftovers.children()).isEmpty();
        }
    }

    private static List<Long> nanos(ChildJvmPhases phases) {
        return List.of(
                phases.spawnNanos(),
                phases.upNanos(),
                phases.transferInNanos(),
                phases.computeNanos(),
                phases.transferOutNanos(),
                phases.endNanos());
    }
}
