package org.concurrencybench.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.concurrencybench.workload.BankBalance;
import org.concurrencybench.workload.LostUpdate;
import org.concurrencybench.workload.QueueHandOff;
import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.Sharing;
import org.concurrencybench.workload.SquareCube;
import org.concurrencybench.workload.SumOfSquares;
import org.concurrencybench.workload.WorkloadDefinition;
import org.concurrencybench.workload.WrongAnswerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class GilThreadsTest {

    private static final GilThreads MODEL = new GilThreads();

    static List<WorkloadSpec> specs() {
        return List.of(
                spec(new SquareCube(), Map.of("sleepMillis", "1")),
                spec(new SquareCube(), Map.of("sleepMillis", "1", "split", "by-item")),
                spec(new SumOfSquares(), Map.of("tasks", "20000", "terms", "1000")),
                spec(new BankBalance(), Map.of("transfers", "1000", "pairs", "2")),
                spec(new BankBalance(), Map.of("transfers", "5", "thinkMicros", "100")),
                spec(new BankBalance(), Map.of("transfers", "5", "thinkMicros", "100", "order", "deposits-first")));
    }

    @ParameterizedTest
    @MethodSource("specs")
    void givesTheAnswerOfSerialBatchAfterBatch(WorkloadSpec spec) throws Exception {
        Object expected = answer(new Serial(), spec, 1);

        try (Batch batch = MODEL.prepare(spec, 4)) {
            for (int round = 0; round < 2; round++) {
                batch.reset();
                Object answer = batch.run();
                assertThat(answer).isEqualTo(expected);
                assertThatCode(() -> batch.check(answer)).doesNotThrowAnyException();
            }
        }
    }

    /** A traced value is set under a guard, by the caller too, who would keep the interpreter's lock for ever. */
    @ParameterizedTest
    @MethodSource("specs")
    void doesSoWithEveryStepWrittenDownToo(WorkloadSpec spec) throws Exception {
        try (Batch batch = MODEL.prepare(TracedDefinition.of(spec), 2)) {
            for (int round = 0; round < 2; round++) {
                batch.reset();
                Object answer = batch.run();
                assertThatCode(() -> batch.check(answer)).doesNotThrowAnyException();
                assertThat(((Traced<?>) answer).spans()).isNotEmpty();
            }
        }
    }

    @Property(tries = 30)
    void listsComeOutAsFromSerialWhateverTheirLengthAndTheUnits(
            @ForAll @IntRange(min = 1, max = 300) int numbers, @ForAll @IntRange(min = 1, max = 10) int parallelism)
            throws Exception {
        WorkloadSpec spec = spec(
                new SquareCube(), Map.of("numbers", Integer.toString(numbers), "sleepMillis", "0", "split", "by-item"));

        assertThat(answer(MODEL, spec, parallelism)).isEqualTo(answer(new Serial(), spec, 1));
    }

    @Test
    void neverDoTwoThreadsComputeAtOnceAndYetEachGetsItsTurn() throws Exception {
        AtomicInteger computing = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Set<Thread> workers = ConcurrentHashMap.newKeySet();
        // As many tasks as it takes until both have had a turn, and no more than any machine needs for that.
        WorkloadSpec spec = LambdaWorkload.spec(2_000_000, _ -> {
            if (workers.size() < 2 || most.get() == 0) {
                most.accumulateAndGet(computing.incrementAndGet(), Math::max);
                workers.add(Thread.currentThread());
                for (int i = 0; i < 1000; i++) {
                    Thread.onSpinWait();
                }
                computing.decrementAndGet();
            }
        });

        answer(MODEL, spec, 2);

        assertThat(most).hasValue(1);
        assertThat(workers).hasSize(2);
    }

    /** Both have read before either writes, which takes that each lets go of the lock while it sleeps. */
    @Test
    void theLockIsLetGoOfInSleepAndSoDoesNotSaveAnUpdateThatSleepsHalfWay() throws Exception {
        Object without = answer(MODEL, spec(new LostUpdate(), Map.of("waitMillis", "5")), 2);
        Object with = answer(MODEL, spec(new LostUpdate(), Map.of("waitMillis", "5", "lock", "own")), 2);

        assertThat(without).usingRecursiveComparison().isEqualTo(new LostUpdate.Updates(2, 1, 2));
        assertThat(with).usingRecursiveComparison().isEqualTo(new LostUpdate.Updates(2, 2, 2));
    }

    @Test
    void aTaskThatFailsEndsTheBatchAndTheNextOneRunsAgain() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        WorkloadSpec spec = LambdaWorkload.spec(100, number -> {
            if (number == 50 && calls.getAndIncrement() == 0) {
                throw new IllegalStateException("broken");
            }
        });

        try (Batch batch = MODEL.prepare(spec, 3)) {
            batch.reset();
            assertThatThrownBy(batch::run)
                    .isInstanceOf(ExecutionException.class)
                    .hasMessage("a task failed: java.lang.IllegalStateException: broken");
            batch.reset();
            assertThat(batch.run()).isEqualTo(100);
        }
    }

    @Test
    void aWrongAnswerIsRefused() throws Exception {
        try (Batch batch = MODEL.prepare(spec(new SumOfSquares(), Map.of("tasks", "2", "terms", "3")), 1)) {
            assertThatThrownBy(() -> batch.check(11L)).isInstanceOf(WrongAnswerException.class);
        }
    }

    @Test
    void aChannelIsRefusedInOneLineBecauseWhoWaitsForItWouldKeepTheLock() {
        assertThatThrownBy(() -> MODEL.prepare(spec(new QueueHandOff(), Map.of()), 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("model 'gil-threads' has no channels: it lets go of its lock only to sleep");
    }

    @Test
    void sharesWhatIsOnTheHeapAndSaysThatItIsAModel() {
        assertThat(MODEL.shares(Sharing.ANYWHERE)).isTrue();
        assertThat(MODEL.shares(Sharing.HEAP)).isTrue();
        assertThat(MODEL.shares(Sharing.MAPPED)).isFalse();
        assertThat(MODEL.shares(Sharing.SEPARATE)).isFalse();
        assertThat(MODEL.label()).isEqualTo("gil-threads");
        assertThat(MODEL.timedRegion()).contains("it is a model of CPython's interpreter lock");
        assertThat(MODEL.parallelism(7)).isEqualTo(7);
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
