package org.concurrencybench.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.concurrencybench.statistics.Steadiness;
import org.concurrencybench.workload.Parameter;
import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.WorkloadDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jmh.annotations.Param;

class SuiteTest {

    /** The raw JMH command line measures with the defaults of the annotations; they must be those of the workload. */
    @ParameterizedTest
    @EnumSource
    void jmhsDefaultsAreTheWorkloadsOwn(Suite entry) throws ReflectiveOperationException {
        Class<?> benchmark = Class.forName(entry.benchmark().replaceFirst("\\.run$", ""));
        Map<String, String> annotated = new TreeMap<>();
        for (Field field : benchmark.getDeclaredFields()) {
            Param param = field.getAnnotation(Param.class);
            if (param != null) {
                annotated.put(field.getName(), String.join(",", param.value()));
            }
        }
        Map<String, String> defaults = new TreeMap<>();
        for (Parameter parameter : entry.definition().parameters()) {
            defaults.put(parameter.name(), parameter.defaultValue());
        }

        assertThat(annotated).isEqualTo(defaults).isNotEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void theBenchmarkRunsTheWorkloadAndHandsOverEveryParameter(Suite entry) throws ReflectiveOperationException {
        WorkloadBenchmark benchmark = Class.forName(entry.benchmark().replaceFirst("\\.run$", ""))
                .asSubclass(WorkloadBenchmark.class)
                .getDeclaredConstructor()
                .newInstance();

        assertThat(benchmark.definition().name()).isEqualTo(entry.definition().name());
        assertThat(benchmark.parameters())
                .containsOnlyKeys(entry.definition().parameters().stream()
                        .map(Parameter::name)
                        .toArray(String[]::new));
    }

    @ParameterizedTest
    @EnumSource
    void everyWorkloadIsFoundByItsName(Suite entry) {
        assertThat(WorkloadDefinition.find(entry.definition().name()))
                .hasValueSatisfying(found -> assertThat(found).hasSameClassAs(entry.definition()));
        assertThat(Suite.find(entry.workload())).contains(entry);
    }

    @ParameterizedTest
    @EnumSource
    void everyWorkloadIsInAProfile(Suite entry) {
        assertThat(entry.variants()).extracting(Suite.Variant::profile).contains(Profile.FULL);
    }

    @ParameterizedTest
    @EnumSource
    void theModelsThatAreListedAreThoseOfItsCases(Suite entry) {
        Set<Model> measured = Arrays.stream(Profile.values())
                .flatMap(profile -> entry.cases(profile, Map.of(), List.of(), 2).stream())
                .map(Suite.Case::model)
                .collect(Collectors.toSet());

        assertThat(entry.models()).containsExactlyInAnyOrderElementsOf(measured);
    }

    @Test
    void theCurveOverParallelismEndsAtTwiceTheCoresHoweverManyThereAre() {
        assertThat(Suite.parallelisms(1)).containsExactly(1, 2);
        assertThat(Suite.parallelisms(2)).containsExactly(1, 2, 3, 4);
        assertThat(Suite.parallelisms(12)).startsWith(1, 2, 3).endsWith(15, 16, 24);
        assertThat(Suite.parallelisms(48)).endsWith(16, 32, 48, 64, 96);
    }

    @Test
    void modelsOfASingleWorkloadAreListedWithIt() {
        assertThat(Suite.SPAWN.models()).contains(Model.FORK_JOIN);
        assertThat(Suite.MANY_SLEEPERS.models()).contains(Model.TIMER_THREAD);
    }

    @Test
    void whatAnEntryTeachesIsItsOwn() {
        assertThat(Arrays.stream(Suite.values()).map(Suite::lesson)).doesNotHaveDuplicates();
    }

    /** JMH counts in iterations that have a length, into which many a brief batch would fit. */
    @ParameterizedTest
    @EnumSource
    void aReplayCountsNothingBesideBatchesThatDoNotWait(Suite entry) {
        assertThat(entry.cases(Profile.TEXTBOOK, Map.of(), List.of(), 2))
                .filteredOn(one -> !one.figures().isEmpty())
                .allSatisfy(one -> assertThat(one.settings().asMap())
                        .containsAnyOf(Map.entry("waitMillis", "100"), Map.entry("thinkMicros", "10000")));
    }

    @ParameterizedTest
    @EnumSource
    void everyVariantHasValidSettingsAndATimingThatMeasures(Suite entry) {
        for (Suite.Variant variant : entry.variants()) {
            Map<String, String> given = new TreeMap<>(variant.given());
            given.remove(Suite.PARALLELISM.name());
            Settings settings = Settings.of(entry.definition().parameters(), given);
            assertThat(given)
                    .allSatisfy((name, value) -> assertThat(settings.word(name)).isEqualTo(value));
            assertThat(variant.timing().warmupIterations()).isNotNegative();
            assertThat(variant.timing().warmupMillis()).isPositive();
            assertThat(variant.timing().iterations()).isPositive();
            assertThat(variant.timing().millis()).isPositive();
        }
    }

    /** All but the memory of units, of which there is one climb a fork. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FOOTPRINT")
    void everyForkOfTheStandardProfileHasEnoughIterationsToBeJudged(Suite entry) {
        assertThat(entry.variants())
                .filteredOn(variant -> variant.profile() == Profile.STANDARD)
                .allSatisfy(variant -> assertThat(Steadiness.of(
                                Collections.nCopies(variant.timing().iterations(), 1.0)))
                        .isEqualTo(Steadiness.STEADY));
    }

    @ParameterizedTest
    @EnumSource
    void serialHasOneUnitAndAnIdealOfOne(Suite entry) {
        for (Profile profile : Profile.values()) {
            assertThat(entry.cases(profile, Map.of(), List.of(Model.SERIAL), 8)).allSatisfy(one -> {
                assertThat(one.parallelism()).isEqualTo(1);
                assertThat(one.ideal()).isEqualTo(1);
            });
        }
    }

    @Test
    void namesFindTheirModelAndProfileAndNothingElseDoes() {
        assertThat(Arrays.stream(Model.values()).map(model -> Model.find(model.label())))
                .allSatisfy(found -> assertThat(found).isPresent());
        assertThat(Model.find("SERIAL")).isEmpty();
        assertThat(Profile.find("smoke")).contains(Profile.SMOKE);
        assertThat(Profile.find("SMOKE")).isEmpty();
        assertThat(Suite.find("")).isEmpty();
    }
}
