package org.concurrencybench.execution;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.concurrencybench.workload.QueueHandOff;
import org.concurrencybench.workload.ResultSharing;
import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.SharedCounter;
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

    @Property(tries = 40)
    void resultsGetToTheCallerWhateverTheListTheWayTheSplitAndTheUnits(
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 100_000) Integer> list,
            @ForAll("ways") String way,
            @ForAll boolean byItem,
            @ForAll @IntRange(min = 1, max = 12) int parallelism)
            throws Exception {
        ResultSharing definition = new ResultSharing();
        Map<String, String> values = Map.of(
                "list",
                list.stream().map(Object::toString).collect(Collectors.joining(":")),
                "way",
                way,
                "split",
                byItem ? "by-item" : "by-function");
        WorkloadSpec spec = new WorkloadSpec(definition, Settings.of(definition.parameters(), values));
        List<Long> expected = sorted(answer(new Serial(), spec, 1));

        // answer() checks the order as well, where one is promised.
        assertThat(sorted(answer(new PlatformThreads(), spec, parallelism))).isEqualTo(expected);
        assertThat(sorted(answer(new VirtualThreads(), spec, parallelism))).isEqualTo(expected);
    }

    @Provide
    Arbitrary<String> ways() {
        return Arbitraries.of("pool", "shared-list", "array", "queue");
    }

    private static List<Long> sorted(Object answer) {
        return ((ResultSharing.Results) answer).numbers().stream().sorted().toList();
    }

    @Property(tries = 40)
    void nothingIsLostOfACounterOrAQueueWhoeverWorksAndOnHoweverManyUnits(
            @ForAll @IntRange(min = 1, max = 8) int workers,
            @ForAll @IntRange(min = 1, max = 200) int times,
            @ForAll boolean array,
            @ForAll @IntRange(min = 1, max = 12) int parallelism)
            throws Exception {
        SharedCounter counter = new SharedCounter();
        WorkloadSpec additions = new WorkloadSpec(
                counter,
                Settings.of(
                        counter.parameters(),
                        Map.of(
                                "shape",
                                array ? "array" : "value",
                                "workers",
                                Integer.toString(workers),
                                "additions",
                                Integer.toString(times),
                                "waitMillis",
                                "0")));
        QueueHandOff queue = new QueueHandOff();
        WorkloadSpec crew = new WorkloadSpec(
                queue,
                Settings.of(
                        queue.parameters(),
                        Map.of("shape", "ten-workers", "items", Integer.toString(times), "capacity", "4")));

        assertThat(answer(new PlatformThreads(), additions, parallelism)).isEqualTo((long) workers * times);
        assertThat(answer(new VirtualThreads(), additions, parallelism)).isEqualTo((long) workers * times);
        assertThat(answer(new VirtualThreads(), crew, parallelism)).isEqualTo(answer(new Serial(), crew, 1));
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
