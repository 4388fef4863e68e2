package org.concurrencybench.execution.childjvm;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.Optional;
import org.concurrencybench.sharedmemory.Doorbell;
import org.concurrencybench.sharedmemory.MessageRing;
import org.jspecify.annotations.Nullable;

/**
 * Frames to one child and back through mapped memory. Each direction is a ring with one sender and one receiver at a time, and
 * each side has a bell.
 */
final class Mailbox {

    /** For the few frames that are under way to a child: work, of which it has two at most, and the end. */
    private static final int REQUESTS_BYTES = 1024;

    /** An answer may take an eighth of it: a thousand numbers and a head. */
    private static final int ANSWERS_BYTES = 64 * 1024;

    private static final long REQUESTS = Doorbell.BYTES;
    private static final long ANSWERS = REQUESTS + MessageRing.bytes(REQUESTS_BYTES);

    /** The shared memory that one takes. */
    static final long BYTES = ANSWERS + MessageRing.bytes(ANSWERS_BYTES);

    /** A child has nothing else to wait for, and its watch ends it when its owner is gone. */
    private static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE);

    private final MessageRing requests;
    private final MessageRing answers;
    private final Doorbell childsBell;
    private final Doorbell ownersBell;
    private final MappedState state;
    // What the ring has just handed over; the receiving thread's own.
    private int receivedType;
    private byte @Nullable [] received;
    private int receivedBytes;

    /**
     * @param memory zeroed, {@link #BYTES} from {@code offset} are the mailbox's
     * @param ownersBell rung for each answer
     * @param state that holds it
     */
    Mailbox(MemorySegment memory, long offset, Doorbell ownersBell, MappedState state) {
        this.childsBell = new Doorbell(memory, offset);
        this.requests = new MessageRing(memory, offset + REQUESTS, REQUESTS_BYTES);
        this.answers = new MessageRing(memory, offset + ANSWERS, ANSWERS_BYTES);
        this.ownersBell = ownersBell;
        this.state = state;
    }

    /**
     * The owner's side: hands a frame to the child.
     *
     * @throws IOException if there is no room, because the child has not taken what it was sent before
     */
    void request(Frame frame) throws IOException {
        if (!offer(frame, requests, childsBell)) {
            throw new IOException("its mailbox is full");
        }
    }

    /**
     * The owner's side: an answer, if there is one; valid until the next.
     *
     * @throws IOException if it is nonsense
     */
    Optional<Frame> answer() throws IOException {
        return poll(answers) ? Optional.of(taken()) : Optional.empty();
    }

    /**
     * The child's side: waits for a frame, which is valid until the next.
     *
     * @throws IOException if it is nonsense
     */
    Frame awaitRequest() throws IOException {
        while (!hasRequest()) {
            // Only an interrupt of some task's ends a wait without one.
        }
        return taken();
    }

    private boolean hasRequest() {
        try {
            return childsBell.await(() -> poll(requests), FOR_EVER);
        } catch (InterruptedException e) {
            // Of no more use: that task is over.
            return false;
        }
    }

    /** The child's side: sends an answer; false if it is too long, or the owner has not taken those before it. */
    boolean send(Frame frame) {
        return offer(frame, answers, ownersBell);
    }

    private boolean offer(Frame frame, MessageRing ring, Doorbell bell) {
        try {
            boolean sent = frame.offerTo(ring);
            if (sent) {
                bell.ring();
            }
            return sent;
        } catch (InternalError | IllegalStateException e) {
            throw state.inPlainWords(e);
        }
    }

    private boolean poll(MessageRing ring) {
        try {
            return ring.poll(this::receive);
        } catch (InternalError | IllegalStateException e) {
            throw state.inPlainWords(e);
        }
    }

    private void receive(int type, byte[] bytes, int length) {
        receivedType = type;
        received = bytes;
        receivedBytes = length;
    }

    private Frame taken() throws IOException {
        byte[] payload = received;
        received = null;
        if (payload == null) {
            throw new IOException("a message without content");
        }
        return Frame.received(receivedType, payload, receivedBytes);
    }
}
