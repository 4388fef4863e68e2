package org.concurrencybench.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When the script builds, and what is left and said when that does not end well. */
final class BuildingIT {

    @TempDir
    Path directory;

    private Project project;
    private Path jdk;

    @BeforeEach
    void aProjectThatIsNotBuilt() throws IOException {
        project = Project.in(directory);
        jdk = project.jdk("jdk", "25.0.3");
    }

    @Test
    void theFirstCallBuildsWithTheJdkThatWasFoundAndThenRuns() throws Exception {
        project.workingMaven();

        Project.Outcome outcome = project.run("list");

        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err()).isEqualTo("building (first time takes a minute or two) …\n");
        assertThat(outcome.out()).isEqualTo("from jdk\n");
        assertThat(project.mavenCalls())
                .isEqualTo(List.of(jdk + " -B -ntp -q -DskipTests -Dspotless.check.skip=true package"));
        assertThat(project.stamp()).exists();
        assertThat(project.lock()).doesNotExist();
    }

    @Test
    void theSecondCallDoesNotBuild() throws Exception {
        project.workingMaven();
        project.run("list");

        Project.Outcome outcome = project.run("list");

        assertThat(outcome.err()).isEmpty();
        assertThat(project.mavenCalls()).hasSize(1);
    }

    @Test
    void aJarThatIsUpToDateNeedsNoMaven() throws Exception {
        project.built();

        assertThat(project.run("list").exitCode()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"pom.xml", "src/main/java/A.java", "src/main/java"})
    void whatIsNewerThanTheLastBuildLeadsToTheNext(String newer) throws Exception {
        project.built();
        project.workingMaven();
        project.saveLater(newer);

        assertThat(project.run("list").exitCode()).isZero();
        assertThat(project.mavenCalls()).hasSize(1);
    }

    @Test
    void whatIsSavedDuringABuildCountsAsNewer() throws Exception {
        project.maven("mkdir -p target && sleep 0.1 && touch src/main/java/A.java && echo jar >$jar\n");
        project.run("list");
        project.workingMaven();

        project.run("list");

        assertThat(project.mavenCalls()).hasSize(2);
    }

    @Test
    void aJarWithoutStampIsNotTrusted() throws Exception {
        project.built();
        Files.delete(project.stamp());
        project.workingMaven();

        project.run("list");

        assertThat(project.mavenCalls()).hasSize(1);
    }

    @Test
    void withoutMavenItSaysWhatIsMissingInOneLine() throws Exception {
        Project.Outcome outcome = project.run("list");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(outcome.err()).contains("Maven 3.6.3 or newer").contains("install");
        assertThat(project.root().resolve("target")).doesNotExist();
    }

    @Test
    void aFailedBuildIsOneLineThatSaysWhatAndWhere() throws Exception {
        project.built();
        project.saveLater("pom.xml");
        project.maven("""
                mkdir -p target && echo half >$jar
                echo '[ERROR] COMPILATION ERROR : '
                echo "[ERROR] $PWD/src/main/java/A.java:[1,7] class, interface or enum expected"
                echo '[ERROR] Failed to execute goal something: Compilation failure -> [Help 1]'
                exit 1
                """);

        Project.Outcome outcome = project.run("list");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.complaint())
                .contains(": src/main/java/A.java:[1,7] class, interface or enum expected;")
                .contains(project.root().resolve("target/build.log").toString());
        assertThat(outcome.out()).isEmpty();
        assertThat(project.jar()).doesNotExist();
        assertThat(project.stamp()).doesNotExist();
        assertThat(project.lock()).doesNotExist();
        assertThat(project.root().resolve("target/build.log")).content().contains("COMPILATION ERROR");
    }

    @Test
    void aLongReasonIsMadeShort() throws Exception {
        project.maven("printf '[ERROR] %0900d\\n' 7; exit 1\n");

        assertThat(project.run("list").complaint()).hasSizeLessThan(600).contains("…");
    }

    @Test
    void aMavenThatSaysNothingOfErrorsIsQuotedWithItsLastLine() throws Exception {
        project.maven("echo 'The JAVA_HOME environment variable is odd'; exit 1\n");

        assertThat(project.run("list").complaint()).contains("The JAVA_HOME environment variable is odd");
    }

    @Test
    void aMavenThatLeavesNoJarHasFailed() throws Exception {
        project.maven("exit 0\n");

        Project.Outcome outcome = project.run("list");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.complaint()).contains("could not be written");
        assertThat(project.stamp()).doesNotExist();
    }

    @Test
    void librariesThatCannotBeFetchedPointToTheNetwork() throws Exception {
        project.maven("echo '[ERROR] Failed to execute goal on project x: Could not resolve dependencies'; exit 1\n");

        assertThat(project.run("list").complaint()).contains("network");
    }

    @Test
    void aFullDiskIsSaidBeforeAnythingIsWritten() throws Exception {
        project.workingMaven();
        project.tool("df", """
                echo 'Filesystem 1024-blocks Used Available Capacity Mounted on'
                echo 'map auto home 1000000 900000 102400 90% /mount point'
                """);

        Project.Outcome outcome = project.run("list");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(outcome.err())
                .contains("/mount point")
                .contains("100 MB free")
                .contains("200 MB needed");
        assertThat(project.root().resolve("target")).doesNotExist();
        assertThat(project.mavenCalls()).isEmpty();
    }

    @Test
    void aDiskThatFillsUpDuringTheBuildLeavesNothingHalfBuilt() throws Exception {
        project.maven("""
                mkdir -p target/classes target/lib && echo half >$jar
                echo '[ERROR] Failed to execute goal jar: /x/y.jar: No space left on device'
                exit 1
                """);

        Project.Outcome outcome = project.run("list");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.complaint()).contains("became full").contains("No space left on device");
        assertNothingHalfBuilt();
    }

    @Test
    void aDirectoryThatCannotBeWrittenToIsSaidInOneLine() throws Exception {
        project.workingMaven();
        Files.setPosixFilePermissions(project.root(), PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            assumeFalse(Files.isWritable(project.root()), "this user may write everywhere");

            Project.Outcome outcome = project.run("list");

            assertThat(outcome.exitCode()).isEqualTo(2);
            assertThat(outcome.err().lines()).hasSize(1);
            assertThat(outcome.err()).contains("cannot be written to");
        } finally {
            Files.setPosixFilePermissions(project.root(), PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void aTargetThatIsNoDirectoryIsSaidInOneLine() throws Exception {
        project.workingMaven();
        Files.writeString(project.root().resolve("target"), "in the way");

        Project.Outcome outcome = project.run("list");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(outcome.err()).contains("cannot be written to");
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void aSignalDuringTheBuildEndsMavenAndRemovesWhatIsHalfBuilt(String signal, int exitCode) throws Exception {
        assumeFalse(signal.equals("INT") && project.ignoresInterrupt(), "Ctrl-C is ignored here");
        project.maven("""
                mkdir -p target/classes target/lib && echo half >$jar
                sleep 300 &
                echo $! >child
                echo $$ >maven
                wait
                """);
        Project.Running running = project.start();
        Path maven = project.root().resolve("maven");
        Project.awaitThat(() -> holdsANumber(maven), "Maven did not start");

        project.signal(signal, running.process());
        Project.Outcome outcome = Project.await(running);

        assertThat(outcome.exitCode()).isEqualTo(exitCode);
        assertThat(outcome.complaint()).contains("interrupted");
        assertNothingHalfBuilt();
        assertEnded(maven);
        assertEnded(project.root().resolve("child"));
    }

    @Test
    void twoCallsAtTheSameTimeBuildOnce() throws Exception {
        project.maven("mkdir -p target && touch begun && sleep 1.5 && echo jar >$jar\n");

        Project.Running first = project.start();
        Project.awaitFile(project.root().resolve("begun"));
        Project.Running second = project.start();

        assertThat(Project.await(first).exitCode()).isZero();
        Project.Outcome outcome = Project.await(second);
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.err())
                .startsWith(
                        "waiting for another build (process " + first.process().pid() + ")");
        assertThat(project.mavenCalls()).hasSize(1);
        assertThat(project.lock()).doesNotExist();
    }

    @Test
    void whatAKilledBuildLeftIsTakenOver() throws Exception {
        project.maven("mkdir -p target/lib && touch target/lib/half && echo $$ >maven && exec sleep 300\n");
        Project.Running killed = project.start();
        Path maven = project.root().resolve("maven");
        Project.awaitThat(() -> holdsANumber(maven), "Maven did not start");
        Project.awaitFile(project.lock().resolve("maven"));
        project.signal("KILL", killed.process());
        Project.await(killed);
        project.workingMaven();

        Project.Running next = project.start();
        Project.awaitThat(() -> holds(next.err(), "waiting"), "a Maven that still runs has to be waited for");
        ProcessHandle.of(number(maven)).ifPresent(ProcessHandle::destroyForcibly);
        Project.Outcome outcome = Project.await(next);

        assertThat(outcome.exitCode()).isZero();
        assertThat(project.root().resolve("target/lib/half")).doesNotExist();
        assertThat(project.lock()).doesNotExist();
    }

    private void assertNothingHalfBuilt() {
        assertThat(project.jar()).doesNotExist();
        assertThat(project.stamp()).doesNotExist();
        assertThat(project.lock()).doesNotExist();
        assertThat(project.root().resolve("target/classes")).doesNotExist();
        assertThat(project.root().resolve("target/lib")).doesNotExist();
    }

    private static void assertEnded(Path pidFile) throws InterruptedException {
        long pid = number(pidFile);
        Project.awaitThat(
                () -> ProcessHandle.of(pid).map(process -> !process.isAlive()).orElse(true),
                "process " + pid + " of " + pidFile + " still lives");
    }

    private static boolean holdsANumber(Path file) {
        return holds(file, "\n");
    }

    private static boolean holds(Path file, String text) {
        try {
            return Files.exists(file) && Files.readString(file).contains(text);
        } catch (IOException e) {
            return false;
        }
    }

    private static long number(Path file) {
        try {
            return Long.parseLong(Files.readString(file).strip());
        } catch (IOException e) {
            throw new AssertionError(file + " cannot be read", e);
        }
    }
}
