package org.concurrencybench.sharedmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class SharedLongTest {

    private static final long PATIENCE_NANOS = 40_000_000_000L;

    private MappedSegment segment;

    @BeforeEach
    void makeSegment() throws IOException {
        segment = MappedSegment.create(3 * SharedLong.BYTES);
    }

    @AfterEach
    void closeSegment() {
        segment.close();
    }

    @ParameterizedTest
    @MethodSource("org.concurrencybench.sharedmemory.ProcessLockTest#kinds")
    void numbersOfOneSegmentAreApart(ProcessLockKind kind) {
        List<SharedLong> numbers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            numbers.add(SharedLong.create(kind, segment.memory(), i, segment.path()));
        }
        for (int i = 0; i < 3; i++) {
            assertThat(numbers.get(i).get()).isZero();
            numbers.get(i).set(i + 1);
        }
        for (int i = 0; i < 3; i++) {
            numbers.get(i).add(10);
            assertThat(numbers.get(i).get()).isEqualTo(i + 11);
            numbers.get(i).close();
        }
    }

    @Test
    void theAtomicOneIsANumberLikeTheOthers() throws InterruptedException {
        try (SharedLong number = SharedLong.atomic(segment.memory(), 1)) {
            number.set(7);
            Thread other = Thread.ofPlatform().start(() -> addOften(number));
            addOften(number);
            other.join();
            assertThat(number.get()).isEqualTo(200_007);
            assertThat(SharedLong.atomic(segment.memory(), 0).get()).isZero();
            assertThat(SharedLong.atomic(segment.memory(), 2).get()).isZero();
        }
    }

    @Test
    void addingTakesAnyNumberBothWays() {
        SharedLong number = new SharedLong(segment.memory(), 0);
        number.set(Long.MAX_VALUE);
        number.add(-Long.MAX_VALUE);
        number.add(-3);
        assertThat(number.get()).isEqualTo(-3);
    }

    @Test
    void anAdditionAfterAHoldersDeathIsRefusedOnceAndChangesNothing() throws Exception {
        long dead = ProcessLockTest.deadPid();
        SharedLong number = new SharedLong(segment.memory(), 0);
        number.set(5);
        segment.memory().set(ValueLayout.JAVA_LONG, 0, dead);

        assertThatThrownBy(() -> number.add(1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("process " + dead + " died while it held a shared lock");

        assertThat(number.get()).isEqualTo(5);
        number.add(1);
        assertThat(number.get()).isEqualTo(6);
    }

    @Test
    void aNewNumberMakesUpForAHoldersDeath() throws Exception {
        SharedLong number = new SharedLong(segment.memory(), 0);
        segment.memory().set(ValueLayout.JAVA_LONG, 0, ProcessLockTest.deadPid());

        number.set(8);

        assertThat(number.get()).isEqualTo(8);
    }

    @Test
    void anUnguardedNumberIsAddedToByReadingAndWriting() {
        SharedLong number = SharedLong.unguarded(segment.memory(), 1);
        number.set(5);
        number.add(-8);

        assertThat(number.get()).isEqualTo(-3);
        assertThat(new SharedLong(segment.memory(), 1).get()).isEqualTo(-3);
        number.close();
    }

    /** As on the heap: what the compiler merged, others would not see. */
    @Test
    void everyUnguardedAdditionOfACompiledLoopIsThereForOthersToSee() throws Exception {
        SharedLong number = SharedLong.unguarded(segment.memory(), 0);
        AtomicBoolean watched = new AtomicBoolean();
        Thread adding = Thread.ofPlatform().daemon().start(() -> {
            while (!watched.get()) {
                addOften(number);
            }
        });
        while (number.get() < 50_000_000) {
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

    private static void addOften(SharedLong number) {
        for (int i = 0; i < 100_000; i++) {
            number.add(1);
        }
    }
}
