package org.concurrencybench.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProcessTreeTest {

    private static final long MILLISECOND = 1_000_000;

    private Optional<ProcessTree> found = Optional.empty();

    @BeforeEach
    void onLinux() {
        found = ProcessTree.find();
        assumeThat(found).isPresent();
    }

    @Test
    void whatThisProcessComputesCounts() {
        long before = tree().cpuNanos();
        long work = 0;
        while (tree().cpuNanos() - before < 30 * MILLISECOND) {
            work++;
        }
        assertThat(work).isPositive();
        assertThat(tree().cpuNanos() - before).isGreaterThanOrEqualTo(30 * MILLISECOND);
    }

    @Test
    void waitingCostsNextToNothing() throws InterruptedException {
        long before = tree().cpuNanos();
        Thread.sleep(300);
        // The other threads of this JVM may compile something meanwhile.
        assertThat(tree().cpuNanos() - before).isLessThan(300 * MILLISECOND);
    }

    @Test
    void aChildCountsWhileItRunsAndAfterItHasEnded() throws IOException, InterruptedException {
        long before = tree().cpuNanos();
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Burner.class.getName())
                .start();
        try {
            // It has computed for half a second of its own time once it says so, and then waits to be told to end.
            assertThat(child.getInputStream().read()).isEqualTo('x');

            assertThat(tree().cpuNanos() - before).isGreaterThan(500 * MILLISECOND);
            // This JVM may have given back some of its own since the child was started.
            long all = tree().memoryBytes().orElseThrow();
            long own = ProcessTree.memoryOf(ProcessHandle.current().pid()).orElseThrow();
            assertThat(all - own).isGreaterThan(5 * 1024 * 1024);

            child.getOutputStream().close();
            assertThat(child.waitFor()).isZero();
            assertThat(tree().cpuNanos() - before).isGreaterThan(500 * MILLISECOND);
        } finally {
            child.destroyForcibly();
        }
    }

    private ProcessTree tree() {
        return found.orElseThrow();
    }

    /** Computes for half a second, says so, and waits for the end of its input. */
    static final class Burner {

        private Burner() {}

        public static void main(String[] args) throws IOException {
            ProcessTree own = ProcessTree.find().orElseThrow();
            while (own.cpuNanos() < 500 * MILLISECOND) {
                Thread.onSpinWait();
            }
            System.out.print('x');
            System.out.flush();
            System.in.transferTo(OutputStream.nullOutputStream());
        }
    }
}
