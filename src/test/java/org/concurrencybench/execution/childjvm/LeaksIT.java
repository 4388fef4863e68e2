package org.concurrencybench.execution.childjvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.concurrencybench.execution.Batch;
import org.concurrencybench.execution.WorkloadSpec;
import org.concurrencybench.workload.BankBalance;
import org.concurrencybench.workload.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Pools come and go; nothing of them stays. */
@Timeout(300)
class LeaksIT {

    private static final int POOLS = 50;

    @Test
    @EnabledOnOs(OS.LINUX)
    void fiftyPoolsLeaveNoThreadProcessDescriptorOrMapping() throws Exception {
        WorkloadSpec spec = new WorkloadSpec(
                new BankBalance(), Settings.of(new BankBalance().parameters(), Map.of("transfers", "10")));
        // What the first one loads stays, and is no leak.
        openRunClose(spec);
        Leftovers.assertNone();
        long descriptors = descriptors();

        for (int i = 0; i < POOLS; i++) {
            openRunClose(spec);
        }

        Leftovers.assertNone();
        // The JDK itself closes what a process leaves, soon after its end.
        Leftovers.await(Duration.ofSeconds(3), () -> descriptors() <= descriptors);
        assertThat(descriptors()).isLessThanOrEqualTo(descriptors);
        assertThat(mappings()).isEmpty();
    }

    private static void openRunClose(WorkloadSpec spec) throws Exception {
        try (Batch batch = new ChildJvms().prepare(spec, 2)) {
            batch.reset();
            batch.check(batch.run());
            assertThat(mappings()).isNotEmpty();
        }
    }

    private static long descriptors() {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            return open.count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> mappings() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/maps")).stream()
                .filter(line -> line.contains("concurrency-benchmarks-"))
                .toList();
    }
}
