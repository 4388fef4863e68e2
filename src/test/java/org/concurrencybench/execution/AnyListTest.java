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
import org.concurrencybench.workload.BankBalance;
import org.concurrencybench.workload.LostUpdate;
import org.concurrencybench.workload.ManySleepers;
import org.concurrencybench.workload.PoolMap;
import org.concurrencybench.workload.QueueHandOff;
import org.concurrencybench.workload.ResultSharing;
import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.SharedCounter;
import org.concurrencybench.workload.Spawn;
import org.concurrencybench.workload.SquareCube;
import org.concurrencybench.workload.SumOfSquares;
import org.concurrencybench.workload.WorkerFailure;
import org.concurrencybench.workload.WorkloadDefinition;

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
        // Who took how many is luck; answer() checks that all were taken.
        assertThat(answer(new VirtualThreads(), crew, parallelism)).isNotNull();
    }

    @Property(tries = 30)
    void whoeverRunsThemCallsUnitsAndSleepersAnswerAsOneThreadDoes(
            @ForAll @IntRange(min = 1, max = 300) int tasks,
            @ForAll @IntRange(max = 40) int chunk,
            @ForAll @IntRange(max = 200) int work,
            @ForAll @IntRange(min = 1, max = 40) int parallelism)
            throws Exception {
        String count = Integer.toString(tasks);
        String squares = Integer.toString(work);
        List<WorkloadSpec> specs = List.of(
                spec(
                        new PoolMap(),
                        Map.of(
                                "numbers", count,
                                "first", squares,
                                "function", "cube",
                                "work", squares,
                                "chunk", Integer.toString(chunk))),
                spec(new SumOfSquares(), Map.of("tasks", count, "terms", Integer.toString(work + 1))),
                spec(new Spawn(), Map.of("units", count, "squares", squares)),
                spec(new ManySleepers(), Map.of("tasks", count, "sleepMillis", "0")));

        for (WorkloadSpec spec : specs) {
            Object expected = answer(new Serial(), spec, 1);
            for (ExecutionModel model : inProcess()) {
                if (model.runs(spec.definition(), spec.settings())) {
                    assertThat(answer(model, spec, model.parallelism(parallelism)))
                            .as("%s under %s", spec.definition().name(), model.label())
                            .isEqualTo(expected);
                }
            }
        }
    }

    @Property(tries = 25)
    void underALockNoTransferAndNoUpdateIsLostHoweverManyThereAre(
            @ForAll @IntRange(min = 1, max = 6) int workers,
            @ForAll @IntRange(min = 1, max = 300) int times,
            @ForAll @IntRange(min = 1, max = 12) int parallelism)
            throws Exception {
        String each = Integer.toString(times);
        WorkloadSpec bank =
                spec(new BankBalance(), Map.of("lock", "own", "pairs", Integer.toString(workers), "transfers", each));
        WorkloadSpec updates = spec(
                new LostUpdate(),
                Map.of("lock", "own", "workers", Integer.toString(workers), "updates", each, "waitMillis", "0"));

        for (ExecutionModel model : List.of(new PlatformThreads(), new ColdPlatformThreads(), new VirtualThreads())) {
            BankBalance.Transfers moved = (BankBalance.Transfers) answer(model, bank, parallelism);
            assertThat(moved.offBy()).as(model.label()).isZero();
            assertThat(moved.count()).as(model.label()).isEqualTo(2L * workers * times);
            assertThat(((LostUpdate.Updates) answer(model, updates, workers)).lost())
                    .as(model.label())
                    .isZero();
        }
    }

    @Property(tries = 30)
    void whoeverFailsTheOthersFinishOnHoweverManyUnits(
            @ForAll @IntRange(min = 1, max = 20) int workers,
            @ForAll @IntRange(max = 19) int anyone,
            @ForAll boolean silent,
            @ForAll boolean wrongArguments,
            @ForAll @IntRange(min = 1, max = 30) int parallelism)
            throws Exception {
        WorkloadSpec spec = spec(
                new WorkerFailure(),
                Map.of(
                        "workers",
                        Integer.toString(workers),
                        "failing",
                        Integer.toString(anyone % workers),
                        "way",
                        silent ? "silent" : "asked",
                        "fault",
                        wrongArguments ? "wrong-arguments" : "throws"));
        WorkerFailure.Known expected = (WorkerFailure.Known) answer(new Serial(), spec, 1);

        for (ExecutionModel model : inProcess()) {
            if (model.runs(spec.definition(), spec.settings())) {
                // A traceback ends in whatever called the work; answer() checks how it begins.
                assertThat(answer(model, spec, model.parallelism(parallelism)))
                        .as(model.label())
                        .usingRecursiveComparison()
                        .ignoringFields("traceback")
                        .isEqualTo(expected);
            }
        }
    }

    private static List<ExecutionModel> inProcess() {
        return List.of(
                new PlatformThreads(),
                new ColdPlatformThreads(),
                new VirtualThreads(),
                new GilThreads(),
                new ForkJoin(),
                new TimerThread());
    }

    private static WorkloadSpec spec(Map<String, String> values) {
        return spec(new SquareCube(), values);
    }

    private static WorkloadSpec spec(WorkloadDefinition definition, Map<String, String> values) {
        return new WorkloadSpec(definition, Settings.of(definition.parameters(), values));
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
