package org.concurrencybench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkloadDefinitionTest {

    static List<WorkloadDefinition> ours() {
        return List.of(
                new SquareCube(),
                new SumOfSquares(),
                new BankBalance(),
                new QueueHandOff(),
                new PoolMap(),
                new ResultSharing(),
                new LostUpdate(),
                new SharedCounter(),
                new WorkerFailure(),
                new Spawn(),
                new Footprint(),
                new Stop(),
                new Ticker(),
                new ManySleepers());
    }

    @ParameterizedTest
    @MethodSource("ours")
    void eachIsFoundByItsName(WorkloadDefinition definition) {
        assertThat(WorkloadDefinition.find(definition.name())).containsInstanceOf(definition.getClass());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no-such-workload", "Bank-Balance"})
    void aNameThatNoneHasFindsNone(String name) {
        assertThat(WorkloadDefinition.find(name)).isEmpty();
    }

    @Test
    void theServicesFileListsExactlyTheImplementationsThatExist() throws IOException, URISyntaxException {
        Path classes = Path.of(SumOfSquares.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<String> listed =
                Files.readAllLines(classes.resolve("META-INF/services/" + WorkloadDefinition.class.getName()));

        assertThat(listed).containsExactlyInAnyOrderElementsOf(implementations(classes));
        assertThat(listed)
                .containsExactlyInAnyOrderElementsOf(ours().stream()
                        .map(definition -> definition.getClass().getName())
                        .toList());
    }

    private static List<String> implementations(Path classes) throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            return files.map(file -> classes.relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && !name.endsWith("-info.class"))
                    .filter(name -> !name.contains("jmh_generated"))
                    // Nobody's workload: it wraps one for a picture, and is made by its class alone.
                    .filter(name -> !name.endsWith("TracedDefinition.class"))
                    .map(name -> name.replaceAll("\\.class$", "").replaceAll("[/\\\\]", "."))
                    .map(WorkloadDefinitionTest::load)
                    .filter(WorkloadDefinition.class::isAssignableFrom)
                    .filter(type -> !Modifier.isAbstract(type.getModifiers()))
                    // Of no use without a function of the user's, with which the command line makes it.
                    .filter(type -> type != FunctionMap.class)
                    .map(Class::getName)
                    .toList();
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, WorkloadDefinitionTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(name, e);
        }
    }

    @ParameterizedTest
    @MethodSource("ours")
    void namesAreInSmallLettersAndEveryDefaultIsAllowed(WorkloadDefinition definition) {
        assertThat(definition.name()).matches("[a-z0-9]+(-[a-z0-9]+)*");
        assertThat(definition.lesson()).isNotBlank().doesNotContain("\n");
        assertThat(definition.parameters())
                .isNotEmpty()
                .allSatisfy(parameter ->
                        assertThat(parameter.accepts(parameter.defaultValue())).isTrue());
        assertThat(definition.naturalParallelism(Given.settings(definition, Map.of()), 1))
                .isPositive();
    }

    @Test
    void kindsAreSpeltAsInFiles() {
        assertThat(Arrays.stream(Kind.values()).map(Kind::label))
                .containsExactly("sleep-bound", "cpu-bound", "lock-contended", "overhead");
        assertThat(ours().stream().map(WorkloadDefinition::kind)).contains(Kind.values());
    }

    @Test
    void equalTasksThatWaitTakeAsManyRoundsAsAllNeed() {
        assertThat(WorkloadDefinition.idealOfEqualTasks(1, 1)).isEqualTo(1);
        assertThat(WorkloadDefinition.idealOfEqualTasks(10, 10)).isEqualTo(10);
        assertThat(WorkloadDefinition.idealOfEqualTasks(10, 9)).isEqualTo(5);
        assertThat(WorkloadDefinition.idealOfEqualTasks(9, 2)).isEqualTo(1.8);
        assertThat(WorkloadDefinition.idealOfEqualTasks(2, 1000)).isEqualTo(2);
    }
}
