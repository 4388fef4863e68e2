package org.concurrencybench.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Stream;
import org.concurrencybench.workload.LockKind;
import org.concurrencybench.workload.LockedLong;
import org.concurrencybench.workload.Sharing;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class HeapLocksTest {

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
