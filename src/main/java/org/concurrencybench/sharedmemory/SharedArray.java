package org.concurrencybench.sharedmemory;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code double}s in shared memory, as many as it was made with: the textbook's {@code multiprocessing.Array}. Under a
 * lock, each method is one critical section. Without one, each access to an element is whole and nothing more: additions
 * get lost, unless the caller holds a lock of its own around them.
 */
public final class SharedArray {

    // Accesses are opaque: none is torn, moved out of a loop or left out. Any order between processes is the lock's
    // doing.
    private static final VarHandle ELEMENT = ValueLayout.JAVA_DOUBLE.varHandle();

    private final MemorySegment memory;
    private final int length;
    private final @Nullable AbstractProcessLock lock;

    /**
     * @param memory shared by all parties
     * @param offset of the first element, a multiple of 8; the same in every process
     * @param length the same in every process
     * @param lock that guards the elements, still the caller's to close; null for none
     */
    public SharedArray(MemorySegment memory, long offset, int length, @Nullable ProcessLock lock) {
        this.memory = memory.asSlice(offset, bytes(length), Double.BYTES);
        this.length = length;
        this.lock = switch (lock) {
            case null -> null;
            case AbstractProcessLock ours -> ours;
        };
    }

    /** Bytes that the elements take; the lock has a place of its own. */
    public static long bytes(int length) {
        return (long) length * Double.BYTES;
    }

    /** How many elements there are. */
    public int length() {
        return length;
    }

    /**
     * One element.
     *
     * @throws IndexOutOfBoundsException if there is no such element
     * @throws IllegalStateException as {@link SharedLong#add} does, and so for each method here
     */
    public double get(int index) {
        Objects.checkIndex(index, length);
        enter();
        try {
            return read(index);
        } finally {
            leave();
        }
    }

    /** Replaces one element. */
    public void set(int index, double value) {
        Objects.checkIndex(index, length);
        enter();
        try {
            write(index, value);
        } finally {
            leave();
        }
    }

    /** Adds to one element. */
    public void add(int index, double delta) {
        Objects.checkIndex(index, length);
        enter();
        try {
            write(index, read(index) + delta);
        } finally {
            leave();
        }
    }

    /** Adds to every element, under one hold of the lock. */
    public void addToEach(double delta) {
        enter();
        try {
            for (int i = 0; i < length; i++) {
                write(i, read(i) + delta);
            }
        } finally {
            leave();
        }
    }

    /** A copy of all elements, taken under one hold of the lock. */
    public double[] toArray() {
        double[] copy = new double[length];
        enter();
        try {
            for (int i = 0; i < length; i++) {
                copy[i] = read(i);
            }
        } finally {
            leave();
        }
        return copy;
    }

    private void enter() {
        if (lock != null) {
            lock.lockIntact();
        }
    }

    private void leave() {
        if (lock != null) {
            lock.unlock();
        }
    }

    private double read(int index) {
        return (double) ELEMENT.getOpaque(memory, bytes(index));
    }

    private void write(int index, double value) {
        ELEMENT.setOpaque(memory, bytes(index), value);
    }
}
