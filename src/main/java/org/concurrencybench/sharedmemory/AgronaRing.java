package org.concurrencybench.sharedmemory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.ControlledMessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * Agrona's ring of records, each a header of 8 bytes and a message, for many senders. A record becomes visible when its sender
 * commits it, and room when the receiver moves the head; both are release stores of Agrona's that pair with its volatile loads.
 */
final class AgronaRing implements NumberRing {

    /** How many numbers of the first record were taken: only the receiver's business. */
    private static final long TAKEN = 0;

    /** Where Agrona's part begins. */
    static final long RING = 64;

    private static final int NUMBERS = 1;

    private static final int BYTES_OF_A_NUMBER_ALONE = 16;

    private final MemorySegment memory;
    private final MemorySegment data;
    private final UnsafeBuffer buffer;
    private final RingBuffer ring;
    private final int numbersPerRelease;
    private final Intake intake = new Intake();

    /**
     * @param memory as long as {@link #bytes} says, zeroed before the first use by anybody
     * @param capacity how many numbers it has to hold, the same for all parties
     */
    AgronaRing(MemorySegment memory, int capacity) {
        this.memory = memory;
        data = memory.asSlice(RING, ringBytes(capacity));
        buffer = new UnsafeBuffer(memory.asSlice(RING).asByteBuffer());
        ring = new ManyToOneRingBuffer(buffer);
        numbersPerRelease = ring.capacity() / BYTES_OF_A_NUMBER_ALONE / 8;
    }

    static long bytes(int capacity) {
        return RING + ringBytes(capacity) + RingBufferDescriptor.TRAILER_LENGTH;
    }

    private static int ringBytes(int capacity) {
        // One more, because this ring is never quite full.
        long least = (capacity + 1L) * BYTES_OF_A_NUMBER_ALONE;
        if (capacity < 1 || least > 1 << 30) {
            throw new IllegalArgumentException("a ring cannot hold %d numbers".formatted(capacity));
        }
        return Math.max(1024, Integer.highestOneBit((int) least - 1) << 1);
    }

    @Override
    public int longest() {
        return ring.maxMsgLength() / Long.BYTES;
    }

    @Override
    public boolean offer(long[] items, int from, int count) {
        checkAlive();
        int index = ring.tryClaim(NUMBERS, count * Long.BYTES);
        if (index < 0) {
            return false;
        }
        if (count == 1) {
            buffer.putLong(index, items[from]);
        } else {
            MemorySegment.copy(items, from, data, ValueLayout.JAVA_LONG, index, count);
        }
        ring.commit(index);
        return true;
    }

    @Override
    public int take(long[] into) {
        checkAlive();
        int count = intake.take(into);
        // The first look may pass but the filler at the ring's end.
        return count > 0 ? count : intake.take(into);
    }

    @Override
    public void clear() {
        checkAlive();
        if (ring.size() > 0) {
            // Not by taking: a sender that was killed may have left a record that it never commits.
            memory.fill((byte) 0);
        }
    }

    /** Agrona goes by addresses: unmapped memory would end the JVM. */
    private void checkAlive() {
        if (!memory.scope().isAlive()) {
            throw new IllegalStateException("the channel's memory is closed");
        }
    }

    /** Copies records into an array; what no longer fits stays in the ring, with a note of how much of it was taken. */
    private final class Intake implements ControlledMessageHandler {

        private long[] into = {};
        private int count;
        private int unreleased;

        int take(long[] array) {
            into = array;
            count = 0;
            unreleased = 0;
            ring.controlledRead(this, array.length);
            return count;
        }

        @Override
        public Action onMessage(int type, MutableDirectBuffer source, int index, int length) {
            int taken = memory.get(ValueLayout.JAVA_INT, TAKEN);
            int left = length / Long.BYTES - taken;
            int room = into.length - count;
            int now = Math.min(left, room);
            if (now == 1) {
                into[count] = source.getLong(index + taken * Long.BYTES);
            } else {
                MemorySegment.copy(data, ValueLayout.JAVA_LONG, index + (long) taken * Long.BYTES, into, count, now);
            }
            count += now;
            if (now < left) {
                memory.set(ValueLayout.JAVA_INT, TAKEN, taken + now);
                return Action.ABORT;
            }
            if (taken > 0) {
                memory.set(ValueLayout.JAVA_INT, TAKEN, 0);
            }
            if (now == room) {
                return Action.BREAK;
            }
            unreleased += now;
            if (unreleased < numbersPerRelease) {
                return Action.CONTINUE;
            }
            // A sender that has run into the end of the ring need not wait until we have caught up with it.
            unreleased = 0;
            return Action.COMMIT;
        }
    }
}
