package org.concurrencybench.comparison;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.LongPredicate;
import java.util.stream.Stream;
import org.concurrencybench.process.Affinity;
import org.concurrencybench.runner.turns.TakeTurns;
import org.jspecify.annotations.Nullable;

/**
 * Says whose turn it is: the forks of two sides are up at the same time, and of their iterations one runs at a time, in the
 * order A B B A A B B A, so that whatever lasts longer than an iteration or two hits both sides alike (randomised multiple
 * interleaved trials, Abedi and Brecht, ICPE 2017, doi:10.1145/3030207.3030229, here of iterations in place of whole trials).
 * Cores differ as well, and for longer, because each has other neighbours; so where one thread computes, all of an A B B A do
 * it on one core, and after some of those on the next one (Linux; elsewhere the scheduler leaves each side where it was).
 * Where each side is asked for several forks in one call, the first of the one goes with the first of the other, and so on.
 *
 * <p>One thread listens, on the loopback interface, and owns all that is not final here but two: {@link #ended}, which a side's
 * caller writes (volatile), and {@link #closed}, which the owner does; either is written before that thread is woken up. What
 * it writes and others read while it runs is {@link #heardNanos} alone (volatile). A fork that
 * dies, or a caller that says that a side has ended, leaves the turns to the other side. What a JVM does between its turns
 * (compiling, collecting, threads of the benchmark's that never rest) falls into the other's, which nothing here keeps it from.
 * Nobody but the sides knows the word that a connection has to begin with: it stands in their environment.
 */
final class Referee implements AutoCloseable {

    private static final int WORD_BYTES = 16;
    private static final int PID_BYTES = 10;
    private static final int MANY_CORES = 1024;

    /**
     * Whole blocks of A B B A. A core that has been idle is slow at first: with iterations of 25 ms, quotients of blocks varied
     * by half as much again where each block had another core than with four blocks on one.
     */
    private static final int TURNS_ON_A_CORE = 16;

    /** A fork that was told of its turn computes by then; a thread that sleeps cannot be moved. */
    private static final Duration AWAKE = Duration.ofMillis(3);

    /**
     * So long a turn waits, at most, for what goes on from the one before. With iterations of 25 ms a thread that computes waited
     * for its core in 4.4 % of its turns' time where the next began at once, and in 2.3 % with this.
     */
    private static final Duration UNREST = Duration.ofMillis(20);

    /** How often it is looked whether it has ended. */
    private static final long LOOK_MILLIS = 1;

    /** The turn before which a fork has gone through its first iteration, and with it through the set-up of its trial. */
    private static final int TRIAL_IS_SET_UP = 2;

    private static final Duration CLOSING = Duration.ofSeconds(10);

    private final byte[][] words = new byte[2][];
    private final ServerSocketChannel server;
    private final Selector selector;
    private final Thread thread;
    private final AtomicIntegerArray ended = new AtomicIntegerArray(2);
    private final Side[] sides = {new Side(), new Side()};
    private final Affinity affinity = new Affinity();
    private final LongPredicate runs;
    private final int first;
    private final int firstCore;
    private int turn;
    private @Nullable Fork toBeMoved;
    private int core;
    private long moveAtNanos;
    private boolean awaitsRest;
    private long restByNanos;
    private volatile boolean closed;
    private volatile long heardNanos = System.nanoTime();

    /** What is known of one side. */
    private static final class Side {
        private int forks;
        private int turns;
        private boolean held;
        private @Nullable Fork fork;
    }

    /** A fork's connection; what it has to say is short. */
    private static final class Fork {
        private final SocketChannel channel;
        private final ByteBuffer read = ByteBuffer.allocate(2 * WORD_BYTES);
        private int side = -1;
        private long pid;
        private List<Long> processes = List.of();
        private int turns;
        private boolean asks;
        private boolean runs;

        Fork(SocketChannel channel) {
            this.channel = channel;
        }
    }

    /**
     * Listens from now on.
     *
     * @param first the side, 0 or 1, whose iteration is the first
     * @throws IOException if no port can be had
     */
    Referee(int first) throws IOException {
        this(first, Affinity::runs);
    }

    /** @param runs whether a process of this number is at work */
    Referee(int first, LongPredicate runs) throws IOException {
        this.first = first;
        this.runs = runs;
        SecureRandom random = new SecureRandom();
        firstCore = random.nextInt(MANY_CORES);
        for (int side = 0; side < 2; side++) {
            byte[] word = new byte[WORD_BYTES / 2];
            random.nextBytes(word);
            words[side] = HexFormat.of().formatHex(word).getBytes(StandardCharsets.US_ASCII);
        }
        server = ServerSocketChannel.open();
        try {
            selector = Selector.open();
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
        } catch (IOException e) {
            server.close();
            throw e;
        }
        thread = Thread.ofPlatform().name("referee").daemon().start(this::listen);
    }

