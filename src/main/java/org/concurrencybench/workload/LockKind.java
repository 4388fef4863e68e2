package org.concurrencybench.workload;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What guards what tasks share. The atomic kinds guard a number with one instruction and have no lock. */
public enum LockKind {
    /** Whichever the model takes by itself: {@link #REENTRANT_LOCK} on a heap, {@link #SPIN} in mapped memory. */
    OWN(Sharing.ANYWHERE),
    /**
     * Nothing. A change is a read, an addition and a write, and whatever others write in between is lost.
     */
    NONE(Sharing.ANYWHERE),
    SYNCHRONIZED(Sharing.HEAP),
    REENTRANT_LOCK(Sharing.HEAP),
    STAMPED_LOCK(Sharing.HEAP),
    SEMAPHORE(Sharing.HEAP),
    ATOMIC_LONG(Sharing.HEAP),
    LONG_ADDER(Sharing.HEAP),
    SPIN(Sharing.MAPPED),
    FUTEX(Sharing.MAPPED),
    POSIX_SEMAPHORE(Sharing.MAPPED),
    ROBUST_MUTEX(Sharing.MAPPED),
    FILE_LOCK(Sharing.MAPPED),
    ATOMIC(Sharing.MAPPED);

    private final Sharing sharing;

    LockKind(Sharing sharing) {
        this.sharing = sharing;
    }

    /** Where what it guards can live. */
    public Sharing sharing() {
        return sharing;
    }

    /** Whether it can be held for longer than an addition; the atomic kinds cannot, because they are one instruction. */
    public boolean isLock() {
        return switch (this) {
            case NONE, ATOMIC_LONG, LONG_ADDER, ATOMIC -> false;
            case OWN,
                    SYNCHRONIZED,
                    REENTRANT_LOCK,
                    STAMPED_LOCK,
                    SEMAPHORE,
                    SPIN,
                    FUTEX,
                    POSIX_SEMAPHORE,
                    ROBUST_MUTEX,
                    FILE_LOCK -> true;
        };
    }

    /** Its name as a parameter's value, e.g. {@code reentrant-lock}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The names of all kinds, {@link #OWN} first. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(LockKind::label).toList();
    }

    /**
     * The kind with this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static LockKind of(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no lock '" + label + "'"));
    }
}
