package org.concurrencybench.execution.childjvm;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.concurrencybench.execution.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The one owner of a child JVM: starts it, feeds it, reads its answers, drains its stderr and ends it.
 *
 * <p>Two threads belong to it, one for each stream that comes out of the child. Answers reach the {@link Listener} in the
 * first of them; so does the child's end, once, if nobody has asked for it.
 */
final class ChildJvm implements AutoCloseable {

    /** Hears what comes from a child; called by the child's reading thread alone. */
    interface Listener {

        void ready(ChildJvm child);

        void part(ChildJvm child, int chunk, DataInputStream part) throws IOException;

        /** The child is of no more use. */
        void failed(ExecutionException reason);
    }

    private final List<String> command;
    private final Process process;
    private final OutputStream toChild;
    private final ReentrantLock writing = new ReentrantLock();
    private final Listener listener;
    private final StderrTail stderr;
    private final Thread reader;
    // Written by the closing thread before it closes the child's input; read by the reader once its output has ended.
    private volatile boolean closing;

    /**
     * Starts the child.
     *
     * @param command its words
     * @param listener hears from it until it is closed
     * @throws ExecutionException if the operating system does not start it
     */
    ChildJvm(List<String> command, Listener listener) throws ExecutionException {
        this.command = command;
        this.listener = listener;
        try {
            this.process = new ProcessBuilder(command).start();
        } catch (IOException e) {
            throw new ExecutionException("a child JVM cannot be started: " + e.getMessage(), e);
        }
        this.toChild = process.getOutputStream();
        this.stderr = new StderrTail(process);
        this.reader = Thread.ofPlatform()
                .name("child-" + process.pid() + "-answers")
                .daemon()
                .unstarted(this::readAnswers);
    }

    /** Begins to listen. Apart from the constructor, so that the listener never sees a child that is half made. */
    void listen() {
        stderr.start();
        reader.start();
    }

    long pid() {
        return process.pid();
    }

    /**
     * Sends a frame; any thread.
     *
     * @throws ExecutionException if the child no longer reads
     */
    void send(Frame frame) throws ExecutionException {
        writing.lock();
        try {
            frame.writeTo(toChild);
        } catch (IOException e) {
            throw failure("takes no more work", e);
        } finally {
            writing.unlock();
        }
    }

    /** Tells the child that no more work comes; it ends when it has answered what it has. */
    void finish() {
        closing = true;
        writing.lock();
        try {
            toChild.close();
        } catch (IOException e) {
            // It is gone already, which is what was wanted.
            return;
        } finally {
            writing.unlock();
        }
    }

    /** Ends the child: politely, then by force; returns when it is gone and its threads have ended. */
    @Override
    public void close() {
        finish();
        try {
            if (!waitForEnd()) {
                kill();
                waitForEnd();
            }
            // Bounded, and the threads are daemons: a grandchild may hold the streams open for ever.
            reader.join(ChildJvmDefaults.END_LIMIT);
            stderr.join(ChildJvmDefaults.END_LIMIT);
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    /** Kills the child at once. */
    void kill() {
        closing = true;
        process.destroyForcibly();
    }

    private boolean waitForEnd() throws InterruptedException {
        return process.waitFor(ChildJvmDefaults.END_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void readAnswers() {
        try (DataInputStream in = new DataInputStream(process.getInputStream())) {
            Optional<Frame> frame = Frame.readFrom(in);
            while (frame.isPresent()) {
                hear(frame.get());
                frame = Frame.readFrom(in);
            }
            fail(failure("ended before its work was done", null));
        } catch (Frame.NonsenseException e) {
            fail(failure("answered nonsense (" + e.getMessage() + ")", e));
        } catch (EOFException e) {
            fail(failure("ended in the middle of an answer", e));
        } catch (IOException e) {
            fail(failure("cannot be read from: " + e.getMessage(), e));
        } catch (ExecutionException e) {
            fail(e);
        }
    }

    private void hear(Frame frame) throws IOException, ExecutionException {
        switch (frame.type()) {
            case READY -> listener.ready(this);
            case PART -> {
                DataInputStream body = frame.body();
                listener.part(this, body.readInt(), body);
            }
            case FAILED ->
                throw new ExecutionException(
                        "child JVM %d: %s".formatted(pid(), frame.body().readUTF()), null);
            case SET_UP, RUN -> throw new Frame.NonsenseException("a frame " + frame.type() + " from a child");
        }
    }

    private void fail(ExecutionException reason) {
        if (!closing) {
            listener.failed(reason);
        }
    }

    /** What a person needs to know of a child that failed: what it did, how it ended, its last words and its command. */
    ExecutionException failure(String what, @Nullable Exception cause) {
        String end = "still runs";
        try {
            if (process.waitFor(1, TimeUnit.SECONDS)) {
                end = ending(process.exitValue());
                stderr.join(Duration.ofSeconds(1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        String words = stderr.text();
        return new ExecutionException(
                "child JVM %d %s; it %s; its stderr %s; its command: %s"
                        .formatted(
                                pid(),
                                what,
                                end,
                                words.isEmpty() ? "is empty" : "ends: " + words,
                                String.join(" ", command)),
                cause);
    }

    /** On Unix the JDK reports a signal as 128 and its number. */
    private static String ending(int exitCode) {
        return exitCode > 128
                ? "was ended by signal %d (exit code %d)".formatted(exitCode - 128, exitCode)
                : "exited with code " + exitCode;
    }
}
