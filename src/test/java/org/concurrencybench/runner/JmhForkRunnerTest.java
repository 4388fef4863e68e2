package org.concurrencybench.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.Direction;
import org.concurrencybench.sample.Params;
import org.concurrencybench.sample.Phase;
import org.concurrencybench.sample.Sample;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Forks for real, each as short as JMH can make it. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class JmhForkRunnerTest {

    private static final String MISTAKEN = MistakenBenchmark.class.getName() + ".run";
    private static final String SUM_OF_SQUARES = "org.concurrencybench.benchmark.SumOfSquaresBenchmark.run";

    /** JMH forks once at a time on a machine; another build may be at it, and nothing here depends on time. */
    @BeforeAll
    static void doNotWaitForOthers() {
        System.setProperty("jmh.ignoreLock", "true");
    }

    private static PlannedFork fork(String benchmark, Map<String, String> params) {
        CaseKey key = new CaseKey(benchmark, "work", "cpu-bound", "serial", Params.of(params));
        return new PlannedFork(new PlannedCase(key, params, OptionalDouble.empty(), 2, 1, 3, 1, List.of()), 4);
    }

    private static String reason(String benchmark, Map<String, String> params) {
        ForkOutcome outcome = new JmhForkRunner().measure(fork(benchmark, params));
        assertThat(outcome).isInstanceOf(ForkOutcome.Failed.class);
        String reason = ((ForkOutcome.Failed) outcome).reason();
        assertThat(reason).hasLineCount(1).doesNotContain("\tat ", "| at ", ".java:");
        return reason;
    }

    @Test
    void aForkGivesEveryIterationInItsOrderWarmUpIncluded() {
        PlannedFork fork =
                fork(SUM_OF_SQUARES, Map.of("model", "SERIAL", "tasks", "100", "terms", "10", "parallelism", "1"));

        ForkOutcome outcome = new JmhForkRunner().measure(fork);

        assertThat(outcome).isInstanceOf(ForkOutcome.Measured.class);
        List<Sample> samples = ((ForkOutcome.Measured) outcome).samples();
        assertThat(samples)
                .extracting(Sample::phase, Sample::iteration)
                .containsExactly(
                        tuple(Phase.WARMUP, 1),
                        tuple(Phase.WARMUP, 2),
                        tuple(Phase.MEASUREMENT, 1),
                        tuple(Phase.MEASUREMENT, 2),
                        tuple(Phase.MEASUREMENT, 3));
        assertThat(samples).allSatisfy(sample -> {
            assertThat(sample.key()).isEqualTo(fork.planned().key());
            assertThat(sample.fork()).isEqualTo(4);
            assertThat(sample.score()).isPositive();
            assertThat(sample.unit()).isEqualTo("ms/op");
            assertThat(sample.direction()).isEqualTo(Direction.LOWER);
        });
    }

    @Test
    void aBenchmarkWithoutMistakeIsMeasured() {
        assertThat(new JmhForkRunner().measure(fork(MISTAKEN, Map.of("way", "none"))))
                .isInstanceOf(ForkOutcome.Measured.class);
    }

    @Test
    void aSingleShotIsOneBatchHoweverShortItIs() {
        CaseKey key = fork(MISTAKEN, Map.of("way", "second call")).planned().key();
        PlannedCase shot =
                new PlannedCase(key, Map.of("way", "second call"), OptionalDouble.empty(), 0, 1, 1, 1, List.of());

        assertThat(new JmhForkRunner().measure(new PlannedFork(shot, 1))).isInstanceOf(ForkOutcome.Measured.class);
        assertThat(reason(MISTAKEN, Map.of("way", "second call"))).contains("called for a second time");
    }

    @Test
    void aWrongAnswerIsToldWithBothValuesAndNothingElse() {
        assertThat(reason(MISTAKEN, Map.of("way", "wrong answer"))).isEqualTo("wrong answer: sum is 41, expected 42");
    }

    @Test
    void anExceptionIsToldByItsOwnNameAndCause() {
        assertThat(reason(MISTAKEN, Map.of("way", "throw")))
                .isEqualTo("IllegalStateException: the task failed; ArithmeticException: divided by nothing");
    }

    @Test
    void anExceptionWhileSettingUpIsToldInOneLine() {
        assertThat(reason(MISTAKEN, Map.of("way", "set-up"))).isEqualTo("IllegalArgumentException: cannot | be set up");
    }

    @Test
    void aForkThatEndsInTheMiddleIsToldWithItsExitCode() {
        assertThat(reason(MISTAKEN, Map.of("way", "exit")))
                .contains("exit code 3")
                .doesNotContain("#", "<", ">");
    }

    private static final String OWN_CODE = "org.concurrencybench.benchmark.OwnCodeBenchmark.run";

    @Test
    void whatAUsersOwnWorkloadFindsWrongIsTold() {
        Map<String, String> params = Map.of(
                "model",
                "CHILD_JVMS",
                "parallelism",
                "1",
                "definition",
                "org.concurrencybench.execution.childjvm.FaultyWorkload",
                "settings",
                "fault=answers-wrongly\n");

        assertThat(reason(OWN_CODE, params)).isEqualTo("wrong answer: sum of task numbers is 1, expected 0");
    }

    @Test
    void anOwnWorkloadThatCannotBeEndedIsTold(@TempDir Path directory) {
        Map<String, String> params = Map.of(
                "model",
                "CHILD_JVMS",
                "parallelism",
                "1",
                "definition",
                "org.concurrencybench.execution.childjvm.EndingWorkload",
                "settings",
                "failing=others\nfile=" + directory.resolve("ended") + "\n");

        assertThat(reason(OWN_CODE, params))
                .matches(
                        "child JVM [0-9]+: the workload's close\\(\\) failed: java.lang.IllegalStateException: no end");
    }

    @Test
    void anIterationMayTakeAsLongAsTwoOfItsBatches() {
        PlannedCase planned = fork(OWN_CODE, Map.of()).planned();

        assertThat(JmhForkRunner.iterationLimit(planned)).isEqualTo(RunDefaults.ITERATION_LIMIT);
        PlannedCase patient = planned.within(Duration.ofMinutes(5));
        assertThat(JmhForkRunner.iterationLimit(patient))
                .isEqualTo(RunDefaults.ITERATION_LIMIT.plusMinutes(10))
                .isEqualTo(JmhForkRunner.iterationLimit(patient.timed(1, 1, 1)))
                .isEqualTo(JmhForkRunner.iterationLimit(patient.on(TargetJvm.OWN, patient.key())))
                .isEqualTo(JmhForkRunner.iterationLimit(patient.with(Map.of())));
    }

    @Test
    void aBenchmarkThatIsNotThereIsNamed() {
        assertThat(reason("nosuch.Benchmark.run", Map.of())).contains("nosuch.Benchmark.run");
    }

    @Test
    void aParameterThatTheBenchmarkRefusesIsTold() {
        Map<String, String> params = new HashMap<>(Map.of("model", "SERIAL", "tasks", "0", "parallelism", "1"));

        assertThat(reason(SUM_OF_SQUARES, params)).contains("tasks", "'0'", "a whole number from 1 to");
    }
}
