package org.concurrencybench.sharedmemory;

/**
 * A bounded queue of numbers in shared memory that never waits. All it knows is in that memory, so that who sends and who
 * receives may change, as long as what the next one does happens after what the last one did; after one that was killed,
 * it has to be {@linkplain #clear cleared} first.
 */
sealed interface NumberRing permits OneToOneRing, AgronaRing {

    /** The most numbers of one message. */
    int longest();

    /**
     * Puts in a message, or nothing where there is no room for all of it.
     *
     * @param items the message's numbers, from index {@code from}
     * @param count from 1 to {@link #longest}
     * @return whether it is in
     */
    boolean offer(long[] items, int from, int count);

    /**
     * Takes out what is there and fits, of however many messages.
     *
     * @param into where the numbers go, from index 0
     * @return how many numbers; 0 if there are none
     */
    int take(long[] into);

    /** Empties it, whatever state a sender may have died in; called while nobody else uses it. */
    void clear();
}
