package org.concurrencybench.sharedmemory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * A ring of numbers for one sender and one receiver at a time. A number that is sent alone lies beside the stamp that says it
 * is there, so that handing it over moves one line from core to core.
 *
 * <p>The ring is made of slots of two words, a stamp and a number. A message of one number takes a slot. A longer one begins
 * like it, and its other numbers fill the words of the slots that follow, stamps and all. A stamp holds the slot's position,
 * counted since the beginning, and how many numbers the message has, so that one of an earlier lap is never taken for a new
 * one and nothing has to be wiped; only what a long message left where stamps belong is, by the receiver, because a
 * number may look like any stamp. A message that would not fit before the end of the ring leaves a stamp of no numbers there
 * and begins at its start.
 *
 * <p>The sender stores a stamp with release after the numbers; the receiver loads it with acquire before them. The receiver
 * stores the head with release after it has read, and wiped, the slots before it; the sender loads it with acquire before it
 * writes to them, and only when the room that it knew of is used up. Nothing else is read by one and written by the other.
 *
 * <p>That the receiver looks at its own place, and at no index that the sender keeps moving, is the idea of FastForward.
 *
 * @see <a href="https://doi.org/10.1145/1345206.1345215">Giacomoni, Moseley, Vachharajani: FastForward for Efficient Pipeline
 *     Parallelism, PPoPP 2008</a>
 */
final class OneToOneRing implements NumberRing {

    private static final VarHandle LONG = ValueLayout.JAVA_LONG.varHandle();

    // Each party's in a pair of lines of its own, because the prefetcher fetches such.
    private static final long HEAD = 0;

    /** How many numbers of the message at the head were taken. */
    private static final long TAKEN = 8;

    private static final long TAIL = 128;

    /** The position that no message may end beyond until the sender has looked at the head again. */
    private static final long LIMIT = 136;

    private static final long SLOTS = 256;

    private static final int BYTES_OF_A_SLOT = 2 * Long.BYTES;

    private static final int COUNT_BITS = 24;

    private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;

    private static final int LEAST_SLOTS = 64;

    private static final int LARGEST_CAPACITY = 1 << 24;

    /** From here on one call wipes a message faster than a loop does. */
    private static final int MANY_SLOTS = 8;

    private final MemorySegment memory;
    private final int slots;
    private final int slotsPerRelease;

    /**
     * @param memory as long as {@link #bytes} says, zeroed before the first use by anybody
     * @param capacity how many numbers it has to hold, the same for both parties
     */
    OneToOneRing(MemorySegment memory, int capacity) {
        this.memory = memory.asSlice(0, bytes(capacity));
        slots = slots(capacity);
        slotsPerRelease = slots / 8;
    }

    static long bytes(int capacity) {
        return SLOTS + (long) slots(capacity) * BYTES_OF_A_SLOT;
    }

    private static int slots(int capacity) {
        if (capacity < 1 || capacity > LARGEST_CAPACITY) {
            throw new IllegalArgumentException("a ring cannot hold %d numbers".formatted(capacity));
        }
        // At least twice as many: a message that does not fit before the end leaves slots there empty, and slots of a
        // message that was taken in part are not free yet.
        return Math.max(LEAST_SLOTS, Integer.highestOneBit(2 * capacity - 1) << 1);
    }

    @Override
    public int longest() {
        return slots / 4;
    }

    private static long stamp(long position, int count) {
        // Never that of untouched memory, whatever the position.
        return Long.MIN_VALUE | position << COUNT_BITS | count;
    }

    private static int slotsOf(int count) {
        return 1 + count / 2;
    }

    private int slotsToTheEnd(long position) {
        return slots - (int) (position & (slots - 1));
    }

    private long offset(long position) {
        return SLOTS + (position & (slots - 1)) * BYTES_OF_A_SLOT;
    }

    @Override
    public boolean offer(long[] items, int from, int count) {
        long tail = (long) LONG.get(memory, TAIL);
        int left = slotsToTheEnd(tail);
        boolean fits = slotsOf(count) <= left;
        long position = fits ? tail : tail + left;
        long end = position + slotsOf(count);
        if (end > (long) LONG.get(memory, LIMIT) && !hasRoom(end)) {
            return false;
        }
        // First of all, so that whoever clears up after a sender that was killed sees that there is something to clear.
        LONG.set(memory, TAIL, end);
        VarHandle.storeStoreFence();
        if (!fits) {
            LONG.setRelease(memory, offset(tail), stamp(tail, 0));
        }
        long offset = offset(position);
        LONG.set(memory, offset + Long.BYTES, items[from]);
        if (count > 1) {
            MemorySegment.copy(items, from + 1, memory, ValueLayout.JAVA_LONG, offset + 2 * Long.BYTES, count - 1);
        }
        LONG.setRelease(memory, offset, stamp(position, count));
        return true;
    }

    private boolean hasRoom(long end) {
        long limit = (long) LONG.getAcquire(memory, HEAD) + slots;
        LONG.set(memory, LIMIT, limit);
        return end <= limit;
    }

    @Override
    public int take(long[] into) {
        long head = (long) LONG.get(memory, HEAD);
        long released = head;
        int count = 0;
        while (count < into.length) {
            long offset = offset(head);
            long stamp = (long) LONG.getAcquire(memory, offset);
            if ((stamp & ~COUNT_MASK) != stamp(head, 0)) {
                break;
            }
            int length = (int) (stamp & COUNT_MASK);
            if (length == 1) {
                into[count++] = (long) LONG.get(memory, offset + Long.BYTES);
                head++;
            } else if (length == 0) {
                head += slotsToTheEnd(head);
            } else {
                int taken = (int) (long) LONG.get(memory, TAKEN);
                int now = Math.min(length - taken, into.length - count);
                MemorySegment.copy(memory, ValueLayout.JAVA_LONG, offset + (1L + taken) * Long.BYTES, into, count, now);
                count += now;
                if (taken + now < length) {
                    LONG.set(memory, TAKEN, (long) taken + now);
                    break;
                }
                LONG.set(memory, TAKEN, 0L);
                wipe(offset, slotsOf(length));
                head += slotsOf(length);
            }
            if (head - released >= slotsPerRelease) {
                // A sender that has run into the end of the ring need not wait until we have caught up with it.
                LONG.setRelease(memory, HEAD, head);
                released = head;
            }
        }
        if (head != released) {
            LONG.setRelease(memory, HEAD, head);
        }
        return count;
    }

    /** Leaves no number where a stamp will be looked for. */
    private void wipe(long offset, int messageSlots) {
        if (messageSlots > MANY_SLOTS) {
            memory.asSlice(offset, (long) messageSlots * BYTES_OF_A_SLOT).fill((byte) 0);
            return;
        }
        for (int i = 1; i < messageSlots; i++) {
            LONG.set(memory, offset + (long) i * BYTES_OF_A_SLOT, 0L);
        }
    }

    @Override
    public void clear() {
        if ((long) LONG.get(memory, HEAD) != (long) LONG.get(memory, TAIL)) {
            // Not by taking: a sender that was killed may have left a message that it never finishes. What tells of
            // something to clear goes last, for whoever comes after one that was killed in here.
            memory.asSlice(SLOTS).fill((byte) 0);
            VarHandle.storeStoreFence();
            memory.asSlice(0, SLOTS).fill((byte) 0);
        }
    }
}
