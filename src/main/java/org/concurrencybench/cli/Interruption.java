package org.concurrencybench.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM while a run is under way: the JVM's end is held up, for a bounded time, until the run has written
 * what it has.
 */
final class Interruption implements AutoCloseable {

    /** A fork that got the signal too ends at once; one that did not may take this long, and then the page its second. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final CountDownLatch closed = new CountDownLatch(1);
    // Set by the JVM's shutdown thread; read by the running thread after each fork.
    private volatile boolean requested;
    private final Thread hook = new Thread(this::interrupt, "interruption");

    Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    boolean requested() {
        return requested;
    }

    @Override
    public void close() {
        closed.countDown();
        if (!requested) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException e) {
                // The JVM is going down already, between the check and here; the hook finds the latch open.
                return;
            }
        }
    }

    private void interrupt() {
        requested = true;
        try {
            if (!closed.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                System.err.println("run-benchmarks: gave up waiting for the fork in progress");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
