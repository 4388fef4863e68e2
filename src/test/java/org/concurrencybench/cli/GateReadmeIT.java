package org.concurrencybench.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A JMH project that has nothing to do with ours, gated by the README's commands as they stand there: built by its own Maven
 * build, offline, and one of its benchmarks made 15 % slower since the origin's main branch.
 */
class GateReadmeIT {

    /** What waits is slowed, because a busy machine hardly changes how long that takes. */
    private static final String SOURCE = """
            package acme;

            import java.util.concurrent.TimeUnit;
            import org.openjdk.jmh.annotations.*;

            @OutputTimeUnit(TimeUnit.MILLISECONDS)
            @Warmup(iterations = 1, time = 1, timeUnit = TimeUnit.MILLISECONDS)
            @Measurement(iterations = 5, time = 1, timeUnit = TimeUnit.MILLISECONDS)
            public class Bench {
                @Benchmark
                @BenchmarkMode(Mode.AverageTime)
                public void parse() throws InterruptedException {
                    Thread.sleep(20);
                }

                @Benchmark
                @BenchmarkMode({Mode.AverageTime, Mode.Throughput})
                public void write() throws InterruptedException {
                    Thread.sleep(PAUSE);
                }
            }
            """;

    /** As JMH's archetype has it, but for a jar beside its libraries in place of one that holds them. */
    private static final String POM = """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>acme</groupId>
              <artifactId>acme</artifactId>
              <version>1</version>
              <properties>
                <maven.compiler.release>25</maven.compiler.release>
                <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
              </properties>
              <dependencies>
                <dependency>
                  <groupId>org.openjdk.jmh</groupId>
                  <artifactId>jmh-core</artifactId>
                  <version>${JMH}</version>
                </dependency>
              </dependencies>
              <build>
                <finalName>benchmarks</finalName>
                <plugins>
                  <plugin>
                    <artifactId>maven-compiler-plugin</artifactId>
                    <version>${maven-compiler-plugin}</version>
                    <configuration>
                      <annotationProcessorPaths>
                        <path>
                          <groupId>org.openjdk.jmh</groupId>
                          <artifactId>jmh-generator-annprocess</artifactId>
                          <version>${JMH}</version>
                        </path>
                      </annotationProcessorPaths>
                    </configuration>
                  </plugin>
                  <plugin>
                    <artifactId>maven-resources-plugin</artifactId>
                    <version>${maven-resources-plugin}</version>
                  </plugin>
                  <plugin>
                    <artifactId>maven-surefire-plugin</artifactId>
                    <version>${maven-surefire-plugin}</version>
                  </plugin>
                  <plugin>
                    <artifactId>maven-dependency-plugin</artifactId>
                    <version>${maven-dependency-plugin}</version>
                    <executions>
                      <execution>
                        <phase>prepare-package</phase>
                        <goals>
                          <goal>copy-dependencies</goal>
                        </goals>
                        <configuration>
                          <outputDirectory>${project.build.directory}/lib</outputDirectory>
                        </configuration>
                      </execution>
                    </executions>
                  </plugin>
                  <plugin>
                    <artifactId>maven-jar-plugin</artifactId>
                    <version>${maven-jar-plugin}</version>
                    <configuration>
                      <archive>
                        <manifest>
                          <mainClass>org.openjdk.jmh.Main</mainClass>
                          <addClasspath>true</addClasspath>
                          <classpathPrefix>lib/</classpathPrefix>
                        </manifest>
                      </archive>
                    </configuration>
                  </plugin>
                </plugins>
              </build>
            </project>
            """;

    @TempDir
    private Path directory;

    private Program program;
    private Path project;

    @BeforeEach
    void makeProject() throws IOException, InterruptedException {
        program = Program.throughScript(directory);
        Path beside = program.root().resolveSibling("concurrency-benchmarks");
        Files.createSymbolicLink(beside, program.root());
        project = Files.createDirectory(beside.resolveSibling("acme"));
        Path origin = beside.resolveSibling("origin.git");
        Files.createDirectories(project.resolve("src/main/java/acme"));
        Files.createDirectory(project.resolve(".mvn"));
        Files.writeString(project.resolve(".mvn/maven.config"), "-o\n");
        Files.writeString(project.resolve("pom.xml"), pom());
        git("init", "-q", "--bare", origin.toString());
        git("init", "-q");
        git("remote", "add", "origin", origin.toString());
        commit("20");
        git("push", "-q", "origin", "HEAD:refs/heads/main");
        commit("23");
    }

    @Test
    void theSlowedBenchmarkFailsTheBuildInTimeAndInThroughputAndNoOtherDoes() throws Exception {
        Program.Outcome outcome = program.shell("cd '%s'\n%s".formatted(project, commands()));

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out().lines().toList()).as(outcome.err()).last().isEqualTo("1");
        assertThat(outcome.out()
                        .lines()
                        .map(String::strip)
                        .filter(line -> line.startsWith("regressed "))
                        .map(line -> line.substring(line.indexOf("acme."))))
                .containsExactlyInAnyOrder("acme.Bench.write (avgt)", "acme.Bench.write (thrpt)");
        assertThat(outcome.out()).containsPattern("(unchanged|undecided) .*acme.Bench.parse \\(avgt\\)");
        assertThat(git("worktree", "list").lines()).hasSize(1);
        assertThat(program.files("charts/comparison")).contains("index.html", "change.svg", "change.png");
    }

    /** The section's first block, as it stands. */
    private static String commands() throws IOException {
        String readme = Files.readString(Program.PROJECT.resolve("README.md"));
        String section = readme.substring(readme.indexOf("## Gate your own JMH project"));
        int start = section.indexOf("```sh\n") + "```sh\n".length();
        String commands = section.substring(start, section.indexOf("```", start));
        assertThat(commands.lines()).hasSize(3);
        return commands;
    }

    /** With the versions that our own build has, because those are at hand without a network. */
    private static String pom() throws IOException {
        String ours = Files.readString(Program.PROJECT.resolve("pom.xml"));
        Matcher plugin = Pattern.compile("<artifactId>(maven-[a-z]+-plugin)</artifactId>\\s*<version>([^<]+)</version>")
                .matcher(ours);
        String pom = POM;
        while (plugin.find()) {
            pom = pom.replace("${" + plugin.group(1) + "}", plugin.group(2));
        }
        Matcher jmh = Pattern.compile("<version.jmh>([^<]+)<").matcher(ours);
        assertThat(jmh.find()).isTrue();
        return pom.replace("${JMH}", jmh.group(1));
    }

    private void commit(String millis) throws IOException, InterruptedException {
        Files.writeString(project.resolve("src/main/java/acme/Bench.java"), SOURCE.replace("PAUSE", millis));
        git("add", ".");
        git("-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "-q", "-m", "a commit");
    }

    private String git(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .directory(project.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
