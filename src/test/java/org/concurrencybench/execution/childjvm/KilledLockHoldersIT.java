package org.concurrencybench.execution.childjvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.concurrencybench.execution.ExecutionException;
import org.concurrencybench.execution.childjvm.FaultyWorkload.Fault;
import org.concurrencybench.workload.LockKind;
import org.concurrencybench.workload.Sharing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A child that is killed while it holds the lock of its batch: the batch fails, soon, and says of whom and how. */
@Timeout(300)
class KilledLockHoldersIT {

    /** A child that does nothing but count holds the lock much of the time, so one of these falls into it. */
    private static final int MOST_KILLS = 60;

    /** Where two do, the other one is waiting for the lock when its holder is killed, or has just got it. */
    private static final int KILLS_OF_ONE_OF_TWO = 5;

    static Stream<LockKind> locks() {
        return Arrays.stream(LockKind.values())
                .filter(kind -> kind.sharing() == Sharing.MAPPED && kind != LockKind.ATOMIC);
    }

    @AfterEach
    void nothingIsLeft() {
        Leftovers.assertNone();
    }

    @ParameterizedTest
    @MethodSource("locks")
    void failTheBatchAndTheOwnerIsNotLeftWaitingForTheLock(LockKind kind) throws Exception {
        assumeThere(kind);

        boolean held = false;
        for (int kill = 0; kill < MOST_KILLS && !held; kill++) {
            try (TestPool pool = killOne(Fault.COUNTS_FOR_EVER, kind)) {
                held = ownerIsTold(pool);
            }
        }

        assertThat(held).isTrue();
    }

    @ParameterizedTest
    @MethodSource("locks")
    void areNamedFirstWhateverTheirDeathDoesToOthers(LockKind kind) throws Exception {
        assumeThere(kind);

        for (int kill = 0; kill < KILLS_OF_ONE_OF_TWO; kill++) {
            killOne(Fault.COUNTS_FOR_EVER_IN_EVERY_TASK, kind).close();
        }
    }

    private static void assumeThere(LockKind kind) {
        Optional<String> unavailable = MappedState.unavailable(kind);
        assumeTrue(unavailable.isEmpty(), () -> unavailable.orElse(""));
    }

    /** A pool of two whose first child was killed while it counted; the batch has failed, and has said so. */
    private static TestPool killOne(Fault counting, LockKind kind) throws Exception {
        var spec = FaultyWorkload.spec(counting, 2, 0, kind);
        TestPool pool = new TestPool(spec, 2, ChildCommand.words(), TestPool.LONG);
        try {
            pool.pool().awaitReady(TestPool.LONG);
            AtomicReference<Throwable> outcome = new AtomicReference<>();
            Thread caller = Thread.ofPlatform().start(() -> outcome.set(catchThrowable(pool.pool()::run)));
            assertThat(Leftovers.await(Duration.ofSeconds(20), () -> pool.begun() > 1000))
                    .isTrue();
            long victim = pool.pool().pids().getFirst();

            Signals.send("KILL", victim);
            caller.join(20_000);

            assertThat(outcome.get())
                    .isInstanceOf(ExecutionException.class)
                    .message()
                    .startsWith("child JVM " + victim + " ")
                    .contains("it was ended by signal 9 (exit code 137); its stderr is empty; its command: ");
            return pool;
        } catch (Throwable e) {
            pool.close();
            throw e;
        }
    }

    /** By its own look at the number, which comes to an end whether anybody held the lock or not. */
    private static boolean ownerIsTold(TestPool pool) {
        Throwable told = catchThrowable(pool::begun);
        if (told != null) {
            // The latter of a semaphore whose holder had no time to leave its name.
            assertThat(told)
                    .isInstanceOf(IllegalStateException.class)
                    .message()
                    .matches("process [0-9]+ died while it held a shared lock"
                            + "|some process (died while it held a shared lock|has held a shared lock for [0-9]+ ms)");
        }
        return told != null;
    }
}
