package org.concurrencybench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.concurrencybench.benchmark.Profile;
import org.concurrencybench.runner.PlannedCase;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.MeasuredFiles;
import org.concurrencybench.sample.Params;
import org.concurrencybench.sample.RunEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdealsTest {

    private static CaseKey key(String workload, String params) {
        return new CaseKey("b.run", workload, "kind", "virtual-threads", Params.parse(params));
    }

    @ParameterizedTest
    @EnumSource
    void areWhatThePlanHadForEveryCaseOfEveryProfile(Profile profile) throws UsageException {
        for (PlannedCase one : PlanBuilder.build("r", profile.label(), List.of(), List.of(), List.of(), 1, 4)
                .cases()) {
            assertThat(Ideals.of(one.key(), Optional.of(4.0)))
                    .as(one.key().label())
                    .isEqualTo(one.ideal());
        }
    }

    @Test
    void areKnownWithoutTheMachineWhereCoresDoNotMatter() {
        assertThat(Ideals.of(key("square-cube", "parallelism=2"), Optional.empty()))
                .hasValue(2);
        assertThat(Ideals.of(key("sum-of-squares", "parallelism=2"), Optional.empty()))
                .isEmpty();
        assertThat(Ideals.of(key("sum-of-squares", "parallelism=1"), Optional.empty()))
                .hasValue(1);
    }

    @Test
    void lieBetweenThoseOfWholeCoresWhereAQuotaGrantsAPartOfOne() throws UsageException {
        assertThat(Ideals.of(key("sum-of-squares", "parallelism=2"), Optional.of(1.5)))
                .hasValue(1.5);
        assertThat(Ideals.of(key("square-cube", "parallelism=2"), Optional.of(1.5)))
                .hasValue(2);
        assertThat(PlanBuilder.build("r", "standard", List.of("sum-of-squares"), List.of(), List.of(), 1, 1.5)
                        .cases())
                .filteredOn(one -> one.key().model().equals("platform-threads"))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.key().params().get(CaseKey.PARALLELISM)).contains("2");
                    assertThat(one.ideal()).hasValue(1.5);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "parallelism=0", "parallelism=many", "parallelism=2;tasks=0", "parallelism=2;colour=red"})
    void areUnknownForACaseThatWeWouldNotMeasure(String params) {
        assertThat(Ideals.of(key("sum-of-squares", params), Optional.of(2.0))).isEmpty();
    }

    @Test
    void areThoseOfThePlanWhereTheyStandBesideTheSamples() {
        CaseKey theirs = new CaseKey("own.run", "orders", "kind", "virtual-threads", Params.parse("parallelism=2"));
        CaseKey ours = key("sum-of-squares", "parallelism=2");
        RunEnvironment run = new RunEnvironment(
                        "r", "own", 1, 3, "then", "later", 4, Map.of(), Map.of(), Map.of(), List.of())
                .withCases(Map.of(), Map.of(MeasuredFiles.label(theirs), 1.5));

        assertThat(Ideals.in(Optional.of(run)).apply(theirs)).hasValue(1.5);
        assertThat(Ideals.in(Optional.of(run)).apply(ours)).hasValue(2);
        assertThat(Ideals.in(Optional.empty()).apply(theirs)).isEmpty();
    }

    @Test
    void areUnknownForAWorkloadOfSomebodyElse() {
        assertThat(Ideals.of(new CaseKey("b.run", "", "", "", Params.of(Map.of("parallelism", "2"))), Optional.of(2.0)))
                .isEmpty();
    }
}
