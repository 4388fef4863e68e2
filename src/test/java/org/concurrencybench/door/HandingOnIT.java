package org.concurrencybench.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What reaches the JVM when there is nothing to build. */
final class HandingOnIT {

    @TempDir
    Path directory;

    private Project project;

    @BeforeEach
    void aProjectThatIsBuilt() throws IOException {
        project = Project.in(directory);
        project.built();
        project.jdk("jdk", "25.0.3");
    }

    @Test
    void flagsJarAndRootComeBeforeTheWords() throws Exception {
        List<String> expected = new ArrayList<>(Project.FLAGS);
        expected.addAll(List.of(
                "-jar",
                project.jar().toString(),
                "--root",
                project.root().toString(),
                "list",
                "--workload",
                "square-cube"));

        assertThat(project.run("list", "--workload", "square-cube").exitCode()).isZero();
        assertThat(project.jvmArguments()).isEqualTo(expected);
    }

    @Test
    void noWordsStayNoWords() throws Exception {
        assertThat(project.run().exitCode()).isZero();
        assertThat(project.words()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "two  words ",
                "it's \"quoted\"",
                "$(touch never) `true` ${HOME} $1",
                "*",
                "[a-z]? ~ {a,b}",
                "first\nsecond\n",
                "back\\slash\\n",
                "-n",
                "--",
                "Größe ✓",
                "a;b|c&d>e<f!g#h"
            })
    void everyWordArrivesUnchanged(String word) throws Exception {
        assertThat(project.run("report", word, "last").exitCode()).isZero();
        assertThat(project.words()).isEqualTo(List.of("report", word, "last"));
    }

    @Test
    void itWorksFromAnotherDirectory() throws Exception {
        Path elsewhere = Files.createDirectories(project.base().resolve("elsewhere"));

        Project.Outcome outcome =
                project.run(elsewhere, Map.of("CDPATH", project.base().toString()), List.of("list"));

        assertThat(outcome.exitCode()).isZero();
        assertThat(project.jvmArguments())
                .containsSequence("--root", project.root().toString());
    }

    @Test
    void itWorksThroughASymbolicLink() throws Exception {
        Path bin = Files.createDirectories(project.base().resolve("bin"));
        Files.createSymbolicLink(bin.resolve("first"), Path.of("../the project/run-benchmarks.sh"));
        Files.createSymbolicLink(bin.resolve("second"), Path.of("first"));

        Project.Outcome outcome = Project.await(
                project.start(bin, Map.of(), List.of(bin.resolve("second").toString(), "list")));

        assertThat(outcome.exitCode()).isZero();
        assertThat(project.jvmArguments())
                .containsSequence("--root", project.root().toString());
    }

    @Test
    void itWorksWhenGivenToBashByItsBareName() throws Exception {
        Path bash = project.base().resolve("tools/bash");

        Project.Outcome outcome = Project.await(
                project.start(project.root(), Map.of(), List.of(bash.toString(), "run-benchmarks.sh", "list")));

        assertThat(outcome.exitCode()).isZero();
        assertThat(project.jvmArguments())
                .containsSequence("--root", project.root().toString());
    }

    @Test
    void theJvmTakesTheScriptsPlaceSoThatSignalsReachIt() throws Exception {
        Project.Outcome outcome = project.run("run");

        assertThat(Files.readString(project.base().resolve("jvm-process")).strip())
                .isEqualTo(Long.toString(outcome.pid()));
    }

    @Test
    void theExitCodeIsTheJvmsOwn() throws Exception {
        Files.writeString(project.jdk("jdk", "25.0.3").resolve("bin/java"), "#!/usr/bin/env bash\nexit 5\n");

        assertThat(project.run("run").exitCode()).isEqualTo(5);
    }

    @Test
    void nothingIsSaidThatTheProgramDidNotSay() throws Exception {
        Project.Outcome outcome = project.run("run");

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).isEqualTo("from jdk\n");
    }
}
