package org.concurrencybench.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.FailedCase;
import org.concurrencybench.sample.FormatException;
import org.concurrencybench.sample.Params;
import org.concurrencybench.sample.RunEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunEnvironmentTest {

    @TempDir
    Path directory;

    @Test
    void comesBackFromItsFileAsItWas() throws IOException, FormatException {
        CaseKey key = new CaseKey("a.b.run", "work", "cpu-bound", "serial", Params.of(Map.of("odd;name", "1=2%\n")));
        RunEnvironment environment = Plans.environment("one")
                .withCases(Map.of("a.b.run odd=1", "0123456789abcdef"), Map.of("a.b.run odd=1", 1.5))
                .withFailures(List.of(new FailedCase(key, 2, "it said \"no\" ✗ \u0007")))
                .ended("2026-01-02T04:00:00Z", Map.of("steal", "0.10 %"));
        Path file = directory.resolve("environment.json");

        environment.write(file);

        assertThat(RunEnvironment.read(file)).isEqualTo(environment);
        assertThat(RunEnvironment.read(file).failedCases())
                .containsExactly(new FailedCase(key, 2, "it said \"no\" ✗ \u0007"));
        assertThat(directory).isDirectoryNotContaining(other -> !other.equals(file));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "not json",
                "{\n\n",
                "[]",
                "{}",
                "null",
                "{\"run\": 7",
                "{\"run\": \"a\", \"surprise\": 1}",
                "{\"run\":\"a\",\"profile\":\"p\",\"seed\":\"many\",\"forks\":1,\"startedAt\":\"\",\"endedAt\":\"\","
                        + "\"cores\":1,\"machine\":{},\"before\":{},\"after\":{},\"failures\":[]}",
                "{\"run\":\"a\",\"profile\":\"p\",\"seed\":1,\"forks\":1,\"startedAt\":\"\",\"endedAt\":\"\",\"cores\":1,"
                        + "\"machine\":{\"jdk\":null},\"before\":{},\"after\":{},\"failures\":[null]}",
                "{\"run\":\"a\",\"profile\":\"p\",\"seed\":1,\"forks\":1,\"startedAt\":\"\",\"endedAt\":\"\",\"cores\":1,"
                        + "\"machine\":{},\"before\":{},\"after\":{},\"failures\":[{\"benchmark\":\"b\",\"workload\":\"w\","
                        + "\"kind\":\"k\",\"model\":\"m\",\"params\":\"broken\",\"fork\":1,\"reason\":\"r\"}]}"
            })
    void aBrokenFileIsNamedInOneLine(String json) throws IOException {
        Path file = Files.writeString(directory.resolve("environment.json"), json);

        assertThatThrownBy(() -> RunEnvironment.read(file))
                .isInstanceOf(FormatException.class)
                .message()
                .startsWith(file.toString())
                .contains("remove it")
                .hasLineCount(1);
    }
}
