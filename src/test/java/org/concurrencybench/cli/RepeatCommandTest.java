package org.concurrencybench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.concurrencybench.sample.RunEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepeatCommandTest {

    private static RunEnvironment run(String profile, Map<String, String> call) {
        Map<String, String> machine = new HashMap<>(Map.of("processor", "AMD EPYC"));
        call.forEach((name, value) -> machine.put("call " + name, value));
        return new RunEnvironment("r", profile, 42, 8, "then", "later", 2, machine, Map.of(), Map.of(), List.of());
    }

    @Test
    void aPlainRunIsItsProfileAndItsSeed() {
        assertThat(RepeatCommand.of(run("standard", Map.of("precision", "3%"))))
                .contains("./run-benchmarks.sh run --profile standard --precision 3% --seed 42");
    }

    @Test
    void everyWordOfTheCallIsThere() {
        CallWords call = new CallWords(
                List.of("square-cube", "queue"),
                List.of("serial"),
                List.of("tasks=10", "20", "lock=none"),
                "0",
                "90s",
                2,
                List.of("-Xmx2g -XX:+UseZGC", "-Dx='y z'"));
        Map<String, String> words = new HashMap<>();
        call.asWords().forEach((name, value) -> words.put(name.substring("call ".length()), value));

        assertThat(RepeatCommand.of(run("full", words)))
                .contains("./run-benchmarks.sh run --profile full --workload square-cube,queue --model serial "
                        + "-p tasks=10,20,lock=none --precision 0 --budget 90s --jvm JDK1,JDK2 "
                        + "--jvm-args '-Xmx2g -XX:+UseZGC' --jvm-args '-Dx='\\''y z'\\''' --seed 42");
    }

    @Test
    void aSetOfNoFlagsIsASetToo() {
        for (List<String> flags :
                List.of(List.of("-XX:+UseZGC", ""), List.of(""), List.of("", "-Xmx1g"), List.of("", ""))) {
            Map<String, String> words = new HashMap<>();
            new CallWords(List.of(), List.of(), List.of(), "3%", "", 0, flags)
                    .asWords()
                    .forEach((name, value) -> words.put(name.substring("call ".length()), value));

            assertThat(CallWords.of(run("standard", words)).flags()).isEqualTo(flags);
        }
        assertThat(CallWords.of(run("standard", Map.of())).flags()).isEmpty();
    }

    @Test
    void aRunOfOnesOwnCodeCannotBeRepeatedFromItsFileAlone() {
        assertThat(RepeatCommand.of(run("own", Map.of("precision", "3%")))).isEmpty();
    }

    @Test
    void noDirectoryOfTheMachineIsPublished() {
        assertThat(RepeatCommand.withoutPaths(
                        "-XX:AOTCache=/home/me/x.aot -cp /a/b:/c @/d -Djava.io.tmpdir=/tmp/x -Xmx1g"))
                .isEqualTo("-XX:AOTCache=PATH -cp PATH:PATH @PATH -Djava.io.tmpdir=PATH -Xmx1g");
        assertThat(RepeatCommand.withoutPaths("GNU/Linux 12, --add-exports=java.base/jdk.internal.misc=ALL-UNNAMED"))
                .isEqualTo("GNU/Linux 12, --add-exports=java.base/jdk.internal.misc=ALL-UNNAMED");
    }

    /** As a shell reads it. */
    @ParameterizedTest
    @ValueSource(
            strings = {"plain", "two words", "it's", "$HOME `id` \"q\" \\", "a;b|c&d>e", "*", "~", "", "-n", "ü", "a\nb"
            })
    void aShellReadsEachWordBack(String word) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-c", "printf '%s' " + RepeatCommand.quoted(word))
                .redirectErrorStream(true)
                .start();
        try {
            String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(shell.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(said).isEqualTo(word);
        } finally {
            shell.destroyForcibly();
        }
    }
}
