package org.concurrencybench.sharedmemory;

import java.lang.foreign.MemorySegment;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * Agrona's ring of byte messages in shared memory, for one sender and one receiver at a time, in one process or in two. It
 * never waits. A message becomes visible when it is committed, and room when the receiver moves the head; both are release
 * stores of Agrona's that pair with its volatile loads.
 *
 * @see <a href="https://github.com/aeron-io/agrona">Agrona</a>
 */
public final class MessageRing {

    private final MemorySegment memory;
    private final UnsafeBuffer buffer;
    private final OneToOneRingBuffer ring;
    // The receiver's. Kept, because fresh memory for each message would be fetched into the cache first.
    private byte[] message = {};

    /** Hears what was received. */
    @FunctionalInterface
    public interface Receiver {

        /**
         * One message.
         *
         * @param type as it was sent
         * @param bytes begin with the message; the ring's own, which the next message overwrites
         * @param length of the message
         */
        void message(int type, byte[] bytes, int length);
    }

    /**
     * @param memory shared by both, zeroed before the first use; {@link #bytes} from {@code offset} are the ring's
     * @param offset a multiple of 64, the same in both processes
     * @param capacity bytes of messages and their headers, a power of two, the same in both processes
     */
    public MessageRing(MemorySegment memory, long offset, int capacity) {
        this.memory = memory;
        this.buffer = new UnsafeBuffer(memory.asSlice(offset, bytes(capacity)).asByteBuffer());
        this.ring = new OneToOneRingBuffer(buffer);
    }

    /** The shared memory that one takes. */
    public static long bytes(int capacity) {
        return (long) capacity + RingBufferDescriptor.TRAILER_LENGTH;
    }

    /**
     * Sends a message, or nothing.
     *
     * @param type above 0
     * @param bytes hold the message, from {@code from}
     * @return false if it is too long for this ring, or there is no room for it now
     */
    public boolean offer(int type, byte[] bytes, int from, int length) {
        checkAlive();
        if (length > ring.maxMsgLength()) {
            return false;
        }
        int index = ring.tryClaim(type, length);
        if (index < 0) {
            return false;
        }
        buffer.putBytes(index, bytes, from, length);
        ring.commit(index);
        return true;
    }

    /**
     * Receives a message, if one is there.
     *
     * @return whether one was
     */
    public boolean poll(Receiver receiver) {
        checkAlive();
        if (read(receiver)) {
            return true;
        }
        // The first look may pass but the filler at the ring's end.
        return read(receiver);
    }

    private boolean read(Receiver receiver) {
        int count = ring.read(
                (type, source, index, length) -> {
                    if (message.length < length) {
                        message = new byte[length];
                    }
                    source.getBytes(index, message, 0, length);
                    receiver.message(type, message, length);
                },
                1);
        return count > 0;
    }

    /** Agrona goes by addresses: unmapped memory would end the JVM. */
    private void checkAlive() {
        if (!memory.scope().isAlive()) {
            throw new IllegalStateException("the ring's memory is closed");
        }
    }
}
