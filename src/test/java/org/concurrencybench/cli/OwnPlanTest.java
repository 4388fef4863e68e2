package org.concurrencybench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.concurrencybench.benchmark.Model;
import org.concurrencybench.runner.Plan;
import org.concurrencybench.runner.PlannedCase;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.MeasuredFiles;
import org.concurrencybench.sample.WorkNature;
import org.concurrencybench.workload.Kind;
import org.concurrencybench.workload.Parameter;
import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.SharedState;
import org.concurrencybench.workload.SumOfSquares;
import org.concurrencybench.workload.Workload;
import org.concurrencybench.workload.WorkloadDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnPlanTest {

    private static final List<Model> MAIN = List.of(
            Model.SERIAL, Model.PLATFORM_THREADS, Model.VIRTUAL_THREADS, Model.CHILD_JVMS, Model.CHILD_JVMS_COLD);

    private static final int CORES = 4;

    @TempDir
    private Path directory;

    private OwnCode function(String inputs, String... assignments) throws Exception {
        return OwnCode.function(
                directory.toString(), "java.lang.Math::sqrt", inputs, Duration.ofSeconds(60), List.of(assignments));
    }

    private static WorkNature waiting(double share) {
        return new WorkNature(Map.of(WorkNature.WAITING, Double.toString(share), WorkNature.BATCH_MILLIS, "20"));
    }

    private static Plan standard(OwnCode code, WorkNature nature) throws UsageException {
        return new OwnPlan(code, MAIN, CORES, CORES, false).plan("r", 1, nature);
    }

    private static Stream<PlannedCase> of(Plan plan, Model model, String calls) {
        return plan.cases().stream()
                .filter(one -> one.key().model().equals(model.label()))
                .filter(one -> one.key().params().get("calls").equals(Optional.of(calls)));
    }

    private static List<Integer> units(Plan plan, Model model, String calls) {
        return of(plan, model, calls)
                .map(one -> Integer.valueOf(
                        one.key().params().get(CaseKey.PARALLELISM).orElseThrow()))
                .toList();
    }

    @Test
    void callsThatComputeAreMeasuredAboutTheNumberOfCores() throws Exception {
        Plan plan = standard(function("1..1000"), waiting(0.02));

        assertThat(units(plan, Model.SERIAL, "1000")).containsExactly(1);
        assertThat(units(plan, Model.PLATFORM_THREADS, "1000")).containsExactly(2, 4, 8);
        assertThat(units(plan, Model.CHILD_JVMS, "1000")).containsExactly(2, 4, 8);
        assertThat(plan.cases().stream()
                        .filter(one -> one.key().params().get("calls").equals(Optional.of("1000")))
                        .map(one -> one.key().kind()))
                .containsOnly("cpu-bound");
        assertThat(plan.forks()).isEqualTo(5);
        assertThat(plan.budget()).contains(Duration.ofMinutes(5));
    }

    @Test
    void callsThatWaitAreMeasuredFarBeyondThem() throws Exception {
        Plan plan = standard(function("1..1500"), waiting(0.93));

        assertThat(units(plan, Model.VIRTUAL_THREADS, "1500")).containsExactly(4, 16, 64, 1000);
        // Child JVMs are dear: eight at most, and the same case is not measured twice.
        assertThat(units(plan, Model.CHILD_JVMS, "1500")).containsExactly(4, 8);
        assertThat(of(plan, Model.VIRTUAL_THREADS, "1500").map(one -> one.key().kind()))
                .containsOnly("sleep-bound");
    }

    @Test
    void noMoreUnitsThanCalls() throws Exception {
        assertThat(units(standard(function("1..3"), waiting(0.93)), Model.VIRTUAL_THREADS, "3"))
                .containsExactly(3);
    }

    @Test
    void smallerBatchesGoToProcessesAndOneThreadAloneAndCountAsOverhead() throws Exception {
        Plan plan = standard(function("1..1000"), waiting(0.02));

        for (String calls : List.of("10", "100")) {
            assertThat(units(plan, Model.SERIAL, calls)).containsExactly(1);
            assertThat(units(plan, Model.CHILD_JVMS, calls)).containsExactly(CORES);
            assertThat(units(plan, Model.CHILD_JVMS_COLD, calls)).containsExactly(CORES);
            assertThat(of(plan, Model.PLATFORM_THREADS, calls)).isEmpty();
            assertThat(of(plan, Model.CHILD_JVMS, calls).map(one -> one.key().kind()))
                    .containsOnly("overhead");
        }
    }

    @Test
    void theSmokeProfileHasTheLeastOfAll() throws Exception {
        Plan plan = new OwnPlan(function("1..1000"), MAIN, CORES, CORES, true).plan("r", 1, waiting(0.02));

        assertThat(plan.cases()).hasSameSizeAs(MAIN);
        assertThat(units(plan, Model.PLATFORM_THREADS, "1000")).containsExactly(CORES);
        assertThat(plan.forks()).isEqualTo(3);
        assertThat(plan.budget()).isEmpty();
    }

    @Test
    void aLongBatchIsAnIterationOfItsOwn() throws Exception {
        Plan plan = standard(
                function("1..1000"), new WorkNature(Map.of(WorkNature.WAITING, "0", WorkNature.BATCH_MILLIS, "2000")));

        assertThat(plan.cases())
                .allSatisfy(one -> assertThat(one.iterationMillis()).isEqualTo(1));
    }

    @Test
    void parallelismsThatAreAskedForAreThoseMeasured() throws Exception {
        Plan plan = standard(function("1..1000", "parallelism=3", "5"), waiting(0.02));

        assertThat(units(plan, Model.PLATFORM_THREADS, "1000")).containsExactly(3, 5);
    }

    @ParameterizedTest
    @CsvSource({"0, 2", "0.4, 3.33", "0.6, 5", "0.93, 15.87", "1, 15.87"})
    void theIdealOfMixedCallsIsWhatKeepsAllCoresBusyOrAllUnits(double waiting, double ideal) {
        assertThat(OwnPlan.ideal(1000, 16, 2, waiting)).isCloseTo(ideal, within(0.005));
    }

    @Test
    void aQuotaOfAPartOfACoreIsPartOfTheIdeal() {
        assertThat(OwnPlan.ideal(1000, 2, 1.5, 0)).isEqualTo(1.5);
        assertThat(OwnPlan.ideal(1000, 2, 1.5, 1)).isEqualTo(2);
    }

    @Test
    void theIdealOfACaseIsThatOfItsBatch() throws Exception {
        Plan plan = standard(function("1..1000"), waiting(0.6));

        assertThat(of(plan, Model.VIRTUAL_THREADS, "1000").map(PlannedCase::ideal))
                .containsExactly(
                        OptionalDouble.of(4),
                        OptionalDouble.of(CORES / (1 - 0.6)),
                        OptionalDouble.of(CORES / (1 - 0.6)),
                        OptionalDouble.of(CORES / (1 - 0.6)));
    }

    @Test
    void theLookHasTheFlagsWithoutWhichTheCodeMayNotRun() throws Exception {
        PlannedCase look = new OwnPlan(function("1..10"), MAIN, CORES, CORES, true)
                .look(Model.SERIAL, List.of(), List.of("-Ddb=x -Xss2m", "-Ddb=y"));

        assertThat(look.jvm().flags()).containsExactly("-Ddb=x", "-Xss2m");
    }

    @Test
    void anotherFileOfInputsUnderTheSameNameIsOtherWork() throws Exception {
        Path inputs = directory.resolve("inputs.txt");
        Files.writeString(inputs, "1\n2\n");
        String before = work(function(inputs.toString()));
        String again = work(function(inputs.toString()));
        Files.writeString(inputs, "1\n3\n");
        String after = work(function(inputs.toString()));

        assertThat(before).matches("[0-9a-f]{16}").isEqualTo(again).isNotEqualTo(after);
    }

    private static String work(OwnCode code) throws UsageException {
        Plan plan = standard(code, waiting(0));
        Map<String, String> work = new OwnPlan(code, MAIN, CORES, CORES, false).work(plan);
        assertThat(work).hasSameSizeAs(plan.cases());
        return Objects.requireNonNull(
                work.get(MeasuredFiles.label(plan.cases().getFirst().key())));
    }

    /** One of ours under a name of somebody else's. */
    private static final class TheirSum implements WorkloadDefinition {

        private final WorkloadDefinition ours = new SumOfSquares();
        private final double ideal;

        TheirSum(double ideal) {
            this.ideal = ideal;
        }

        @Override
        public String name() {
            return "their-sum";
        }

        @Override
        public Kind kind() {
            return ours.kind();
        }

        @Override
        public String lesson() {
            return ours.lesson();
        }

        @Override
        public List<Parameter> parameters() {
            return ours.parameters();
        }

        @Override
        public Workload<?> create(Settings settings, SharedState shared) {
            return ours.create(settings, shared);
        }

        @Override
        public int naturalParallelism(Settings settings, int cores) {
            return ours.naturalParallelism(settings, cores);
        }

        @Override
        public double idealSpeedup(Settings settings, int parallelism, int cores) {
            return ideal > 0 ? ours.idealSpeedup(settings, parallelism, cores) : ideal;
        }

        @Override
        public String rightAnswer(Settings settings) {
            return ours.rightAnswer(settings);
        }
    }

    private OwnCode theirs(double ideal, Map<String, List<String>> values) throws UsageException {
        WorkloadDefinition definition = new TheirSum(ideal);
        List<Settings> variants = PlanBuilder.combinations(values).stream()
                .map(given -> Settings.of(definition.parameters(), given))
                .toList();
        return new OwnCode(definition, variants, 0, List.of(), OwnClasses.of(directory.toString()), "");
    }

    @Test
    void aWorkloadOfTheirsHasIdealsAndFingerprintsLikeOneOfOurs() throws Exception {
        OwnCode code = theirs(1, Map.of("tasks", List.of("200", "400"), "terms", List.of("5")));
        OwnPlan own = new OwnPlan(code, MAIN, CORES, CORES, false);

        Plan plan = own.plan("r", 1, waiting(0.02));
        Map<String, String> work = own.work(plan);

        assertThat(plan.cases().stream()
                        .filter(one -> one.key().model().equals("virtual-threads"))
                        .map(one -> one.key().params().toCell()))
                .containsExactly(
                        "parallelism=4;tasks=200;terms=5",
                        "parallelism=8;tasks=200;terms=5",
                        "parallelism=4;tasks=400;terms=5",
                        "parallelism=8;tasks=400;terms=5");
        Map<String, Double> ideals = Ideals.of(plan.cases());
        assertThat(plan.cases()).allSatisfy(one -> {
            String label = MeasuredFiles.label(one.key());
            int units =
                    Integer.parseInt(one.key().params().get(CaseKey.PARALLELISM).orElseThrow());
            assertThat(ideals.get(label)).isEqualTo(Math.min(units, CORES));
            assertThat(work.get(label)).matches("[0-9a-f]{16}");
        });
        assertThat(work.values().stream().distinct()).hasSize(2);
        assertThat(code.varying(code.first()).toCell()).isEqualTo("tasks=200");
    }

    @Test
    void anIdealThatIsNoneIsRefused() {
        assertThatThrownBy(() -> standard(theirs(-1, Map.of()), waiting(0)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("TheirSum.idealSpeedup is -1.0 with 1 units; it has to be a number above 0");
    }
}
