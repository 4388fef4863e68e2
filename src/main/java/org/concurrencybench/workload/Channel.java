package org.concurrencybench.workload;

/**
 * A bounded first-in-first-out queue of numbers between tasks. Each sender's numbers arrive in its order, every one of them
 * once; between senders no order is promised. One task receives.
 */
public interface Channel {

    /**
     * Puts in {@code count} numbers, waiting without burning a core where there is no room for long.
     *
     * <p>What it returns is counted by senders rather than here, so that each of them reports its own, in whichever process
     * it runs and however many of them share this object.
     *
     * @param items numbers from index 0
     * @param count from 1 to the capacity
     * @return whether the first try failed: at one of the numbers at least there was no room, and it waited
     * @throws InterruptedException if interrupted while it waits
     * @throws IllegalStateException if nobody has made room for longer than anybody could need; one line
     */
    boolean send(long[] items, int count) throws InterruptedException;

    /**
     * Takes out what is there, waiting without burning a core until there is at least one number.
     *
     * @param into where they go, from index 0; no more are taken than it has room for
     * @return how many, at least 1
     * @throws InterruptedException if interrupted while it waits
     * @throws IllegalStateException if nobody has sent for longer than anybody could need; one line
     */
    int receive(long[] into) throws InterruptedException;

    /** Empties it. Called by one thread while nobody sends or receives. */
    void reset();
}
