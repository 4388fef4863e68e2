package org.concurrencybench.sharedmemory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The ends of a Unix domain socket: the receiver listens, and every sending end has a connection of its own. A message is a
 * header, which says how often the channel had been reset and how many numbers follow, and the numbers. By the first of these
 * the receiver knows what to discard, because nobody else can empty its connections.
 *
 * <p>Who receives may change with a reset. Therefore a word of shared memory says how many listeners there have been, and up
 * to which reset the last of them listens; a sender waits for the reset and connects to the listener.
 *
 * @see <a href="https://openjdk.org/jeps/380">JEP 380: Unix-Domain Socket Channels</a>
 * @see <a href="https://man7.org/linux/man-pages/man7/unix.7.html">unix(7)</a>
 */
final class SocketEnds implements KernelChannel.Ends {

    private static final VarHandle LISTENER = ValueLayout.JAVA_LONG.varHandle();

    /** Numbers in one message. */
    private static final int LONGEST = 8191;

    private static final int BUFFER_BYTES = (1 + LONGEST) * Long.BYTES;

    /** Senders that may come before the receiver lets the first in. */
    private static final int BACKLOG = 1024;

    /** Between two looks for newcomers while others keep the receiver busy. */
    private static final int LOOKS_PER_ACCEPT = 64;

    private static final Listener NOBODY = new Listener(0, 0);

    /** Between two looks for a listener. */
    private static final Duration NAP = Duration.ofMillis(1);

    private final MemorySegment memory;
    private final long listenerOffset;
    private final FailedOffers resets;
    private final Path path;

    /**
     * @param memory shared by all parties
     * @param listenerOffset of 8 zeroed bytes
     * @param resets who counts them
     * @param path of the socket
     */
    SocketEnds(MemorySegment memory, long listenerOffset, FailedOffers resets, Path path) {
        this.memory = memory;
        this.listenerOffset = listenerOffset;
        this.resets = resets;
        this.path = path;
    }

    @Override
    public KernelChannel.SendingEnd sender() throws IOException {
        return new Sender();
    }

    @Override
    public KernelChannel.ReceivingEnd receiver() throws IOException {
        return new Receiver();
    }

    /** Later: the receiver, wherever it is, goes by the headers. */
    @Override
    public void discard() {}

    /** Acquire: pairs with the release in {@link #announceListener}, so that who sees it finds the socket. */
    private Listener listener() {
        long word = (long) LISTENER.getAcquire(memory, listenerOffset);
        return new Listener((int) (word >>> Integer.SIZE), (int) word);
    }

    private void announceListener(Listener listener) {
        long word = (long) listener.number << Integer.SIZE | Integer.toUnsignedLong(listener.reset);
        LISTENER.setRelease(memory, listenerOffset, word);
    }

    private int reset() {
        return (int) resets.resets();
    }

    /**
     * The last that has listened.
     *
     * @param number from 1; 0 before the first
     * @param reset that it has seen
     */
    private record Listener(int number, int reset) {}

    private final class Sender implements KernelChannel.SendingEnd {

        private final ByteBuffer buffer =
                ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.nativeOrder());
        private final MemorySegment content = MemorySegment.ofBuffer(buffer);
        private final Selector selector = Selector.open();

        private @Nullable SocketChannel connection;
        private Listener connectedTo = NOBODY;

        Sender() throws IOException {
            buffer.limit(0);
        }

        @Override
        public int longest() {
            return LONGEST;
        }

        @Override
        public boolean isReady() {
            Listener listener = listener();
            if (listener.number == 0 || listener.reset != reset()) {
                return false;
            }
            if (listener.number != connectedTo.number && !connect()) {
                return false;
            }
            connectedTo = listener;
            return !buffer.hasRemaining() || flush();
        }

