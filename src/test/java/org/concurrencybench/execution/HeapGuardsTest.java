package org.concurrencybench.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.concurrencybench.workload.Guard;
import org.concurrencybench.workload.LockKind;
import org.concurrencybench.workload.SharedNumbers;
import org.concurrencybench.workload.Sharing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class HeapGuardsTest {

    private final HeapSharedState state = new HeapSharedState();

    static Stream<LockKind> locks() {
        return Arrays.stream(LockKind.values()).filter(kind -> kind.isLock() && kind.sharing() != Sharing.MAPPED);
    }

    @ParameterizedTest
    @MethodSource("locks")
    void nothingIsLostOfWhatTwoThreadsChangeInTheirSections(LockKind kind) throws Exception {
        Guard guard = state.guard(kind);
        SharedNumbers numbers = state.numbers(2);
        FutureTask<Boolean> other = new FutureTask<>(() -> addTo(numbers, guard));
        Thread.ofVirtual().start(other);

        addTo(numbers, guard);
        other.get();

        assertThat(numbers.get(0)).isEqualTo(20_000);
        assertThat(numbers.get(1)).isEqualTo(-20_000);
    }

    private static boolean addTo(SharedNumbers numbers, Guard guard) throws InterruptedException {
        for (int i = 0; i < 10_000; i++) {
            guard.hold(() -> {
                numbers.set(0, numbers.get(0) + 1);
                numbers.set(1, numbers.get(1) - 1);
            });
        }
        return true;
    }

    @ParameterizedTest
    @MethodSource("locks")
    void aSectionThatThrowsLetsGo(LockKind kind) throws Exception {
        Guard guard = state.guard(kind);

        assertThatThrownBy(() -> guard.hold(() -> {
                    throw new IllegalStateException("inside");
                }))
                .hasMessage("inside");
        FutureTask<Boolean> other = new FutureTask<>(() -> addTo(state.numbers(2), guard));
        Thread.ofPlatform().daemon().start(other);
        assertThat(other.get()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"ATOMIC_LONG", "LONG_ADDER"})
    void oneInstructionCannotBeHeld(LockKind kind) {
        assertThatThrownBy(() -> state.guard(kind))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("lock '%s' is one instruction, and cannot be held".formatted(kind.label()));
    }

    @Test
    void whatLivesInMappedMemoryIsRefused() {
        assertThatThrownBy(() -> state.guard(LockKind.SPIN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("lock 'spin' lives in mapped memory, not on a heap");
    }

    @Test
    void noLockHoldsNobodyUp() throws Exception {
        SharedNumbers numbers = state.numbers(2);
        Guard none = state.guard(LockKind.NONE);

        none.hold(() -> none.hold(() -> numbers.set(0, 1)));

        assertThat(numbers.get(0)).isEqualTo(1);
    }

    @Test
    void aNumberThatIsNotThereIsRefused() {
        SharedNumbers numbers = state.numbers(3);

        assertThat(numbers.length()).isEqualTo(3);
        assertThatThrownBy(() -> numbers.set(3, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> numbers.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
