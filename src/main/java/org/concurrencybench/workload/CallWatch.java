package org.concurrencybench.workload;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;

/**
 * Ends this JVM when one call of a user's function takes longer than its limit: nothing else stops a call that never returns,
 * and a measurement that waits for it helps nobody. The JVM is a fork or a child; its owner reports the last words, also of a
 * call that ends the JVM by itself.
 */
final class CallWatch {

    /** Of a JVM that was ended. */
    static final int EXIT_TOO_LONG = 73;

    /** Of a JVM that a call has ended. */
    static final int EXIT_BY_CALL = 74;

    private static final long MOST_NANOS_BETWEEN_LOOKS = 500_000_000;

    /** The watching thread ends when there was nothing to watch for so many looks; the next call starts another. */
    private static final int IDLE_LOOKS = 4;

    private final long limitNanos;
    private final IntFunction<String> inWords;
    private final Queue<Calls> running = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean watching = new AtomicBoolean();
    private final AtomicBoolean listening = new AtomicBoolean();

    /**
     * @param limit of one call
     * @param inWords an input, for the last words
     */
    CallWatch(Duration limit, IntFunction<String> inWords) {
        this.limitNanos = limit.toNanos();
        this.inWords = inWords;
    }

    /**
     * While a call runs, nobody but its code has a reason to exit. A signal ends the JVM as well, and needs no word from here:
     * then nobody is in {@code exit}.
     */
    private void tellWhoExits() {
        if (running.isEmpty()) {
            return;
        }
        for (StackTraceElement[] frames : Thread.getAllStackTraces().values()) {
            Optional<StackTraceElement> caller = Arrays.stream(frames)
                    .filter(frame -> !frame.getClassName().startsWith("java."))
                    .findFirst()
                    .filter(frame -> !frame.getClassName().startsWith("org.openjdk.jmh."));
            if (caller.isPresent() && Arrays.stream(frames).anyMatch(CallWatch::exits)) {
                say("the JVM was ended by System.exit in %s.%s; a call has to return"
                        .formatted(caller.get().getClassName(), caller.get().getMethodName()));
                // With a code that its owner asks after, whatever the call gave.
                Runtime.getRuntime().halt(EXIT_BY_CALL);
            }
        }
    }

    private static boolean exits(StackTraceElement frame) {
        return frame.getClassName().equals("java.lang.Runtime")
                && frame.getMethodName().equals("exit");
    }

    /** One thread's calls, one after another. */
    final class Calls implements AutoCloseable {

        // Written by the calling thread, read by the watch; the task after its start, so that a start of one task and
        // the
        // number of the next make a call look younger, never older.
        private volatile long startNanos = System.nanoTime();
        private volatile int task;

        /** A call begins. */
        void begin(int number) {
            startNanos = System.nanoTime();
            task = number;
        }

        @Override
        public void close() {
            running.remove(this);
        }
    }

    /** A thread begins to call. */
    Calls calls() {
        Calls calls = new Calls();
        running.add(calls);
        if (!listening.get() && listening.compareAndSet(false, true)) {
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::tellWhoExits));
        }
        if (!watching.get() && watching.compareAndSet(false, true)) {
            Thread.ofPlatform().name("call-watch").daemon().start(this::watch);
        }
        return calls;
    }

    private void watch() {
        int idle = 0;
        while (idle < IDLE_LOOKS) {
            try {
                Thread.sleep(Duration.ofNanos(Math.clamp(limitNanos / 8, 1_000_000, MOST_NANOS_BETWEEN_LOOKS)));
            } catch (InterruptedException e) {
                // Nobody has a reason to; a user's code may all the same.
                continue;
            }
            idle = running.isEmpty() ? idle + 1 : 0;
            for (Calls calls : running) {
                if (System.nanoTime() - calls.startNanos > limitNanos) {
                    say("the call for %s has not returned after %d ms"
                            .formatted(
                                    inWords.apply(calls.task),
                                    Duration.ofNanos(limitNanos).toMillis()));
                    Runtime.getRuntime().halt(EXIT_TOO_LONG);
                }
            }
        }
        watching.set(false);
        // Somebody may have come between the last look and the word that nobody watches.
        if (!running.isEmpty() && watching.compareAndSet(false, true)) {
            watch();
        }
    }

    /** On the process's own stderr, whatever System.err is by now: that is what its owner keeps for the report. */
    private static void say(String words) {
        try (FileOutputStream stderr = new FileOutputStream(FileDescriptor.err)) {
            stderr.write((words + System.lineSeparator()).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // Nobody listens any more; the exit code says the rest.
            return;
        }
    }
}
