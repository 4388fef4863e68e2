package org.concurrencybench.execution.childjvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.concurrencybench.execution.Batch;
import org.concurrencybench.execution.ExecutionException;
import org.concurrencybench.execution.ExecutionModel;
import org.concurrencybench.execution.WorkloadSpec;
import org.concurrencybench.execution.childjvm.FaultyWorkload.Fault;
import org.concurrencybench.workload.BankBalance;
import org.concurrencybench.workload.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Pools come and go; nothing of them stays. */
@Timeout(600)
class LeaksIT {

    private static final int POOLS = 200;
    private static final int BROKEN_POOLS = 10;

    private static final List<ExecutionModel> MODELS =
            List.of(new ChildJvms(), ChildJvms.overSharedMemory(), new SpareChildJvms(), new ColdChildJvms());

    @Test
    @EnabledOnOs(OS.LINUX)
    void twoHundredPoolsLeaveNoThreadProcessDescriptorOrMapping() throws Exception {
        WorkloadSpec spec = new WorkloadSpec(
                new BankBalance(), Settings.of(new BankBalance().parameters(), Map.of("transfers", "10")));
        // What the first ones load stays, and is no leak.
        for (ExecutionModel model : MODELS) {
            openRunClose(model, spec, 2);
        }
        Leftovers.assertNone();
        long descriptors = descriptors();
        long threads = threads();

        for (int i = 0; i < POOLS; i++) {
            // Mostly of one child each: what pools leave is counted, not children.
            openRunClose(MODELS.get(i % MODELS.size()), spec, i < MODELS.size() ? 2 : 1);
        }

        Leftovers.assertNone();
        assertThat(threads()).isLessThanOrEqualTo(threads);
        // The JDK itself closes what a process leaves, soon after its end.
        Leftovers.await(Duration.ofSeconds(3), () -> descriptors() <= descriptors);
        assertThat(descriptors()).isLessThanOrEqualTo(descriptors);
        assertThat(mappings()).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void poolsThatBreakLeaveNoneEither() throws Exception {
        breakOne();
        Leftovers.assertNone();
        long descriptors = descriptors();
        long threads = threads();

        for (int i = 0; i < BROKEN_POOLS; i++) {
            breakOne();
        }

        Leftovers.assertNone();
        assertThat(threads()).isLessThanOrEqualTo(threads);
        Leftovers.await(Duration.ofSeconds(3), () -> descriptors() <= descriptors);
        assertThat(descriptors()).isLessThanOrEqualTo(descriptors);
        assertThat(mappings()).isEmpty();
    }

    private static void breakOne() throws Exception {
        try (TestPool pool = new TestPool(Fault.HALTS, 20, 3, 2, TestPool.LONG)) {
            assertThatThrownBy(pool::runAndCheck).isInstanceOf(ExecutionException.class);
        }
    }

    private static void openRunClose(ExecutionModel model, WorkloadSpec spec, int children) throws Exception {
        try (Batch batch = model.prepare(spec, children)) {
            batch.reset();
            batch.check(batch.run());
            assertThat(mappings()).isNotEmpty();
        }
    }

    /** Without those that the JDK keeps for a while to wait for processes, as many as there were processes at once. */
    private static long threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !thread.getName().startsWith("process reaper"))
                .count();
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
