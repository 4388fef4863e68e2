package org.concurrencybench.sharedmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SharedArrayTest {

    private MappedSegment segment;

    @BeforeEach
    void makeSegment() throws IOException {
        segment = MappedSegment.create(ProcessLockKind.BYTES + SharedArray.bytes(4));
    }

    @AfterEach
    void closeSegment() {
        segment.close();
    }

    @Test
    void everyViewOfOnePlaceHasTheSameElements() {
        SharedArray one = new SharedArray(segment.memory(), ProcessLockKind.BYTES, 3, null);
        SharedArray two = new SharedArray(segment.memory(), ProcessLockKind.BYTES, 3, null);
        one.set(1, 100);
        one.set(2, 200);
        two.addToEach(2);
        two.add(0, 0.5);

        assertThat(one.toArray()).containsExactly(2.5, 102, 202);
        assertThat(one.get(1)).isEqualTo(102);
        assertThat(one.length()).isEqualTo(3);
    }

    @Test
    void threadsLoseNothingUnderALock() throws InterruptedException {
        try (ProcessLock lock = ProcessLockKind.SPIN.create(segment.memory(), 0, segment.path())) {
            SharedArray array = new SharedArray(segment.memory(), ProcessLockKind.BYTES, 4, lock);
            List<Thread> adders = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                adders.add(Thread.ofPlatform().start(() -> {
                    for (int j = 0; j < 20_000; j++) {
                        array.addToEach(1);
                        array.add(j % 4, 1);
                    }
                }));
            }
            for (Thread adder : adders) {
                adder.join();
            }
            assertThat(array.toArray()).containsOnly(50_000);
            array.set(3, -1);
            assertThat(array.get(3)).isEqualTo(-1);
        }
    }

    @Test
    void anElementThatIsNotThereIsRefusedByNumberAndTheLockLeftAlone() {
        try (ProcessLock lock = ProcessLockKind.SPIN.create(segment.memory(), 0, segment.path())) {
            SharedArray array = new SharedArray(segment.memory(), ProcessLockKind.BYTES, 3, lock);
            assertThatThrownBy(() -> array.get(3))
                    .isInstanceOf(IndexOutOfBoundsException.class)
                    .hasMessage("Index 3 out of bounds for length 3");
            assertThatThrownBy(() -> array.set(-1, 0)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThatThrownBy(() -> array.add(3, 0)).isInstanceOf(IndexOutOfBoundsException.class);
            assertThat(array.toArray()).containsExactly(0, 0, 0);
        }
    }

    @Test
    void anArrayThatTheMemoryCannotHoldIsRefused() {
        assertThatThrownBy(() -> new SharedArray(segment.memory(), ProcessLockKind.BYTES, 5, null))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }
}
