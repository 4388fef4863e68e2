package org.concurrencybench.runner.turns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.runner.IterationType;

/**
 * A profiler that measures nothing: before each iteration of a fork, warm-up included, it asks for its turn and waits until it
 * has it; after the iteration it gives it back. JMH calls both outside of what it times, but not of an iteration's timeout,
 * which has to be long. After its last iteration a fork asks for one turn more, in which it does nothing, so that it does not
 * end beside the other's last one. Named with {@code -prof}, with this class before the jar on the class path.
 *
 * <p>What is said goes over a loopback connection of each fork's own: first the word of the {@link #INVITATION} and the fork's
 * process number in ten digits, then {@link #ASK}, answered by {@link #GO}, and {@link #DONE}, again and again until the fork
 * ends and its connection with it.
 *
 * <p>A fork that nobody answers fails rather than measure beside another one.
 */
public final class TakeTurns implements InternalProfiler {

    /** The environment variable that holds a port, a blank, and the word that a connection begins with. */
    public static final String INVITATION = "CONCURRENCY_BENCHMARKS_TURNS";

    /** A fork asks for its turn. */
    public static final int ASK = '?';

    /** It has its turn. */
    public static final int GO = '!';

    /** It has had it. */
    public static final int DONE = '.';

    /** Whoever started the forks ends them long before that. */
    private static final int LONGEST_WAIT_MILLIS = 60 * 60 * 1000;

    // JMH's thread alone touches them.
    private @Nullable Socket socket;
    private int measured;

    /** JMH makes one in its own JVM, where nothing is measured, and one in each fork. */
    public TakeTurns() {}

    @Override
    public String getDescription() {
        return "lets the iterations of two JVMs take turns";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        try {
            if (socket == null) {
                socket = connected();
            }
            await(socket);
        } catch (IOException e) {
            throw new IllegalStateException("nobody says whose turn it is: " + e.getMessage(), e);
        }
    }

    private static void await(Socket socket) throws IOException {
        socket.getOutputStream().write(ASK);
        if (socket.getInputStream().read() != GO) {
            throw new IOException("the connection ended");
        }
    }

    @Override
    @SuppressWarnings("rawtypes") // as JMH declares it
    public Collection<? extends Result> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        try {
            if (socket != null) {
                socket.getOutputStream().write(DONE);
                measured += iteration.getType() == IterationType.MEASUREMENT ? 1 : 0;
                if (measured == benchmark.getMeasurement().getCount()) {
                    await(socket);
                    socket.getOutputStream().write(DONE);
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("nobody takes the turn back: " + e.getMessage(), e);
        }
        return List.of();
    }

    private static Socket connected() throws IOException {
        String invitation = System.getenv(INVITATION);
        int blank = invitation == null ? -1 : invitation.indexOf(' ');
        if (blank < 0) {
            throw new IOException("there is no " + INVITATION);
        }
        Socket fresh = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(invitation.substring(0, blank)));
        try {
            fresh.setTcpNoDelay(true);
            fresh.setSoTimeout(LONGEST_WAIT_MILLIS);
            String word = invitation.substring(blank + 1);
            fresh.getOutputStream()
                    .write(String.format(
                                    Locale.ROOT,
                                    "%s%010d",
                                    word,
                                    ProcessHandle.current().pid())
                            .getBytes(StandardCharsets.US_ASCII));
            return fresh;
        } catch (IOException e) {
            fresh.close();
            throw e;
        }
    }
}
