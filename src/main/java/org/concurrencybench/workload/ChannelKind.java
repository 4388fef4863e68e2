package org.concurrencybench.workload;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How numbers are handed from task to task. */
public enum ChannelKind {
    /** Whichever the model takes by itself: {@link #ARRAY_BLOCKING_QUEUE} on a heap, {@link #MPSC_RING} in mapped memory. */
    OWN(Sharing.ANYWHERE, true),
    ARRAY_BLOCKING_QUEUE(Sharing.HEAP, true),
    LINKED_TRANSFER_QUEUE(Sharing.HEAP, true),
    JCTOOLS_SPSC(Sharing.HEAP, false),
    JCTOOLS_MPSC(Sharing.HEAP, true),
    SPSC_RING(Sharing.MAPPED, false),
    MPSC_RING(Sharing.MAPPED, true),
    PIPE(Sharing.MAPPED, true),
    UNIX_SOCKET(Sharing.MAPPED, true);

    private final Sharing sharing;
    private final boolean manySenders;

    ChannelKind(Sharing sharing, boolean manySenders) {
        this.sharing = sharing;
        this.manySenders = manySenders;
    }

    /** Where its two ends can be. */
    public Sharing sharing() {
        return sharing;
    }

    /** Whether more than one task may send at once. */
    public boolean manySenders() {
        return manySenders;
    }

    /** Whether more than one task may receive at once, without a lock between them. */
    public boolean manyReceivers() {
        return this == ARRAY_BLOCKING_QUEUE || this == LINKED_TRANSFER_QUEUE;
    }

    /**
     * Whether several tasks may send, and several receive if a lock lets in one at a time. A socket is connected to the
     * process that received first.
     */
    public boolean crewReceives() {
        return manySenders && this != UNIX_SOCKET;
    }

    /** Whether one thread can be both ends, sending first and receiving later: a socket takes nothing without a receiver. */
    public boolean servesOneThread() {
        return this != UNIX_SOCKET;
    }

    /** Its name as a parameter's value, e.g. {@code spsc-ring}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The names of all kinds, {@link #OWN} first. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(ChannelKind::label).toList();
    }

    /**
     * The kind with this name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static ChannelKind of(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label().equals(label))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no channel '" + label + "'"));
    }
}
