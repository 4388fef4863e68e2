package org.concurrencybench.execution.childjvm;

import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.concurrencybench.sharedmemory.Doorbell;

/**
 * The mailboxes of an owner's children, in mapped memory, and the bell that all of them ring.
 *
 * @param bell where the owner waits for answers
 * @param all one for each child
 * @param state that holds them
 */
record Mailboxes(Doorbell bell, List<Mailbox> all, MappedState state) {

    /** The shared memory that so many take. */
    static long bytes(int count) {
        return Doorbell.BYTES + count * Mailbox.BYTES;
    }

    /**
     * So many.
     *
     * @param memory shared by all, zeroed from {@code offset}
     * @param offset a multiple of 64, the same in all processes
     * @param state that holds them
     */
    static Mailboxes in(MemorySegment memory, long offset, int count, MappedState state) {
        Doorbell bell = new Doorbell(memory, offset);
        List<Mailbox> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(new Mailbox(memory, offset + Doorbell.BYTES + i * Mailbox.BYTES, bell, state));
        }
        return new Mailboxes(bell, List.copyOf(all), state);
    }

    /**
     * The owner's side: waits until something has come, for so long at most; see {@link Doorbell#await}.
     *
     * @throws IllegalStateException if the memory is gone
     */
    boolean await(BooleanSupplier hasCome, Duration limit) throws InterruptedException {
        try {
            return bell.await(hasCome, limit);
        } catch (InternalError e) {
            throw state.inPlainWords(e);
        }
    }

    /** Wakes the owner's waiting thread. Where the memory is gone, that one finds out by itself. */
    void ring() {
        try {
            bell.ring();
        } catch (InternalError e) {
            return;
        }
    }
}
