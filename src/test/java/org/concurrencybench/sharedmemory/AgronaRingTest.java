package org.concurrencybench.sharedmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.junit.jupiter.api.Test;

class AgronaRingTest {

    private static final int CAPACITY = 100;

    @Test
    void whatAKilledSenderClaimedBlocksItUntilItIsCleared() {
        MemorySegment memory = Arena.ofAuto().allocate(AgronaRing.bytes(CAPACITY), 64);
        AgronaRing ring = new AgronaRing(memory, CAPACITY);
        new ManyToOneRingBuffer(new UnsafeBuffer(memory.asSlice(AgronaRing.RING).asByteBuffer()))
                .tryClaim(1, Long.BYTES);
        ring.offer(new long[] {1}, 0, 1);
        assertThat(ring.take(new long[10])).isZero();

        ring.clear();

        assertThat(ring.take(new long[10])).isZero();
        fillsAndEmpties(ring);
    }

    @Test
    void capacitiesThatNoRingHasAreRefused() {
        for (int capacity : new int[] {0, -1, Integer.MAX_VALUE}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> AgronaRing.bytes(capacity))
                    .withMessage("a ring cannot hold %d numbers", capacity);
        }
    }

    private static void fillsAndEmpties(AgronaRing ring) {
        for (int lap = 0; lap < 20; lap++) {
            for (int i = 0; i < CAPACITY; i++) {
                assertThat(ring.offer(new long[] {lap, i}, 1, 1)).isTrue();
            }
            long[] into = new long[CAPACITY];
            int count = 0;
            while (count < CAPACITY) {
                long[] some = new long[7];
                int now = ring.take(some);
                assertThat(now).isPositive();
                System.arraycopy(some, 0, into, count, Math.min(now, CAPACITY - count));
                count += now;
            }
            assertThat(into).isEqualTo(LongStream.range(0, CAPACITY).toArray());
        }
    }
}
