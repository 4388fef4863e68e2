package org.concurrencybench.sharedmemory;

/**
 * A queue of messages in shared memory that never waits. All it knows is there, so that who sends and who receives may change,
 * as long as what the next one does happens after what the last one did.
 */
interface ChannelRing {

    /** The most numbers of one message. */
    int longest();

    /** Puts in a message, or nothing where there is no room for all of it. */
    boolean offer(long[] items, int from, int count);

    /** Takes out what is there and fits; returns how many numbers. */
    int take(long[] into);

    /** Empties it, whatever state a sender may have died in. */
    void clear();
}
