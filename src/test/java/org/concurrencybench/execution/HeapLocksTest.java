package org.concurrencybench.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.concurrencybench.workload.LockKind;
import org.concurrencybench.workload.LockedLong;
import org.concurrencybench.workload.Sharing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class HeapLocksTest {

    private static final long PATIENCE_NANOS = 40_000_000_000L;

    static Stream<LockKind> kinds() {
        return Arrays.stream(LockKind.values()).filter(kind -> kind.sharing() != Sharing.MAPPED);
    }

    static Stream<LockKind> kindsThatGuard() {
        return kinds().filter(kind -> kind != LockKind.NONE);
    }

    static Stream<Arguments> kindsWithSortsOfThread() {
        return kindsThatGuard()
                .flatMap(kind -> Stream.of(
                        Arguments.of(kind, "platform", Thread.ofPlatform().factory()),
                        Arguments.of(kind, "virtual", Thread.ofVirtual().factory())));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("kindsWithSortsOfThread")
    void nothingIsLostWhenFourThreadsAdd(LockKind kind, String sort, ThreadFactory factory) throws Exception {
        LockedLong number = number(kind);
        number.set(7);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            long delta = i + 1L;
            threads.add(factory.newThread(() -> {
                for (int addition = 0; addition < 50_000; addition++) {
                    number.add(delta);
                }
            }));
        }

        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(number.get()).as(sort).isEqualTo(7 + 50_000 * (1 + 2 + 3 + 4));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aNumberIsZeroAtFirstThenWhatItIsSetToAndChangedBy(LockKind kind) {
        LockedLong number = number(kind);

        assertThat(number.get()).isZero();
        number.add(5);
        number.set(200);
        number.add(-300);
        assertThat(number.get()).isEqualTo(-100);
        number.set(Long.MAX_VALUE);
        number.add(1);
        assertThat(number.get()).isEqualTo(Long.MIN_VALUE);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void numbersAreIndependent(LockKind kind) {
        HeapSharedState state = new HeapSharedState();
        LockedLong one = state.lockedLong(kind);
        LockedLong other = state.lockedLong(kind);

        one.add(1);

        assertThat(other.get()).isZero();
    }

    /** Of a loop that the compiler has made one addition of, or one for every few turns, others would see no more than that. */
    @Test
    void everyUnguardedAdditionOfACompiledLoopIsThereForOthersToSee() throws Exception {
        LockedLong number = number(LockKind.NONE);
        AtomicBoolean watched = new AtomicBoolean();
        Thread adding = Thread.ofPlatform().daemon().start(() -> {
            while (!watched.get()) {
                addAMillionTimes(number);
            }
        });
        // Until the loop is compiled by the last compiler, and some turns beyond.
        while (number.get() < 100_000_000) {
            Thread.onSpinWait();
        }
        Set<Long> residues = new HashSet<>();
        long start = System.nanoTime();
        while (residues.size() < 32 && System.nanoTime() - start < PATIENCE_NANOS) {
            residues.add(number.get() % 32);
        }
        watched.set(true);
        adding.join();

        assertThat(residues).hasSize(32);
    }

    private static void addAMillionTimes(LockedLong number) {
        for (int i = 0; i < 1_000_000; i++) {
            number.add(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SPIN", "FUTEX", "POSIX_SEMAPHORE", "ROBUST_MUTEX", "FILE_LOCK", "ATOMIC"})
    void whatLivesInMappedMemoryIsRefused(LockKind kind) {
        assertThatThrownBy(() -> number(kind))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("lock '%s' lives in mapped memory, not on a heap".formatted(kind.label()));
    }

    private static LockedLong number(LockKind kind) {
        return new HeapSharedState().lockedLong(kind);
    }
}
