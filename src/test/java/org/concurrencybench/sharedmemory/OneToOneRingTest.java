package org.concurrencybench.sharedmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class OneToOneRingTest {

    private static final int CAPACITY = 40;

    /** Where the first slot's stamp is. */
    private static final long SLOTS = 256;

    private static MemorySegment memory(int capacity) {
        return Arena.ofAuto().allocate(OneToOneRing.bytes(capacity), 64);
    }

    /** Numbers that look like stamps of all positions, which is the worst that can be sent. */
    private static long number(long index) {
        return Long.MIN_VALUE | (index % 512) << 24 | 1 + index % 5;
    }

    @Property
    void givesWhatAQueueGivesForAnyMessagesAndAnyRoomToReceiveThem(
            @ForAll @Size(min = 1, max = 300) List<@IntRange(min = -20, max = 16) Integer> steps) {
        MemorySegment memory = memory(CAPACITY);
        NumberRing sends = new OneToOneRing(memory, CAPACITY);
        NumberRing receives = new OneToOneRing(memory, CAPACITY);
        Queue<Long> expected = new ArrayDeque<>();
        long sent = 0;
        for (int step : steps) {
            if (step > 0) {
                long[] message = new long[step + 3];
                for (int i = 0; i < step; i++) {
                    message[2 + i] = number(sent + i);
                }
                boolean isIn = sends.offer(message, 2, step);
                if (expected.size() + step <= CAPACITY) {
                    assertThat(isIn).isTrue();
                }
                for (int i = 0; isIn && i < step; i++) {
                    expected.add(number(sent++));
                }
            } else {
                long[] into = new long[1 - step];
                int taken = receives.take(into);
                assertThat(taken).isEqualTo(Math.min(into.length, expected.size()));
                for (int i = 0; i < taken; i++) {
                    assertThat(into[i]).isEqualTo(expected.remove());
                }
            }
        }
    }

    @Test
    void isFullInTheEndAndHasRoomAgainForWhatWasTaken() {
        NumberRing ring = new OneToOneRing(memory(CAPACITY), CAPACITY);
        int held = 0;
        while (ring.offer(new long[] {held}, 0, 1)) {
            held++;
        }
        assertThat(held).isBetween(CAPACITY, 4 * CAPACITY);

        assertThat(ring.take(new long[3])).isEqualTo(3);

        for (int i = 0; i < 3; i++) {
            assertThat(ring.offer(new long[] {held + i}, 0, 1)).isTrue();
        }
        assertThat(ring.offer(new long[] {0}, 0, 1)).isFalse();
    }

    @Test
    void whoSendsAndWhoReceivesMayChangeBetweenMessages() {
        MemorySegment memory = memory(CAPACITY);
        for (int i = 0; i < 20 * CAPACITY; i++) {
            // Each knows but what is in the memory.
            assertThat(new OneToOneRing(memory, CAPACITY).offer(new long[] {i, -i}, 0, 2))
                    .isTrue();
            long[] first = new long[1];
            assertThat(new OneToOneRing(memory, CAPACITY).take(first)).isEqualTo(1);
            assertThat(first).containsExactly(i);
            long[] second = new long[2];
            assertThat(new OneToOneRing(memory, CAPACITY).take(second)).isEqualTo(1);
            assertThat(second[0]).isEqualTo(-i);
        }
    }

    /** Whatever part of a message's words reached the memory, stamped or not. */
    @Test
    void whatAKilledSenderLeftIsGoneOnceItIsCleared() {
        for (int words = 0; words <= 8; words++) {
            MemorySegment memory = memory(CAPACITY);
            NumberRing ring = new OneToOneRing(memory, CAPACITY);
            MemorySegment whole = memory(CAPACITY);
            long[] message = new long[7];
            for (int i = 0; i < message.length; i++) {
                message[i] = number(i);
            }
            new OneToOneRing(whole, CAPACITY).offer(message, 0, message.length);
            // The sender's own first, then the message from its end, the stamp last.
            MemorySegment.copy(whole, 128, memory, 128, 16);
            MemorySegment.copy(
                    whole, SLOTS + 8L * (8 - words), memory, SLOTS + 8L * (8 - words), (long) Long.BYTES * words);
            if (words < 8) {
                assertThat(ring.take(new long[10])).isZero();
            }

            ring.clear();

            assertThat(ring.take(new long[10])).isZero();
            for (int i = 0; i < CAPACITY; i++) {
                assertThat(ring.offer(new long[] {i}, 0, 1)).isTrue();
            }
            long[] into = new long[2 * CAPACITY];
            assertThat(ring.take(into)).isEqualTo(CAPACITY);
            assertThat(into).startsWith(0, 1, 2).contains(CAPACITY - 1);
        }
    }

    @Test
    @Timeout(60)
    void handsOverEveryNumberInItsOrderBetweenTwoThreadsThatNeverWaitForLong() throws InterruptedException {
        int messages = 300_000;
        MemorySegment memory = Arena.ofAuto().allocate(OneToOneRing.bytes(CAPACITY), 64);
        Thread sender = Thread.ofPlatform().start(() -> {
            NumberRing ring = new OneToOneRing(memory, CAPACITY);
            long next = 0;
            long[] message = new long[16];
            for (int i = 0; i < messages && !Thread.currentThread().isInterrupted(); i++) {
                int count = 1 + (i * 31 + i / 7) % 16;
                for (int j = 0; j < count; j++) {
                    message[j] = number(next++);
                }
                while (!ring.offer(message, 0, count) && !Thread.currentThread().isInterrupted()) {
                    LockSupport.parkNanos(1);
                }
            }
        });
        long due = 0;
        for (int i = 0; i < messages; i++) {
            due += 1 + (i * 31 + i / 7) % 16;
        }
        NumberRing ring = new OneToOneRing(memory, CAPACITY);
        long received = 0;
        long wrong = 0;
        long[] into = new long[13];
        try {
            while (received < due && !Thread.currentThread().isInterrupted()) {
                int count = ring.take(into);
                for (int i = 0; i < count; i++) {
                    wrong += into[i] == number(received++) ? 0 : 1;
                }
                if (count == 0) {
                    LockSupport.parkNanos(1);
                }
            }
        } finally {
            sender.interrupt();
            sender.join();
        }
        assertThat(wrong).isZero();
        assertThat(ring.take(into)).isZero();
    }

    @Test
    void capacitiesThatNoRingHasAreRefused() {
        for (int capacity : new int[] {0, -1, Integer.MAX_VALUE}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> OneToOneRing.bytes(capacity))
                    .withMessage("a ring cannot hold %d numbers", capacity);
        }
    }

    @Test
    void memoryThatIsUnmappedIsToldAndNotTouched() {
        NumberRing ring;
        try (Arena arena = Arena.ofConfined()) {
            ring = new OneToOneRing(arena.allocate(OneToOneRing.bytes(CAPACITY), 64), CAPACITY);
        }
        assertThatIllegalStateException().isThrownBy(() -> ring.take(new long[1]));
        assertThatIllegalStateException().isThrownBy(() -> ring.offer(new long[1], 0, 1));
    }
}
