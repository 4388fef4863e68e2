package org.concurrencybench.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.concurrencybench.execution.StopTrial;
import org.concurrencybench.execution.WorkloadSpec;
import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.Stop;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
class StopTrialTest {

    private static final long LONG = Duration.ofSeconds(60).toNanos();
    private static final long SHORT = Duration.ofMillis(100).toNanos();

    static Stream<Arguments> everyStateUnderEveryModel() {
        return Stream.of("sleeping", "waiting-for-lock", "blocked-on-synchronized", "endless-loop")
                .flatMap(state -> StopBenchmark.MODELS.stream().map(model -> Arguments.of(state, model)));
    }

    /** What does not answer an interrupt has not stopped when the time is up, and yet nothing of it is left. */
    @ParameterizedTest
    @MethodSource("everyStateUnderEveryModel")
    void aThreadStopsWhereItListensAChildAnywhereAndNothingIsLeftOfEither(String state, Model model) throws Exception {
        Settings settings = Settings.of(new Stop().parameters(), Map.of("state", state, "stayMillis", "600000"));
        boolean stops = model == Model.CHILD_JVMS_COLD || Stop.answersInterrupt(settings);

        try (StopTrial trial = StopBenchmark.trial(model, new WorkloadSpec(new Stop(), settings))) {
            for (int round = 0; round < 2; round++) {
                trial.begin();
                assertThat(trial.stop(stops ? LONG : SHORT)).isEqualTo(stops);
                trial.end();
            }
        }

        // A thread has left its work a moment before it has ended.
        long begin = System.nanoTime();
        while (!threads("worker", "pool", "lock-holder").isEmpty() && System.nanoTime() - begin < LONG) {
            Thread.sleep(1);
        }
        assertThat(threads("worker", "pool", "lock-holder")).isEmpty();
        assertThat(ProcessHandle.current().children().map(ProcessHandle::info).map(ProcessHandle.Info::commandLine))
                .noneMatch(command -> command.orElse("").contains("ChildMain"));
    }

    private static List<String> threads(String... names) {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(List.of(names)::contains)
                .toList();
    }
}
