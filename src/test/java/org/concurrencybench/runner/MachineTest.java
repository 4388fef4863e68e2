package org.concurrencybench.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineTest {

    @TempDir
    Path project;

    @Test
    void saysWhatTheMachineIs() {
        Map<String, String> described = new Machine().describe(project);

        assertThat(described)
                .containsKeys("processor", "cores", "memory", "os", "architecture", "jdk", "vm", "runner flags")
                .doesNotContainKey("git revision");
        assertThat(described.get("cores"))
                .startsWith(Runtime.getRuntime().availableProcessors() + " usable, ")
                .endsWith(" logical");
        assertThat(described.get("memory")).matches("[0-9]+\\.[0-9] GiB");
        assertThat(described.values())
                .allSatisfy(value ->
                        assertThat(value).isNotBlank().isEqualTo(value.strip()).hasLineCount(1));
    }

    @Test
    void namesNeitherTheUserNorTheHostNorAnyDirectoryOfTheirs() throws IOException {
        String everything = new Machine().describe(project).toString();

        assertThat(everything)
                .doesNotContain(System.getProperty("user.home"), System.getProperty("java.home"), project.toString());
        // Names of a letter or two would be found in any text.
        String host = InetAddress.getLocalHost().getHostName();
        if (host.length() > 3) {
            assertThat(everything).doesNotContain(host);
        }
    }

    @Test
    void theRevisionIsReadFromAReferenceFromPackedReferencesOrFromADetachedHead() throws IOException {
        Path git = project.resolve(".git");
        Files.createDirectories(git.resolve("refs/heads"));
        Files.writeString(git.resolve("HEAD"), "ref: refs/heads/main\n");
        assertThat(new Machine().describe(project)).doesNotContainKey("git revision");

        Files.writeString(git.resolve("packed-refs"), "# pack-refs with: peeled\n1111aaaa refs/heads/main\n");
        assertThat(new Machine().describe(project)).containsEntry("git revision", "1111aaaa");

        Files.writeString(git.resolve("refs/heads/main"), "2222bbbb\n");
        assertThat(new Machine().describe(project)).containsEntry("git revision", "2222bbbb");

        Files.writeString(git.resolve("HEAD"), "3333cccc\n");
        assertThat(new Machine().describe(project)).containsEntry("git revision", "3333cccc");
    }

    @Test
    void theLastCoreMayBeAPartOfOne() {
        assertThat(Machine.share(2, Map.of("cgroup CPU quota", "1.50 cores"))).isEqualTo(1.5);
        assertThat(Machine.share(2, Map.of("cgroup CPU quota", "none"))).isEqualTo(2);
        assertThat(Machine.share(2, Map.of())).isEqualTo(2);
        assertThat(Machine.share(2, Map.of("cgroup CPU quota", "8.00 cores"))).isEqualTo(2);
        assertThat(Machine.share(1, Map.of("cgroup CPU quota", "0.25 cores"))).isEqualTo(1);
        assertThat(new Machine().share()).isBetween(1.0, (double) new Machine().cores());
    }

    @Test
    void oneLineNamesProcessorCoresMemoryAndJdk() {
        assertThat(Machine.oneLine(Map.of(
                        "processor",
                        "Acme 9000",
                        "cores",
                        "2 usable, 4 physical, 8 logical",
                        "memory",
                        "23.5 GiB",
                        "jdk",
                        "25.0.3+9-LTS Acme")))
                .isEqualTo("Acme 9000, 2 cores, 23.5 GiB, JDK 25.0.3");
    }

    @Test
    void oneLineOfNothingSaysThatNothingIsKnown() {
        assertThat(Machine.oneLine(Map.of())).isEqualTo("unknown processor, ? cores, unknown memory, JDK unknown");
    }

    @Test
    void theLoadIsNumbersOrSaysThatItIsUnknown() {
        Map<String, String> load = new Machine().load();

        assertThat(load).containsOnlyKeys("load average, 1 5 15 min", "memory available", "steal");
        assertThat(load.get("steal")).matches("unknown|[0-9]+\\.[0-9]{2} %");
    }
}
