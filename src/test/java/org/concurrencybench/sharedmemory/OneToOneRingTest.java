package org.concurrencybench.sharedmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneToOneRingTest {

    private static final int CAPACITY = 64;

    /** Where the sender keeps its position. */
    private static final long TAIL = 128;

    /** Where the first slot's stamp is. */
    private static final long SLOTS = 256;

    private static MemorySegment memory(int capacity) {
        return Arena.ofAuto().allocate(OneToOneRing.bytes(capacity), 64);
    }

    /** Numbers that look like stamps, most of them of positions that come up soon, which is the worst that can be sent. */
    private static long number(long index) {
        return stamp(index + index * 37 % 256, 1 + (int) (index % 5));
    }

    private static long stamp(long position, int count) {
        return Long.MIN_VALUE | position << 24 | count;
    }

    @Property
    void givesWhatAQueueGivesForAnyMessagesAndAnyRoomToReceiveThem(
            @ForAll @Size(min = 1, max = 300) List<@IntRange(min = -20, max = 32) Integer> steps) {
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

    /** All but the last of them fit whatever was sent before, in messages of any one size. */
    @Test
    void holdsItsCapacityFromWhereverItBeginsInMessagesOfAnySizeAndWithAFirstOneThatIsTakenInPart() {
        for (int capacity : new int[] {1, 32, 33, 63, 64}) {
            for (int size = 1;
                    size <= Math.min(capacity, new OneToOneRing(memory(capacity), capacity).longest());
                    size++) {
                MemorySegment memory = memory(capacity);
                NumberRing ring = new OneToOneRing(memory, capacity);
                long slots = (OneToOneRing.bytes(capacity) - SLOTS) / 16;
                for (int begin = 0; begin < slots; begin++) {
                    int held = 0;
                    assertThat(ring.offer(new long[size], 0, size)).isTrue();
                    held += size - ring.take(new long[size - size / 2]);
                    while (held + size <= capacity) {
                        assertThat(ring.offer(new long[size], 0, size))
                                .as("capacity %d, size %d, begin %d, held %d", capacity, size, begin, held)
                                .isTrue();
                        held += size;
                    }
                    assertThat(ring.take(new long[capacity + 1])).isEqualTo(held);
                    // One slot on.
                    assertThat(ring.offer(new long[1], 0, 1)).isTrue();
                    assertThat(ring.take(new long[1])).isEqualTo(1);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 16, 20})
    void aNumberThatLooksLikeAStampIsNoMessageWhenTheRingComesRoundToIt(int length) {
        NumberRing ring = new OneToOneRing(memory(CAPACITY), CAPACITY);
        long slots = (OneToOneRing.bytes(CAPACITY) - SLOTS) / 16;
        long[] message = new long[length];
        for (int i = 1; i < length; i += 2) {
            // It lies where the stamp of that position will, a lap later.
            message[i] = stamp(slots + (i + 1L) / 2, 1);
        }
        assertThat(ring.offer(message, 0, length)).isTrue();
        assertThat(ring.take(new long[length])).isEqualTo(length);
        long position = 1L + length / 2;
        while (position < 2 * slots) {
            assertThat(ring.take(new long[5])).as("position %d", position).isZero();
            assertThat(ring.offer(new long[] {position}, 0, 1)).isTrue();
            assertThat(ring.take(new long[1])).isEqualTo(1);
            position++;
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
            for (int i = 1; i < message.length; i += 2) {
                message[i] = stamp((i + 1L) / 2, 1);
            }
            new OneToOneRing(whole, CAPACITY).offer(message, 0, message.length);
            // The sender's own first, then the message from its end, the stamp last.
            MemorySegment.copy(whole, TAIL, memory, TAIL, 16);
            MemorySegment.copy(
                    whole, SLOTS + 8L * (8 - words), memory, SLOTS + 8L * (8 - words), (long) Long.BYTES * words);
            if (words < 8) {
                assertThat(ring.take(new long[10])).isZero();
            }

            ring.clear();

            for (int i = 0; i < 2 * CAPACITY; i++) {
                assertThat(ring.take(new long[10])).isZero();
                assertThat(ring.offer(new long[] {i}, 0, 1)).isTrue();
                long[] into = new long[1];
                assertThat(ring.take(into)).isEqualTo(1);
                assertThat(into).containsExactly(i);
            }
        }
    }

    /** A message from beyond the end of its array stands for a sender that is killed before its first number. */
    @Test
    void aSenderSaysThatSomethingIsToBeClearedBeforeItWritesAnythingElse() {
        MemorySegment memory = memory(CAPACITY);
        NumberRing ring = new OneToOneRing(memory, CAPACITY);

        assertThatThrownBy(() -> ring.offer(new long[0], 0, 1)).isInstanceOf(IndexOutOfBoundsException.class);

        assertThat(memory.get(ValueLayout.JAVA_LONG, TAIL)).isEqualTo(1);
        ring.clear();
        assertThat(memory.get(ValueLayout.JAVA_LONG, TAIL)).isZero();
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
        for (int capacity : new int[] {0, -1, (1 << 24) + 1, Integer.MAX_VALUE}) {
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
