package org.concurrencybench.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.concurrencybench.execution.WorkloadSpec;
import org.concurrencybench.execution.childjvm.EndingWorkload;
import org.concurrencybench.workload.FunctionMap;
import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.WrongAnswerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A user's function as a fork calls it, in this JVM. */
@Timeout(60)
class OwnCodeBenchmarkTest {

    /** A user's. */
    public static final class Own {

        private static final Map<Integer, Integer> MEMO = new ConcurrentHashMap<>();

        private Own() {}

        public static int memo(int number) {
            return MEMO.computeIfAbsent(number, one -> one * one);
        }
    }

    @Test
    void aResultThatABatchBeforeHasSpoiltForGoodIsFoundOut() throws Exception {
        OwnCodeBenchmark benchmark = new OwnCodeBenchmark();
        benchmark.settings = OwnCodeBenchmark.lines(
                Map.of(FunctionMap.FUNCTION, Own.class.getName() + "::memo", FunctionMap.INPUTS, "1..5"));
        benchmark.parallelism = 2;
        benchmark.model = Model.PLATFORM_THREADS;
        try {
            benchmark.prepare();
            benchmark.reset();
            assertThat(benchmark.run()).isNotNull();
            benchmark.check();

            // As two threads that write at once do it.
            Own.MEMO.put(3, 8);
            benchmark.reset();
            assertThat(benchmark.run()).isNotNull();

            assertThatThrownBy(benchmark::check)
                    .isInstanceOf(WrongAnswerException.class)
                    .hasMessageStartingWith(
                            "wrong answer: the result for '3' (input 1..5) is '8', but '9' in one thread;");
        } finally {
            benchmark.close();
        }
    }

    @Test
    void anInstanceThatIsMadeToCountTheTasksIsEnded(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("ended");
        EndingWorkload definition = new EndingWorkload();
        WorkloadSpec spec =
                new WorkloadSpec(definition, Settings.of(definition.parameters(), Map.of("file", file.toString())));

        assertThat(LookBenchmark.tasks(spec)).isEqualTo(4);
        assertThat(Files.readAllLines(file)).hasSize(1);
    }
}
