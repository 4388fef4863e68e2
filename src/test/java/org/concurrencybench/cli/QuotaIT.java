package org.concurrencybench.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run in a real control group with a real quota, as a container has one; only where this test may make one. */
class QuotaIT {

    private static final Path GROUPS = Path.of("/sys/fs/cgroup");

    @TempDir
    Path directory;

    private final boolean unified = Files.exists(GROUPS.resolve("cgroup.controllers"));

    private final Path group = (unified ? GROUPS : GROUPS.resolve("cpu"))
            .resolve("concurrency-benchmarks-test-" + ProcessHandle.current().pid());

    private void makeGroup(String quotaMicros) throws IOException {
        try {
            Files.createDirectory(group);
            if (unified) {
                Files.writeString(group.resolve("cpu.max"), quotaMicros + " 100000");
            } else {
                Files.writeString(group.resolve("cpu.cfs_period_us"), "100000");
                Files.writeString(group.resolve("cpu.cfs_quota_us"), quotaMicros);
            }
        } catch (IOException e) {
            assumeTrue(false, "no control group may be made here: " + e);
        }
    }

    /** A group can only be removed when the last of its processes is gone. */
    @AfterEach
    void noGroup() throws IOException, InterruptedException {
        if (Files.exists(group)) {
            Program.awaitThat(
                    () -> Files.readString(group.resolve("cgroup.procs")).isEmpty(), "processes are left in " + group);
            Files.delete(group);
        }
    }

    @ParameterizedTest
    @CsvSource({"100000, 1.00 cores, 1, 1.0", "150000, 1.50 cores, 2, 1.5"})
    void parallelismAndIdealFollowTheQuota(String quotaMicros, String cores, String parallelism, String ideal)
            throws Exception {
        makeGroup(quotaMicros);
        assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "there is but one core without a quota, too");
        List<String> intoTheGroup = List.of(
                "sh",
                "-c",
                "echo $$ >\"$0\" && exec \"$@\"",
                group.resolve("cgroup.procs").toString());
        Program program = Program.throughScript(directory);

        Program.Outcome outcome = program.start(
                        intoTheGroup,
                        Map.of(),
                        "run",
                        "--profile",
                        "smoke",
                        "--workload",
                        "sum-of-squares",
                        "--model",
                        "serial,platform-threads",
                        "-p",
                        "tasks=100",
                        "--name",
                        "quota")
                .await();

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.err() + outcome.out()).contains("cgroup CPU quota: " + cores);
        try (CSVParser summary = CSVFormat.RFC4180
                .builder()
                .setHeader()
                .get()
                .parse(Files.newBufferedReader(program.file("results/quota/summary.csv")))) {
            assertThat(summary.getRecords())
                    .extracting(
                            row -> row.get("model"), row -> row.get("params").split(";", 2)[0], row -> row.get("ideal"))
                    .containsExactlyInAnyOrder(
                            tuple("serial", "parallelism=1", "1.0"),
                            tuple("platform-threads", "parallelism=" + parallelism, ideal));
        }
        assertThat(program.file("results/quota/environment.json")).content().contains(cores);
    }
}