    /**
     * Where the class lies that forks have to have.
     *
     * @param directory an empty one, which can stand in a class path afterwards
     */
    static void putClass(Path directory) throws IOException {
        String name = TakeTurns.class.getName().replace('.', '/') + ".class";
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        try (InputStream in = TakeTurns.class.getResourceAsStream("/" + name)) {
            if (in == null) {
                throw new IOException("the program lacks its class " + name);
            }
            Files.copy(in, file);
        }
    }

    /** What a side's forks have to find in {@link TakeTurns#INVITATION}. */
    String invitation(int side) throws IOException {
        return ((InetSocketAddress) server.getLocalAddress()).getPort()
                + " "
                + new String(words[side], StandardCharsets.US_ASCII);
    }

    /** For how long no side has begun or ended a turn. */
    Duration silence() {
        return Duration.ofNanos(System.nanoTime() - heardNanos);
    }

    /** No fork of this side will come any more. */
    void end(int side) {
        ended.set(side, 1);
        selector.wakeup();
    }

    /**
     * What a side made of it.
     *
     * @param forks that came
     * @param turns that they took
     * @param held whether it had a turn and had not given it back
     */
    record Taken(int forks, int turns, boolean held) {}

    /** To be asked once this is closed. */
    Taken taken(int side) {
        return new Taken(sides[side].forks, sides[side].turns, sides[side].held);
    }

