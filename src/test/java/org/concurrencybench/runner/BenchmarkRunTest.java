package org.concurrencybench.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.Disturbances;
import org.concurrencybench.sample.FailedCase;
import org.concurrencybench.sample.FormatException;
import org.concurrencybench.sample.RunEnvironment;
import org.concurrencybench.sample.Sample;
import org.concurrencybench.sample.SampleCsv;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchmarkRunTest {

    @TempDir
    Path results;

    private final List<String> heard = new ArrayList<>();
    private final AtomicBoolean stop = new AtomicBoolean();

    private final RunListener listener = new RunListener() {

        @Override
        public void starting(PlannedFork fork, int done, int planned) {
            heard.add("starting " + Plans.letter(fork) + fork.number() + " " + done + "/" + planned);
        }

        @Override
        public void measured(PlannedFork fork, List<Sample> samples, int done) {
            // What a listener is told of is on disk already.
            assertThat(onDisk()).endsWith(samples.toArray(new Sample[0]));
            heard.add("measured " + Plans.letter(fork) + fork.number() + " " + done);
        }

        @Override
        public void failed(FailedCase failure, int done) {
            try {
                assertThat(RunEnvironment.read(results.resolve("test/environment.json"))
                                .failedCases())
                        .endsWith(failure);
            } catch (IOException | FormatException e) {
                throw new AssertionError(e);
            }
            heard.add("failed " + failure.key().model() + failure.fork() + " " + done);
        }
    };

    private List<Sample> onDisk() {
        try {
            SampleCsv.SampleFile file = SampleCsv.read(results.resolve("test/samples.csv"));
            assertThat(file.warnings()).isEmpty();
            return file.samples();
        } catch (IOException | FormatException e) {
            throw new AssertionError(e);
        }
    }

    private BenchmarkRun.Result run(Plan plan, ForkRunner forks) throws IOException {
        try (RunDirectory directory = RunDirectory.create(results, Plans.environment("test"))) {
            return new BenchmarkRun(plan, forks, listener, stop::get).run(directory);
        }
    }

    private static ForkOutcome measured(PlannedFork fork) {
        return new ForkOutcome.Measured(Plans.samples(fork));
    }

    @Test
    void everyForkIsOnDiskWhenTheNextOneStarts() throws IOException {
        List<Sample> ran = new ArrayList<>();

        BenchmarkRun.Result result = run(Plans.plan(1, 3, "a", "b"), fork -> {
            if (!ran.isEmpty()) {
                assertThat(onDisk()).isEqualTo(ran);
            }
            ran.addAll(Plans.samples(fork));
            return measured(fork);
        });

        assertThat(result.samples()).isEqualTo(ran).hasSize(12).isEqualTo(onDisk());
        assertThat(result.failures()).isEmpty();
        assertThat(result.finished()).isTrue();
    }

    @Test
    void theListenerHearsOfEveryForkAndTheCountEndsAtThePlan() throws IOException {
        run(Plans.plan(1, 2, "a"), BenchmarkRunTest::measured);

        assertThat(heard).containsExactly("starting a1 0/2", "measured a1 1", "starting a2 1/2", "measured a2 2");
    }

    @Test
    void aCaseThatFailsIsClosedWithItsReasonAndTheOthersGoOn() throws IOException {
        BenchmarkRun.Result result = run(
                Plans.plan(1, 3, "a", "b", "c"),
                fork -> Plans.letter(fork).equals("b") && fork.number() == 2
                        ? new ForkOutcome.Failed("fell over")
                        : measured(fork));

        assertThat(result.failures())
                .containsExactly(new FailedCase(Plans.planned("b").key(), 2, "fell over"));
        assertThat(result.finished()).isTrue();
        assertThat(heard).filteredOn(line -> line.startsWith("starting b")).hasSize(2);
        assertThat(heard).filteredOn(line -> line.startsWith("measured b")).hasSize(1);
        assertThat(heard).filteredOn(line -> line.startsWith("measured a")).hasSize(3);
        assertThat(heard).filteredOn(line -> line.startsWith("measured c")).hasSize(3);
        assertThat(heard).filteredOn(line -> line.startsWith("failed")).hasSize(1);
        assertThat(heard.getLast()).endsWith(" 9");
    }

    @Test
    void theCountEndsAtThePlanWhenAllFails() throws IOException {
        BenchmarkRun.Result result = run(Plans.plan(1, 3, "a", "b"), _ -> new ForkOutcome.Failed("no"));

        assertThat(result.samples()).isEmpty();
        assertThat(result.failures()).hasSize(2);
        assertThat(heard.getLast()).startsWith("failed").endsWith(" 6");
    }

    @Test
    void aStopEndsTheRunAfterTheForkInProgressAndKeepsIt() throws IOException {
        BenchmarkRun.Result result = run(Plans.plan(1, 3, "a", "b"), fork -> {
            stop.set(heard.size() >= 3);
            return measured(fork);
        });

        assertThat(result.finished()).isFalse();
        assertThat(onDisk()).hasSize(4).isEqualTo(result.samples());
    }

    @Test
    void aForkThatFailsBecauseOfTheStopIsNoFailedCase() throws IOException {
        BenchmarkRun.Result result = run(Plans.plan(1, 3, "a", "b"), _ -> {
            stop.set(true);
            return new ForkOutcome.Failed("killed by the same signal");
        });

        assertThat(result.failures()).isEmpty();
        assertThat(result.samples()).isEmpty();
        assertThat(result.finished()).isFalse();
    }

    @Test
    void aForkThatHearsOfTheSignalBeforeTheRunDoesIsNoFailedCaseEither() throws IOException {
        BenchmarkRun.Result result = run(Plans.plan(1, 3, "a", "b"), _ -> {
            Thread.ofVirtual().start(() -> {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
                stop.set(true);
            });
            return new ForkOutcome.Failed("killed by the same signal");
        });

        assertThat(result.failures()).isEmpty();
        assertThat(result.finished()).isFalse();
    }

    @Test
    void aStopAfterTheLastForkChangesNothing() throws IOException {
        BenchmarkRun.Result result = run(Plans.plan(1, 1, "a"), fork -> {
            stop.set(true);
            return measured(fork);
        });

        assertThat(result.finished()).isTrue();
    }

    @Test
    void whatIsOnDiskStandsWhenTheRunnerItselfBreaks() {
        assertThatThrownBy(() -> run(Plans.plan(1, 2, "a"), fork -> {
                    if (fork.number() == 2) {
                        throw new UncheckedIOException(new IOException("broken"));
                    }
                    return measured(fork);
                }))
                .isInstanceOf(UncheckedIOException.class);

        assertThat(onDisk()).hasSize(2);
    }

    /** Two cases of which {@code quiet} always takes the same and {@code wild} does not, in forks of ten seconds. */
    private static Plan plan(Duration budget) {
        return plan(1, budget);
    }

    private static Plan plan(long seed, Duration budget) {
        return new Plan(
                "test",
                "smoke",
                seed,
                3,
                Stream.of("quiet", "wild").map(Plans::planned).toList(),
                0.03,
                Optional.of(budget));
    }

    private static ForkOutcome scored(PlannedFork fork) {
        double score = Plans.letter(fork).equals("quiet") ? 5 : 5 + fork.number() % 3;
        return new ForkOutcome.Measured(List.of(Plans.measured(fork, score)));
    }

    /** Runs a plan whose forks take ten seconds each, and notes which case had its turn. */
    private BenchmarkRun.Result runOfTenSeconds(Plan plan, List<String> letters) throws IOException {
        AtomicLong nanos = new AtomicLong(17);
        try (RunDirectory directory = RunDirectory.create(results, Plans.environment("test"))) {
            return new BenchmarkRun(
                            plan,
                            fork -> {
                                letters.add(Plans.letter(fork));
                                nanos.addAndGet(Duration.ofSeconds(10).toNanos());
                                return scored(fork);
                            },
                            listener,
                            stop::get,
                            // Nothing is told there of the machine, whose other work would have forks measured again.
                            results.resolve("no-machine"),
                            nanos::get)
                    .run(directory);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void noCaseGetsItsLateForkBeforeAllHaveThree(long seed) throws IOException {
        List<String> letters = new ArrayList<>();
        // Room for six forks: where the quiet case has its third before the other one has, its fourth is already near.
        runOfTenSeconds(plan(seed, Duration.ofSeconds(55)), letters);

        assertThat(letters).hasSize(6);
        assertThat(letters.stream().filter("wild"::equals)).hasSize(3);
    }

    @Test
    void aBudgetEndsWithinAForkAndWhatIsLeftOfItGoesToTheWidestIntervalAndInTimeToLateForks() throws IOException {
        List<String> letters = new ArrayList<>();

        BenchmarkRun.Result result = runOfTenSeconds(plan(Duration.ofSeconds(115)), letters);

        // Three rounds, then the wide one until only its next fork and the late one have room, then that, then the wide
        // one.
        assertThat(letters.subList(0, 6)).containsOnly("quiet", "wild");
        assertThat(letters.subList(6, letters.size())).containsExactly("wild", "wild", "wild", "wild", "quiet", "wild");
        assertThat(result.finished()).isTrue();
        assertThat(result.imprecise()).isEqualTo(1);
    }

    /** A run on a machine whose host gives {@code stolen} of a hundred ticks during a fork to others. */
    private BenchmarkRun.Result runWithSteal(Plan plan, ToIntFunction<PlannedFork> stolen, List<String> ran)
            throws IOException {
        Path root = results.resolve("root");
        Files.createDirectories(root.resolve("proc"));
        AtomicLong total = new AtomicLong(1000);
        AtomicLong steal = new AtomicLong();
        Runnable write = () -> {
            try {
                Files.writeString(
                        root.resolve("proc/stat"),
                        "cpu 0 0 0 %d 0 0 0 %d 0 0%nctxt 1%n".formatted(total.get() - steal.get(), steal.get()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        write.run();
        try (RunDirectory directory = RunDirectory.create(results, Plans.environment("test"))) {
            return new BenchmarkRun(
                            plan,
                            fork -> {
                                ran.add(Plans.letter(fork) + fork.number());
                                total.addAndGet(100);
                                steal.addAndGet(stolen.applyAsInt(fork));
                                write.run();
                                return new ForkOutcome.Measured(List.of(Plans.measured(fork, 5)));
                            },
                            listener,
                            stop::get,
                            root,
                            System::nanoTime)
                    .run(directory);
        }
    }

    private static boolean isThirdWild(PlannedFork fork) {
        return Plans.letter(fork).equals("wild") && fork.number() == 3;
    }

    @Test
    void aForkUnderOtherConditionsIsMarkedAndMeasuredAgain() throws IOException {
        List<String> ran = new ArrayList<>();

        BenchmarkRun.Result result = runWithSteal(plan(Duration.ofHours(1)), fork -> isThirdWild(fork) ? 40 : 2, ran);

        CaseKey wild = Plans.planned("wild").key();
        assertThat(result.disturbed()).isEqualTo(Disturbances.NONE.with(wild, 3));
        assertThat(Disturbances.read(results.resolve("test/forks.csv"))).isEqualTo(result.disturbed());
        assertThat(ran).filteredOn(fork -> fork.startsWith("quiet")).hasSize(4);
        assertThat(ran).filteredOn(fork -> fork.startsWith("wild")).hasSize(5);
    }

    @Test
    void aRunThatGoesOnKnowsWhatIsStillToBeMeasuredAgain() {
        Plan plan = plan(Duration.ofHours(1));
        CaseKey wild = Plans.planned("wild").key();
        List<Sample> earlier = Plans.samples(new PlannedFork(Plans.planned("wild"), 1));

        assertThat(BenchmarkRun.left(plan, earlier, List.of(), Disturbances.NONE))
                .isEqualTo(5);
        assertThat(BenchmarkRun.left(plan, earlier, List.of(), Disturbances.NONE.with(wild, 1)))
                .isEqualTo(6);
    }

    @Test
    void withoutABudgetAForkUnderOtherConditionsIsOnlyMarked() throws IOException {
        Plan unlimited = Plans.plan(1, 3, "quiet", "wild");
        List<String> ran = new ArrayList<>();

        BenchmarkRun.Result result = runWithSteal(unlimited, fork -> isThirdWild(fork) ? 40 : 2, ran);

        assertThat(result.disturbed().forks()).hasSize(1);
        assertThat(ran).hasSize(6);
    }
}
