package org.concurrencybench.workload;

/**
 * Numbers that all workers of a batch see, as many as were asked for: the textbook's {@code Array}, and with a length of one
 * its {@code Value}. Each access is whole and nothing more: nothing guards what lies between a read and a write, unless a
 * {@link Guard} does.
 */
public interface SharedNumbers {

    /** How many there are. */
    int length();

    /**
     * One of them.
     *
     * @throws IndexOutOfBoundsException if there is none there
     */
    double get(int index);

    /**
     * Replaces one of them.
     *
     * @throws IndexOutOfBoundsException if there is none there
     */
    void set(int index, double value);
}
