package org.concurrencybench.sharedmemory;

/**
 * A bounded first-in-first-out queue of numbers whose ends are in one process or in several. Each sender's numbers arrive in
 * its order, every one of them once; between senders no order is promised. One receives at a time.
 *
 * <p>Every process has an object of its own: the owner {@linkplain SharedChannelKind#create makes} the channel, the others
 * {@linkplain SharedChannelKind#open open} it. An object serves both directions; what either needs is opened by the first
 * call that needs it. Any thread may call; a virtual one keeps its carrier while it sleeps.
 */
public interface SharedChannel extends AutoCloseable {

    /**
     * Puts in {@code count} numbers, waiting without burning a core where there is no room for long. Where it throws, some
     * of them, from the front, may have been put in.
     *
     * @param items numbers from index 0
     * @param count at least 1
     * @return whether it waited for room
     * @throws InterruptedException if interrupted while it waits
     * @throws IllegalStateException if nobody has made room for longer than anybody could need
     */
    boolean send(long[] items, int count) throws InterruptedException;

    /**
     * Takes out what is there, waiting without burning a core until there is at least one number.
     *
     * @param into where they go, from index 0; no more are taken than it has room for
     * @return how many, at least 1
     * @throws InterruptedException if interrupted while it waits
     * @throws IllegalStateException if nobody has sent for longer than anybody could need
     */
    int receive(long[] into) throws InterruptedException;

    /** Messages that this object's senders had to offer more than once for want of room, since the last reset by anybody. */
    long failedOffers();

    /** Empties it and forgets what was counted, in all processes. Called by one thread while nobody sends or receives. */
    void reset();

    /**
     * Gives back what this end holds; the owner's removes the channel's file, if it has one. Called before the memory is
     * closed, while nobody uses this object; again, it does nothing.
     */
    @Override
    void close();
}