        private boolean connect() {
            disconnect();
            try {
                // Blocks only while more senders wait to be let in than the receiver has places for.
                SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path));
                connection = channel;
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_WRITE);
                return true;
            } catch (IOException e) {
                // The listener has died, or this thread was interrupted: the caller, who waits, finds out.
                return false;
            }
        }

        private void disconnect() {
            // What was begun for one listener is not finished for another.
            buffer.limit(0);
            connectedTo = NOBODY;
            try {
                if (connection != null) {
                    connection.close();
                    connection = null;
                    // Only now does the selector let go of the file.
                    selector.selectNow();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void load(long[] items, int from, int count) {
            buffer.limit((1 + count) * Long.BYTES).position(0);
            buffer.putLong(0, (long) connectedTo.reset << Integer.SIZE | count);
            MemorySegment.copy(items, from, content, ValueLayout.JAVA_LONG, Long.BYTES, count);
        }

        @Override
        public boolean flush() {
            try {
                Objects.requireNonNull(connection, "load() comes after isReady()")
                        .write(buffer);
                return !buffer.hasRemaining();
            } catch (IOException e) {
                disconnect();
                throw new IllegalStateException("the receiver has gone away: " + e.getMessage(), e);
            }
        }

        /** Nothing to announce: the kernel looks itself. */
        @Override
        public int announce() {
            return 0;
        }

        @Override
        public void sleep(int ticket, Duration longest) {
            if (buffer.hasRemaining()) {
                select(selector, longest);
            } else {
                LockSupport.parkNanos(NAP.toNanos());
            }
        }

        @Override
        public void close() throws IOException {
            disconnect();
            selector.close();
        }
    }

    private final class Receiver implements KernelChannel.ReceivingEnd {

        private final Selector selector = Selector.open();
        private final List<Connection> connections = new ArrayList<>();

        private @Nullable ServerSocketChannel server;
        private Listener self = NOBODY;
        private int turn;
        private int looks;

        Receiver() throws IOException {
            // Declared for the selector's sake.
        }

        @Override
        public int take(long[] into) {
            try {
                int reset = reset();
                if (self.reset != reset || !self.equals(listener()) || server == null) {
                    listen(reset);
                }
                if (connections.isEmpty() || looks++ % LOOKS_PER_ACCEPT == 0) {
                    accept();
                }
                return takeInTurn(into);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Becomes the one whom senders look for. */
        private void listen(int reset) throws IOException {
            Listener last = listener();
            if (server == null || last.number != self.number) {
                disconnect();
                // The last listener's, who has died or receives no more.
                Files.deleteIfExists(path);
                ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
                server = channel;
                channel.bind(UnixDomainSocketAddress.of(path), BACKLOG);
                if (Files.getFileStore(path).supportsFileAttributeView("posix")) {
                    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
                }
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_ACCEPT);
                self = new Listener(last.number + 1, reset);
            } else {
                self = new Listener(self.number, reset);
            }
            announceListener(self);
        }

        private void accept() throws IOException {
            ServerSocketChannel channel = Objects.requireNonNull(server);
            for (SocketChannel peer = channel.accept(); peer != null; peer = channel.accept()) {
                peer.configureBlocking(false);
                peer.register(selector, SelectionKey.OP_READ);
                connections.add(new Connection(peer));
            }
        }

        /** From the first connection that has something, starting behind the one that had its turn last. */
        private int takeInTurn(long[] into) throws IOException {
            for (int i = connections.size(); i > 0; i--) {
                turn = turn + 1 < connections.size() ? turn + 1 : 0;
                Connection connection = connections.get(turn);
                int count = connection.take(into, self.reset);
                if (count > 0) {
                    return count;
                }
                if (connection.ended) {
                    connection.channel.close();
                    connections.remove(turn);
                    turn--;
                }
            }
            return 0;
        }

        /** Nothing to announce: the kernel looks itself. */
        @Override
        public int announce() {
            return 0;
        }

        @Override
        public void sleep(int ticket, Duration longest) {
            select(selector, longest);
            looks = 0;
        }

        private void disconnect() throws IOException {
            for (Connection connection : connections) {
                connection.channel.close();
            }
            connections.clear();
            if (server != null) {
                server.close();
                server = null;
            }
            // Only now does the selector let go of the files.
            selector.selectNow();
        }

        @Override
        public void close() throws IOException {
            disconnect();
            selector.close();
        }
    }

    /** One sender's, as the receiver sees it. */
    private static final class Connection {

        final SocketChannel channel;
        boolean ended;

        private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES)
                .order(ByteOrder.nativeOrder())
                .limit(0);
        private final MemorySegment content =
                MemorySegment.ofBuffer(buffer.duplicate().clear());

        private int left;
        private int reset;

        Connection(SocketChannel channel) {
            this.channel = channel;
        }

        /** Takes numbers of messages that were sent after this reset and drops others. */
        int take(long[] into, int current) throws IOException {
            while (true) {
                int count = takeFromBuffer(into, current);
                if (count > 0) {
                    return count;
                }
                buffer.compact();
                int read = read();
                buffer.flip();
                if (read <= 0) {
                    ended = read < 0;
                    return 0;
                }
            }
        }

        private int read() {
            try {
                return channel.read(buffer);
            } catch (IOException e) {
                // The sender was killed: what it had sent was read before.
                return -1;
            }
        }

        private int takeFromBuffer(long[] into, int current) {
            int count = 0;
            while (count < into.length && buffer.remaining() >= Long.BYTES) {
                if (left == 0) {
                    long header = buffer.getLong();
                    reset = (int) (header >>> Integer.SIZE);
                    left = (int) header;
                    continue;
                }
                int position = buffer.position();
                int now = Math.min(left, buffer.remaining() / Long.BYTES);
                if (reset == current) {
                    now = Math.min(now, into.length - count);
                    MemorySegment.copy(content, ValueLayout.JAVA_LONG_UNALIGNED, position, into, count, now);
                    count += now;
                }
                buffer.position(position + now * Long.BYTES);
                left -= now;
            }
            return count;
        }
    }

    private static void select(Selector selector, Duration longest) {
        try {
            selector.select(longest.toMillis());
            selector.selectedKeys().clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
