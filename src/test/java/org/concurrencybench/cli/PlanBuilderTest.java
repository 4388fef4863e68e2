package org.concurrencybench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.concurrencybench.benchmark.Profile;
import org.concurrencybench.process.ProcessTree;
import org.concurrencybench.runner.Plan;
import org.concurrencybench.runner.PlannedCase;
import org.concurrencybench.sample.CaseKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlanBuilderTest {

    private static final List<String> ALL = List.of();

    private static Plan plan(String profile, List<String> workloads, List<String> models, String... assignments)
            throws UsageException {
        return PlanBuilder.build("test", profile, workloads, models, Arrays.asList(assignments), 7, 2);
    }

    private static List<String> values(Plan plan, String parameter) {
        return plan.cases().stream()
                .map(one -> one.key().params().get(parameter).orElse("-"))
                .toList();
    }

    @Test
    void takesNameProfileAndSeedAsTheyAre() throws UsageException {
        Plan plan = plan("smoke", ALL, ALL);

        assertThat(plan.run()).isEqualTo("test");
        assertThat(plan.profile()).isEqualTo("smoke");
        assertThat(plan.seed()).isEqualTo(7);
        assertThat(plan.forks()).isEqualTo(Profile.SMOKE.forks());
        assertThat(plan.totalForks()).isEqualTo(plan.cases().size() * 3);
    }

    @ParameterizedTest
    @EnumSource
    void noCaseStandsTwiceInAProfileAndEachWorkloadHasEveryModel(Profile profile) throws UsageException {
        Plan plan = plan(profile.label(), ALL, ALL);

        assertThat(plan.cases()).extracting(PlannedCase::key).doesNotHaveDuplicates();
        for (String workload : List.of("square-cube", "sum-of-squares", "bank-balance")) {
            assertThat(plan.cases())
                    .filteredOn(one -> one.key().workload().equals(workload))
                    .extracting(one -> one.key().model())
                    .contains("serial", "platform-threads", "virtual-threads", "child-jvms", "child-jvms-cold");
        }
    }

    @Test
    void standardHoldsTheThreeMainWorkloadsSpawnAndFootprintAndEndsWithinFiveMinutes() throws UsageException {
        assumeTrue(ProcessTree.find().isPresent(), "footprint is measured on Linux alone");

        assertThat(plan("standard", ALL, ALL).cases())
                .extracting(one -> one.key().workload())
                .containsOnly("square-cube", "sum-of-squares", "bank-balance", "spawn", "footprint");
        assertThat(Profile.STANDARD.budget())
                .hasValueSatisfying(budget -> assertThat(budget).isLessThan(Duration.ofMinutes(5)));
    }

    @Test
    void measuresOnlyTheWorkloadsAndModelsThatAreNamed() throws UsageException {
        Plan plan = plan("smoke", List.of("sum-of-squares"), List.of("virtual-threads", "serial"));

        assertThat(plan.cases())
                .extracting(one -> one.key().workload() + " " + one.key().model())
                .containsExactly("sum-of-squares virtual-threads", "sum-of-squares serial");
    }

    @Test
    void saysThatPlatformThreadsAreBoundedOnlyWhereTheyAreMeasured() throws UsageException {
        List<String> workloads = List.of("many-sleepers");
        String tooMany = "tasks=1000000";

        Plan virtual = plan("full", workloads, List.of("serial", "virtual-threads"), tooMany);
        Plan platform = plan("full", workloads, List.of("serial", "platform-threads-cold"), tooMany);

        assertThat(PlanBuilder.leftOut("full", workloads, virtual)).noneMatch(line -> line.contains("at most here"));
        assertThat(PlanBuilder.leftOut("full", workloads, platform))
                .singleElement()
                .asString()
                .matches("many-sleepers with 1000000 tasks at once: platform threads are [0-9]+ at most here, .*");
    }

    @Test
    void aNameThatIsGivenTwiceCountsOnce() throws UsageException {
        assertThat(plan("smoke", List.of("sum-of-squares", "sum-of-squares"), List.of("serial", "serial"))
                        .cases())
                .hasSize(1);
    }

    @Test
    void everyValueOfAParameterIsACaseOfItsOwn() throws UsageException {
        Plan plan = plan("smoke", List.of("sum-of-squares"), List.of("serial"), "tasks=10", "20", "terms=3", "4");

        assertThat(values(plan, "tasks")).containsExactly("10", "10", "20", "20");
        assertThat(values(plan, "terms")).containsExactly("3", "4", "3", "4");
    }

    @Test
    void aParameterReplacesThatOfTheWorkloadsThatHaveItAndLeavesTheOthersAlone() throws UsageException {
        Plan plan = plan("smoke", ALL, List.of("serial"), "tasks=10");

        assertThat(values(plan, "tasks")).containsExactlyInAnyOrder("-", "10", "-");
    }

    @Test
    void aParameterOfAWorkloadThatIsNotMeasuredIsUnknown() {
        assertThatThrownBy(() -> plan("smoke", List.of("bank-balance"), ALL, "tasks=10"))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("unknown parameter 'tasks'")
                .hasMessageContaining("transfers");
    }

    @Test
    void parallelismGoesToTheModelsThatHaveAChoice() throws UsageException {
        Plan plan = plan("smoke", List.of("sum-of-squares"), ALL, "parallelism=3", "100");

        assertThat(plan.cases())
                .extracting(one -> one.key().model() + " "
                        + one.key().params().get(CaseKey.PARALLELISM).orElse("-"))
                .containsExactlyInAnyOrder(
                        "serial 1",
                        "platform-threads 3",
                        "platform-threads 100",
                        "virtual-threads 3",
                        "virtual-threads 100",
                        "child-jvms 3",
                        "child-jvms 8",
                        "child-jvms-cold 3",
                        "child-jvms-cold 8");
    }

    /** Their timing still differs; two cases with one key would break jmh.json and number forks twice. */
    @Test
    void casesThatBecomeTheSameByWhatIsGivenAreOneCase() throws UsageException {
        Plan plan = plan("standard", List.of("bank-balance"), ALL, "transfers=20", "thinkMicros=10000");

        assertThat(plan.cases()).hasSize(5).extracting(PlannedCase::key).doesNotHaveDuplicates();
        assertThat(plan("full", List.of("square-cube"), List.of("serial"), "sleepMillis=5", "split=by-item")
                        .cases())
                .hasSize(1);
    }

    @Test
    void jmhGetsEveryParameterThatTheFileShowsAndTheModelByItsConstant() throws UsageException {
        PlannedCase one = plan("smoke", List.of("sum-of-squares"), List.of("virtual-threads"))
                .cases()
                .getFirst();

        assertThat(one.jmhParams())
                .isEqualTo(Map.of("model", "VIRTUAL_THREADS", "parallelism", "2", "tasks", "20000", "terms", "1000"));
        assertThat(one.key().params().toCell()).isEqualTo("parallelism=2;tasks=20000;terms=1000");
        assertThat(one.key().benchmark()).isEqualTo("org.concurrencybench.benchmark.SumOfSquaresBenchmark.run");
        assertThat(one.ideal()).hasValue(2);
    }
}