    /** Nobody gets a turn any more: forks that are still there fail. */
    @Override
    public void close() throws IOException {
        closed = true;
        selector.wakeup();
        try {
            if (!thread.join(CLOSING)) {
                throw new IOException("the referee does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void listen() {
        try {
            while (!closed) {
                await();
                hearAll();
                dropEnded();
                giveTurn();
            }
            // A turn that was given back before this was closed is not held.
            selector.selectNow();
            hearAll();
        } catch (IOException e) {
            // Without a referee every fork fails at its next turn, and says so.
        } finally {
            stop();
        }
    }

    private void hearAll() {
        for (SelectionKey key : List.copyOf(selector.selectedKeys())) {
            selector.selectedKeys().remove(key);
            if (key.isValid() && key.isAcceptable()) {
                accept();
            } else if (key.isValid() && key.isReadable()) {
                read((Fork) key.attachment());
            }
        }
    }

    /** A fork that outlives its JMH speaks for nobody. */
    private void dropEnded() {
        for (int side = 0; side < 2; side++) {
            Fork fork = sides[side].fork;
            if (fork != null && ended.get(side) != 0) {
                close(fork);
            }
        }
    }

    private void stop() {
        for (Side side : sides) {
            side.held = side.fork != null && side.fork.runs;
        }
        for (SelectionKey key : List.copyOf(selector.keys())) {
            if (key.attachment() instanceof Fork fork) {
                close(fork);
            }
        }
        try (server) {
            selector.close();
        } catch (IOException e) {
            // Neither is used again.
        }
    }

    private void accept() {
        try {
            SocketChannel channel = server.accept();
            if (channel != null) {
                channel.configureBlocking(false);
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.register(selector, SelectionKey.OP_READ, new Fork(channel));
            }
        } catch (IOException e) {
            // Whoever it was fails, or was nobody of ours.
        }
    }

    private void read(Fork fork) {
        try {
            if (fork.channel.read(fork.read) < 0) {
                close(fork);
                return;
            }
        } catch (IOException e) {
            // It died.
            close(fork);
            return;
        }
        fork.read.flip();
        if (fork.side < 0 && fork.read.remaining() >= WORD_BYTES + PID_BYTES) {
            greet(fork);
        }
        while (fork.side >= 0 && fork.read.hasRemaining()) {
            hear(fork, fork.read.get());
        }
        fork.read.compact();
    }

    private void greet(Fork fork) {
        byte[] word = new byte[WORD_BYTES];
        fork.read.get(word);
        for (int side = 0; side < 2; side++) {
            if (MessageDigest.isEqual(word, words[side])) {
                fork.side = side;
                fork.processes = upToThis(pid(fork.read));
                fork.pid = fork.processes.isEmpty() ? 0 : fork.processes.getFirst();
                Fork before = sides[side].fork;
                if (before != null) {
                    close(before);
                }
                sides[side].fork = fork;
                sides[side].forks++;
                return;
            }
        }
        close(fork);
    }

    private static long pid(ByteBuffer said) {
        byte[] digits = new byte[PID_BYTES];
        said.get(digits);
        try {
            return Long.parseLong(new String(digits, StandardCharsets.US_ASCII));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    /**
     * A process and those that started it, up to this one; none where it is not this one that did. Nothing is done to a
     * process of others', whatever a connection says.
     */
    private static List<Long> upToThis(long pid) {
        List<Long> processes = new ArrayList<>();
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        while (process.isPresent()) {
            if (process.get().equals(ProcessHandle.current())) {
                return processes;
            }
            processes.add(process.get().pid());
            process = process.get().parent();
        }
        return List.of();
    }

    private void hear(Fork fork, byte said) {
        heardNanos = System.nanoTime();
        if (said == TakeTurns.ASK && !fork.asks && !fork.runs) {
            fork.asks = true;
        } else if (said == TakeTurns.DONE && fork.runs) {
            fork.runs = false;
        } else {
            close(fork);
        }
    }

    private void giveTurn() {
        for (Side side : sides) {
            if (side.fork != null && side.fork.runs) {
                return;
            }
        }
        OptionalInt next = next();
        if (next.isEmpty()) {
            awaitsRest = false;
        } else if (isAtRest()) {
            go(next.getAsInt());
        }
    }

    /** The side that may have a turn now. */
    private OptionalInt next() {
        int next = (turn + 1) / 2 % 2 == 0 ? first : 1 - first;
        if (isReady(next) && isReady(1 - next) && sides[next].forks == sides[1 - next].forks) {
            return OptionalInt.of(next);
        }
        if (isReady(next) && isThrough(1 - next, sides[next].forks)) {
            return OptionalInt.of(next);
        }
        return isReady(1 - next) && isThrough(next, sides[1 - next].forks)
                ? OptionalInt.of(1 - next)
                : OptionalInt.empty();
    }

    /** Whether nothing goes on any more, or that has been waited for long enough. */
    private boolean isAtRest() {
        long now = System.nanoTime();
        if (!awaitsRest) {
            awaitsRest = true;
            restByNanos = now + UNREST.toNanos();
        }
        awaitsRest = now - restByNanos < 0
                && Stream.of(sides)
                        .flatMap(side -> Stream.ofNullable(side.fork))
                        .flatMap(fork -> fork.processes.stream())
                        .anyMatch(runs::test);
        return !awaitsRest;
    }

    private boolean isReady(int side) {
        Fork fork = sides[side].fork;
        return fork != null && fork.asks;
    }

    /** Whether this side's fork of that number, from 1, has ended, or will never be. */
    private boolean isThrough(int side, int number) {
        return ended.get(side) != 0
                || sides[side].forks > number
                || (sides[side].forks == number && sides[side].fork == null);
    }

    private void go(int side) {
        Fork fork = sides[side].fork;
        if (fork == null) {
            return;
        }
        if (++fork.turns == TRIAL_IS_SET_UP && hasChildren(fork.pid)) {
            // Where they compute is not seen; moving their parent might put it onto one of them.
            fork.pid = 0;
        }
        try {
            // One byte, after all others were read: there is room for it.
            fork.channel.write(ByteBuffer.wrap(new byte[] {(byte) TakeTurns.GO}));
        } catch (IOException e) {
            close(fork);
            giveTurn();
            return;
        }
        fork.asks = false;
        fork.runs = true;
        sides[side].turns++;
        toBeMoved = fork;
        core = firstCore + turn / TURNS_ON_A_CORE;
        moveAtNanos = System.nanoTime() + AWAKE.toNanos();
        turn++;
    }

    private static boolean hasChildren(long pid) {
        return pid > 0
                && ProcessHandle.of(pid)
                        .map(process -> process.children().findAny().isPresent())
                        .orElse(false);
    }

    /** Until something is heard, or a fork that has its turn is awake and can be moved, or there may be rest. */
    private void await() throws IOException {
        if (awaitsRest) {
            selector.select(LOOK_MILLIS);
            return;
        }
        if (toBeMoved == null) {
            selector.select();
            return;
        }
        long left = Duration.ofNanos(moveAtNanos - System.nanoTime()).toMillis();
        if (left > 0) {
            selector.select(left);
        } else {
            Fork fork = toBeMoved;
            toBeMoved = null;
            if (fork.runs && fork.pid > 0) {
                affinity.moveTheOneThatRuns(fork.pid, core);
            }
        }
    }

    private void close(Fork fork) {
        if (fork.side >= 0 && sides[fork.side].fork == fork) {
            sides[fork.side].fork = null;
        }
        fork.side = -1;
        fork.runs = false;
        try {
            fork.channel.close();
        } catch (IOException e) {
            // It is of no use any more either way.
        }
    }
}
