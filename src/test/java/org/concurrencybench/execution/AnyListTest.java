package org.concurrencybench.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.SquareCube;

class AnyListTest {

    @Property(tries = 60)
    void listsComeOutAsFromSerialWhateverTheirLengthTheSplitAndTheUnits(
            @ForAll @IntRange(min = 1, max = 300) int numbers,
            @ForAll boolean byItem,
            @ForAll @IntRange(min = 1, max = 40) int parallelism)
            throws Exception {
        WorkloadSpec spec = spec(Map.of(
                "numbers", Integer.toString(numbers), "sleepMillis", "0", "split", byItem ? "by-item" : "by-function"));
        Object expected = answer(new Serial(), spec, 1);

        assertThat(answer(new PlatformThreads(), spec, parallelism)).isEqualTo(expected);
        assertThat(answer(new ColdPlatformThreads(), spec, parallelism)).isEqualTo(expected);
        assertThat(answer(new VirtualThreads(), spec, parallelism)).isEqualTo(expected);
    }

    private static WorkloadSpec spec(Map<String, String> values) {
        return new WorkloadSpec(new SquareCube(), Settings.of(new SquareCube().parameters(), values));
    }

    private static Object answer(ExecutionModel model, WorkloadSpec spec, int parallelism) throws Exception {
        try (Batch batch = model.prepare(spec, parallelism)) {
            batch.reset();
            Object answer = batch.run();
            batch.check(answer);
            return answer;
        }
    }
}
