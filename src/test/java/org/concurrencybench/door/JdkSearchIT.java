package org.concurrencybench.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which JDK the script takes, and what it says when there is none. */
final class JdkSearchIT {

    @TempDir
    Path directory;

    private Project project;

    @BeforeEach
    void aProjectThatIsBuilt() throws IOException {
        project = Project.in(directory);
        project.built();
    }

    @Test
    void withoutAnyJdkItSaysSoInOneLine() throws Exception {
        Project.Outcome outcome = project.run();

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(outcome.err()).contains("no JDK 25 or newer").contains("JAVA_HOME");
    }

    @Test
    void withOnlyAnOldJdkItNamesItsVersionAndPlace() throws Exception {
        Path old = project.jdk("temurin-17", "17.0.15");

        Project.Outcome outcome = project.run();

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(outcome.err()).contains("17.0.15 in " + old);
    }

    @Test
    void oldJdksAreNamedOnceEachHoweverManyWaysLeadToThem() throws Exception {
        Path old = project.jdk("temurin-17", "17.0.15");
        Files.createSymbolicLink(old.resolveSibling("default"), old);
        project.jdk("ancient", "1.8.0_392");

        Project.Outcome outcome = project.run(Map.of("JAVA_HOME", old.toString()));

        assertThat(outcome.err()).containsOnlyOnce("17.0.15").containsOnlyOnce("1.8.0_392");
    }

    @Test
    void aRuntimeWithoutCompilerIsNotTaken() throws Exception {
        Path runtime = project.jdk("jre", "25.0.1");
        Files.delete(runtime.resolve("bin/javac"));

        Project.Outcome outcome = project.run();

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.complaint()).contains("25.0.1 without javac in " + runtime);
    }

    @Test
    void javaHomeGoesBeforeNewerOnes() throws Exception {
        project.jdk("newer", "27");
        Path home = project.jdkElsewhere("my own jdk", "25");

        assertThat(project.run(Map.of("JAVA_HOME", home.toString())).out()).isEqualTo("from my own jdk\n");
    }

    @Test
    void anOldJavaHomeIsPassedOver() throws Exception {
        project.jdk("suitable", "25.0.3");
        Path home = project.jdkElsewhere("old", "21.0.2");

        Project.Outcome outcome = project.run(Map.of("JAVA_HOME", home.toString()));

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).isEqualTo("from suitable\n");
        assertThat(outcome.err()).isEmpty();
    }

    @Test
    void aJavaHomeThatDoesNotExistIsPassedOver() throws Exception {
        project.jdk("suitable", "25.0.3");

        assertThat(project.run(Map.of("JAVA_HOME", "/nowhere/at all")).out()).isEqualTo("from suitable\n");
    }

    @Test
    void theJavaOnThePathIsFollowedThroughItsLinks() throws Exception {
        project.jdk("newer", "27");
        Path home = project.jdkElsewhere("behind links", "26.0.1");
        Path alternatives = Files.createDirectories(project.base().resolve("alternatives"));
        Path bin = Files.createDirectories(project.base().resolve("links"));
        Files.createSymbolicLink(alternatives.resolve("java"), home.resolve("bin/java"));
        Files.createSymbolicLink(bin.resolve("java"), Path.of("../alternatives/java"));

        Project.Outcome outcome =
                project.run(Map.of("PATH", bin + ":" + project.base().resolve("tools")));

        assertThat(outcome.out()).isEqualTo("from behind links\n");
    }

    @Test
    void theNewestIsTakenByNumberNotByLetter() throws Exception {
        project.jdk("a", "25.0.9");
        project.jdk("b", "25.0.10");
        project.jdk("c", "25.0.2");
        project.jdk("d", "9.0.4");

        assertThat(project.run().out()).isEqualTo("from b\n");
    }

    @Test
    void anEarlyAccessBuildCountsButTheFinalOneIsNewer() throws Exception {
        project.jdk("early", "26-ea");
        assertThat(project.run().out()).isEqualTo("from early\n");

        project.jdk("final", "26");
        assertThat(project.run().out()).isEqualTo("from final\n");
    }

    @Test
    void aJdkWithoutReleaseFileIsAskedForItsVersion() throws Exception {
        Path home = project.jdk("unlabelled", "25.0.4");
        Files.delete(home.resolve("release"));

        assertThat(project.run().out()).isEqualTo("from unlabelled\n");
    }

    @Test
    void theLayoutOfMacIsKnown() throws Exception {
        project.jdk("jdk-25.jdk/Contents/Home", "25.0.4");

        assertThat(project.run().out()).isEqualTo("from Home\n");
    }

    @Test
    void theSearchPathMayHaveSeveralDirectoriesWithSpacesAndHoles() throws Exception {
        Path first = project.jdkElsewhere("first place/old", "17").getParent();
        Path second = project.jdkElsewhere("second place/new", "25.0.1").getParent();
        String path = first + "::" + project.base().resolve("not there") + ":" + second + "/";

        assertThat(project.run(Map.of("JDK_SEARCH_PATH", path)).out()).isEqualTo("from new\n");
    }

    @Test
    void printJdkSaysWhichItWouldBeAndStartsNothing() throws Exception {
        Path home = project.jdk("suitable", "25.0.3");

        Project.Outcome outcome = project.run("--print-jdk");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.out()).isEqualTo(home + "\n");
        assertThat(project.base().resolve("jvm-process")).doesNotExist();
    }
}
