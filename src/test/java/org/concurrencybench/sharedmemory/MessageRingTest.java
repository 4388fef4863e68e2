package org.concurrencybench.sharedmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MessageRingTest {

    private static final int CAPACITY = 1024;

    @Property(tries = 200)
    void messagesArriveInOrderAndWhole(@ForAll @Size(max = 60) List<@Size(max = 128) byte[]> messages) {
        MessageRing ring = ring(Arena.ofAuto());
        for (byte[] message : messages) {
            byte[] around = new byte[message.length + 7];
            System.arraycopy(message, 0, around, 3, message.length);
            assertThat(ring.offer(5, around, 3, message.length)).isTrue();
            List<byte[]> heard = new ArrayList<>();
            assertThat(ring.poll((type, bytes, length) -> heard.add(Arrays.copyOf(bytes, length))))
                    .isTrue();
            assertThat(heard).hasSize(1);
            assertThat(heard.getFirst()).isEqualTo(message);
        }
        assertThat(ring.poll((type, bytes, length) -> {})).isFalse();
    }

    @Test
    void aMessageThatIsTooLongIsRefusedAndNothingIsSent() {
        MessageRing ring = ring(Arena.ofAuto());

        assertThat(ring.offer(1, new byte[CAPACITY], 0, CAPACITY)).isFalse();
        assertThat(ring.poll((type, bytes, length) -> {})).isFalse();
    }

    @Test
    void aFullRingRefusesUntilSomethingIsTaken() {
        MessageRing ring = ring(Arena.ofAuto());
        byte[] message = "message".getBytes(StandardCharsets.UTF_8);
        int sent = 0;
        while (ring.offer(2, message, 0, message.length)) {
            sent++;
        }
        assertThat(sent).isPositive();
        assertThat(ring.poll((type, bytes, length) -> assertThat(type).isEqualTo(2)))
                .isTrue();
        assertThat(ring.offer(2, message, 0, message.length)).isTrue();
    }

    @Test
    void memoryThatIsClosedIsNotTouched() {
        Arena arena = Arena.ofShared();
        MessageRing ring = ring(arena);
        arena.close();

        assertThatIllegalStateException().isThrownBy(() -> ring.poll((type, bytes, length) -> {}));
        assertThatIllegalStateException().isThrownBy(() -> ring.offer(1, new byte[1], 0, 1));
    }

    @Test
    void aBellWakesTheOneWhoWaitsForIt() throws Exception {
        MemorySegment memory = Arena.ofShared().allocate(Doorbell.BYTES, 64);
        boolean[] come = new boolean[1];
        Doorbell mine = new Doorbell(memory, 0);
        Thread other = Thread.ofPlatform().start(() -> {
            Doorbell theirs = new Doorbell(memory, 0);
            synchronized (come) {
                come[0] = true;
            }
            theirs.ring();
        });
        boolean heard = mine.await(
                () -> {
                    synchronized (come) {
                        return come[0];
                    }
                },
                Duration.ofSeconds(30));
        other.join();

        assertThat(heard).isTrue();
    }

    @Test
    void nobodyWaitsLongerThanItsLimit() throws Exception {
        Doorbell bell = new Doorbell(Arena.ofAuto().allocate(Doorbell.BYTES, 64), 0);

        assertThat(bell.await(() -> false, Duration.ofMillis(20))).isFalse();
    }

    private static MessageRing ring(Arena arena) {
        return new MessageRing(arena.allocate(MessageRing.bytes(CAPACITY), 64), 0, CAPACITY);
    }
}
