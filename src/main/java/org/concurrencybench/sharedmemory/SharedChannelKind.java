package org.concurrencybench.sharedmemory;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** What carries a {@link SharedChannel}'s numbers. */
public enum SharedChannelKind {

    /**
     * A ring of our own in the shared memory, for one sender at a time. Holds at least as many numbers as its capacity.
     *
     * @see OneToOneRing
     */
    SPSC_RING(false),

    /**
     * Agrona's ring in the shared memory, for many senders. Holds at least as many numbers as its capacity.
     *
     * @see <a href="https://github.com/aeron-io/agrona">Agrona</a>
     */
    MPSC_RING(true),

    /**
     * A named pipe. Holds what the kernel gives it, 64 KiB, whatever its capacity.
     *
     * @see <a href="https://man7.org/linux/man-pages/man7/pipe.7.html">pipe(7)</a>
     */
    PIPE(true),

    /**
     * A Unix domain socket. Holds what the kernel gives it, some hundreds of messages, whatever its capacity. A send waits
     * until somebody has begun to receive, after a reset as well; only a reset lets another process be the one who does.
     *
     * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7)</a>
     */
    UNIX_SOCKET(true);

    /** Of the offset in shared memory. */
    private static final int ALIGNMENT = 64;

    /** Resets and the socket's listener, for channels whose numbers are elsewhere. */
    private static final long BYTES_OF_COUNTERS = 64;

    private static final long RESETS = 0;
    private static final long LISTENER = 8;

    /** A socket's address has room for so much on every system that has such sockets. */
    private static final int LONGEST_SOCKET_PATH = 100;

    private final boolean manySenders;

    SharedChannelKind(boolean manySenders) {
        this.manySenders = manySenders;
    }

    /** Its name as a parameter's value, e.g. {@code spsc-ring}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether more than one thread or process may send at once. */
    public boolean manySenders() {
        return manySenders;
    }

    /** Why it cannot be used in this JVM, in a line; empty if it can. */
    public Optional<String> unavailable() {
        return switch (this) {
            case SPSC_RING -> Optional.empty();
            case MPSC_RING -> agronaUnavailable();
            case PIPE -> PipeEnds.unavailable();
            case UNIX_SOCKET -> socketsUnavailable();
        };
    }

    /**
     * The shared memory that one needs, a multiple of 64 bytes.
     *
     * @param capacity how many numbers it should hold
     * @throws IllegalArgumentException if no channel can hold as many
     */
    public long bytes(int capacity) {
        return switch (this) {
            case SPSC_RING -> RingChannel.BYTES + OneToOneRing.bytes(capacity);
            case MPSC_RING -> RingChannel.BYTES + AgronaRing.bytes(capacity);
            case PIPE, UNIX_SOCKET -> BYTES_OF_COUNTERS;
        };
    }

    /**
     * Makes a channel. The process that calls this owns it, and its {@link SharedChannel#close} removes the channel's file.
     *
     * @param memory shared by all parties; zeroes from {@code offset} for {@link #bytes}
     * @param offset a multiple of 64, the same in all processes
     * @param capacity the same in all processes
     * @param segmentFile of the memory; a channel that needs a file has it beside this one, under a longer name
     * @throws IOException if that file cannot be made
     */
    public SharedChannel create(MemorySegment memory, long offset, int capacity, Path segmentFile) throws IOException {
        return create(memory, offset, capacity, segmentFile, Patience.GIVE_UP);
    }

    /** For tests, which do not wait that long. */
    SharedChannel create(MemorySegment memory, long offset, int capacity, Path segmentFile, Duration giveUp)
            throws IOException {
        return channel(memory, offset, capacity, segmentFile, true, giveUp);
    }

    /**
     * Uses a channel that another process made, with what that one was given.
     *
     * @throws IOException if its file cannot be used
     */
    public SharedChannel open(MemorySegment memory, long offset, int capacity, Path segmentFile) throws IOException {
        return open(memory, offset, capacity, segmentFile, Patience.GIVE_UP);
    }

    /** For tests, which do not wait that long. */
    SharedChannel open(MemorySegment memory, long offset, int capacity, Path segmentFile, Duration giveUp)
            throws IOException {
        return channel(memory, offset, capacity, segmentFile, false, giveUp);
    }

    private SharedChannel channel(
            MemorySegment memory, long offset, int capacity, Path segmentFile, boolean owner, Duration giveUp)
            throws IOException {
        MemorySegment own = memory.asSlice(offset, bytes(capacity), ALIGNMENT);
        return switch (this) {
            case SPSC_RING -> ring(own, rest -> new OneToOneRing(rest, capacity), giveUp);
            case MPSC_RING -> ring(own, rest -> new AgronaRing(rest, capacity), giveUp);
            case PIPE -> {
                Path path = beside(segmentFile, offset, ".pipe");
                if (owner) {
                    PipeCalls.make(path);
                }
                yield new KernelChannel(new PipeEnds(path), new FailedOffers(own, RESETS), path, owner, giveUp);
            }
            case UNIX_SOCKET -> {
                Path path = beside(segmentFile, offset, ".sock");
                if (path.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_SOCKET_PATH) {
                    throw new IOException("%s is too long for a socket's address".formatted(path));
                }
                FailedOffers failedOffers = new FailedOffers(own, RESETS);
                SocketEnds ends = new SocketEnds(own, LISTENER, failedOffers, path);
                yield new KernelChannel(ends, failedOffers, path, owner, giveUp);
            }
        };
    }

    private static SharedChannel ring(MemorySegment own, Function<MemorySegment, NumberRing> ring, Duration giveUp) {
        return new RingChannel(own, ring.apply(own.asSlice(RingChannel.BYTES)), giveUp);
    }

    private static Path beside(Path segmentFile, long offset, String extension) {
        return segmentFile.resolveSibling(segmentFile.getFileName() + "-" + offset + extension);
    }

    private static Optional<String> agronaUnavailable() {
        return Object.class.getModule().isExported("jdk.internal.misc", SharedChannelKind.class.getModule())
                ? Optional.empty()
                : Optional.of("Agrona's rings need --add-exports=java.base/jdk.internal.misc=ALL-UNNAMED");
    }

    private static Optional<String> socketsUnavailable() {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.isOpen() ? Optional.empty() : Optional.of("Unix domain sockets do not open");
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.of("no Unix domain sockets: " + e.getMessage());
        }
    }
}
