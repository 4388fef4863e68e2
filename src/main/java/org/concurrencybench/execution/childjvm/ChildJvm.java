package org.concurrencybench.execution.childjvm;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.concurrencybench.execution.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * The one owner of a child JVM: starts it, feeds it, reads its answers, drains its stderr and ends it.
 *
 * <p>Two threads belong to it, one for each stream that comes out of the child. Answers reach the {@link Listener} in the
 * first of them; so does the child's end, once, if nobody has asked for it. A caller who expects an answer within
 * microseconds may borrow the stream of answers ({@link #lendSoon}), because waking a thread to read takes longer than that.
 */
final class ChildJvm implements AutoCloseable {

    /** Hears what comes from a child; called by the child's reading thread alone. */
    interface Listener {

        /** It has set up its workload; its main began at {@code mainNanos} of its own clock. */
        void ready(ChildJvm child, long mainNanos) throws IOException;

        /** It has answered a greeting; only those who greet need to listen. */
        default void greeted(ChildJvm child) throws IOException {
            throw new Frame.NonsenseException("a greeting that nobody asked for");
        }

        /** It has run a chunk, between two moments of its own clock. */
        void part(ChildJvm child, int chunk, long readNanos, long doneNanos, DataInputStream part) throws IOException;

        /** The child is of no more use. */
        void failed(ExecutionException reason);
    }

    /** What befell a child that is gone though nobody asked for it. */
    static final String ENDED_EARLY = "ended before its work was done";

    /** How long the report of a failure waits for the child's end and its last words. */
    private static final Duration LAST_WORDS_LIMIT = Duration.ofSeconds(1);

    /** The same for one whose output has ended, so that it will, too. */
    private static final Duration ENDING_LIMIT = Duration.ofSeconds(5);

    /** Who reads the child's answers. */
    private enum Turn {
        /** The reading thread. */
        READER,
        /** The reading thread, which stops after its next answer. */
        READER_ONCE_MORE,
        /** The caller. */
        LENT
    }

    private final List<String> command;
    private final Process process;
    private final OutputStream toChild;
    // Read by the reader, or by the caller while it is lent.
    private final DataInputStream answers;
    // Who reads. The reader's exchange to LENT publishes what it has read to the caller, who looks for that; the
    // caller's
    // exchange to READER publishes what it has read since to the reader, who waits for that.
    private final AtomicReference<Turn> turn = new AtomicReference<>(Turn.READER);
    private final ReentrantLock writing = new ReentrantLock();
    private final @Nullable Mailbox mailbox;
    private final Listener listener;
    private final StderrTail stderr;
    private final Thread reader;
    // Written by the closing thread before it closes the child's input; read by the reader once its output has ended.
    private volatile boolean closing;
    // When the child was told to end (System.nanoTime); the closing thread's own.
    private long told;

    /**
     * Starts the child.
     *
     * @param command its words
     * @param mailbox for all frames but its set-up; null if they go by its standard streams
     * @param listener hears from it until it is closed
     * @throws ExecutionException if the operating system does not start it
     */
    ChildJvm(List<String> command, @Nullable Mailbox mailbox, Listener listener) throws ExecutionException {
        this.command = command;
        this.mailbox = mailbox;
        this.listener = listener;
        try {
            this.process = new ProcessBuilder(command).start();
        } catch (IOException e) {
            throw new ExecutionException("a child JVM cannot be started: " + e.getMessage(), e);
        }
        this.toChild = process.getOutputStream();
        this.answers = new DataInputStream(process.getInputStream());
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
            if (mailbox == null || frame.type() == Frame.Type.SET_UP) {
                frame.writeTo(toChild);
            } else {
                mailbox.request(frame);
            }
        } catch (IOException e) {
            // A pipe breaks when its reader is gone: the cause is the same whichever thread of ours sees it first.
            throw failure(
                    endsBefore(System.nanoTime() + LAST_WORDS_LIMIT.toNanos()) ? ENDED_EARLY : "takes no more work", e);
        } finally {
            writing.unlock();
        }
    }

    /** Tells the child that no more work comes; it ends when it has answered what it has. */
    void finish() {
        told = System.nanoTime();
        closing = true;
        takeBack();
        writing.lock();
        try (toChild) {
            if (mailbox != null) {
                mailbox.request(Frame.end());
            }
            Frame.end().writeTo(toChild);
        } catch (IOException | IllegalStateException e) {
            // It is gone already, which is what was wanted, or will be killed.
            return;
        } finally {
            writing.unlock();
        }
    }

    /**
     * Ends the child: politely, then by force; returns when it is gone and its threads have ended. Its time to end begins
     * with {@link #finish}, which comes first, so that several children have it side by side.
     */
    @Override
    public void close() {
        try {
            long politeness = ChildJvmDefaults.END_LIMIT.toNanos() - (System.nanoTime() - told);
            if (!process.waitFor(politeness, TimeUnit.NANOSECONDS)) {
                kill();
                process.waitFor(ChildJvmDefaults.END_LIMIT.toNanos(), TimeUnit.NANOSECONDS);
            }
            // Bounded, and the threads are daemons: a grandchild may hold the streams open for ever.
            reader.join(ChildJvmDefaults.END_LIMIT.toMillis());
            stderr.join(ChildJvmDefaults.END_LIMIT);
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    /** Kills the child at once. */
    void kill() {
        closing = true;
        takeBack();
        process.destroyForcibly();
    }

    /** Whether the child has ended, or does so before this moment of {@code System.nanoTime()}. */
    boolean endsBefore(long moment) {
        try {
            return process.waitFor(moment - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }

    /** Whether that is a failure of this child. */
    boolean isBlamedBy(ExecutionException failure) {
        String name = "child JVM " + pid();
        String message = String.valueOf(failure.getMessage());
        return message.startsWith(name + " ") || message.startsWith(name + ":");
    }

    /**
     * Hears an answer that lies in the mailbox, if there is one; the thread that waits for it.
     *
     * @return whether there was one
     */
    boolean hearMailbox() {
        Mailbox box = mailbox;
        if (box == null) {
            return false;
        }
        try {
            Optional<Frame> frame = box.answer();
            if (frame.isPresent()) {
                hear(frame.get());
            }
            return frame.isPresent();
        } catch (Throwable e) {
            failBy(e);
            return true;
        }
    }

    /** Asks the reading thread to leave the stream to the caller once it has heard its next answer; the caller alone. */
    void lendSoon() {
        turn.compareAndSet(Turn.READER, Turn.READER_ONCE_MORE);
    }

    /** The reading thread reads again, and goes on to; the caller alone. Costs a load where it does so already. */
    void takeBack() {
        if (turn.get() != Turn.READER && turn.getAndSet(Turn.READER) == Turn.LENT) {
            LockSupport.unpark(reader);
        }
    }

    /**
     * Hears an answer that has come in full over a stream that is lent; the caller alone, and without waiting. What is no
     * answer, or never comes in full, is left to the reading thread.
     */
    void hearLent() {
        if (turn.get() != Turn.LENT) {
            return;
        }
        try {
            Optional<Frame> frame = Frame.readIfWhole(answers);
            if (frame.isPresent()) {
                hear(frame.get());
            }
        } catch (Throwable e) {
            failBy(e);
        }
    }

    /** The reading thread's: passes the time while the caller reads. {@link #finish} and {@link #kill} end that. */
    private void awaitTurn() {
        if (turn.compareAndSet(Turn.READER_ONCE_MORE, Turn.LENT)) {
            while (turn.get() == Turn.LENT) {
                LockSupport.park(this);
            }
        }
    }

    private void readAnswers() {
        try (answers) {
            readFrames(answers);
        } catch (Throwable e) {
            failBy(e);
        }
    }

    private void failBy(Throwable e) {
        switch (e) {
            case ExecutionException told -> listener.failed(told);
            case EOFException end -> fail("ended in the middle of an answer", end);
            case Frame.NonsenseException nonsense ->
                fail("answered nonsense (%s)".formatted(nonsense.getMessage()), nonsense);
            case IOException broken -> fail("cannot be read from: " + broken.getMessage(), broken);
            // A codec from elsewhere may throw anything; if this thread ended of it, the caller would wait for nothing.
            default -> fail("sent an answer that cannot be read: " + e, e);
        }
    }

    private void readFrames(DataInputStream in) throws IOException, ExecutionException {
        try {
            Optional<Frame> frame = Frame.readFrom(in);
            while (frame.isPresent()) {
                hear(frame.get());
                awaitTurn();
                frame = Frame.readFrom(in);
            }
            fail(ENDED_EARLY, null);
        } catch (Frame.NonsenseException e) {
            if (!closing) {
                listener.failed(nonsense(e, in));
            }
        }
    }

    /**
     * With what comes after it, and before the stream is closed: a JVM that crashes says so on stdout, whatever its flags, and
     * one that finds nobody to say it to ends otherwise.
     */
    private ExecutionException nonsense(Frame.NonsenseException e, InputStream in) {
        StderrTail rest = new StderrTail(in, pid());
        rest.start();
        boolean ended = false;
        try {
            ended = rest.join(LAST_WORDS_LIMIT);
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
        String words = rest.text();
        return failure(
                "answered nonsense (%s)%s"
                        .formatted(e.getMessage(), words.isEmpty() ? "" : ", which goes on: " + words),
                e,
                // What has not ended by now lives on, and has been waited for.
                ended ? LAST_WORDS_LIMIT : Duration.ZERO);
    }

    private void hear(Frame frame) throws IOException, ExecutionException {
        switch (frame.type()) {
            case READY, PART -> {
                try {
                    hearAnswer(frame.type(), frame.body());
                } catch (EOFException e) {
                    // Of the frame's payload, which is here in full; the stream itself goes on.
                    throw new Frame.NonsenseException("an answer that is too short");
                }
            }
            case FAILED ->
                throw new ExecutionException(
                        "child JVM %d: %s".formatted(pid(), frame.body().readUTF()), null);
            case GREET -> listener.greeted(this);
            case SET_UP, RUN, END -> throw new Frame.NonsenseException("a frame " + frame.type() + " from a child");
        }
    }

    private void hearAnswer(Frame.Type type, DataInputStream body) throws IOException {
        if (type == Frame.Type.READY) {
            listener.ready(this, body.readLong());
        } else {
            listener.part(this, body.readInt(), body.readLong(), body.readLong(), body);
        }
    }

    private void fail(String what, @Nullable Throwable cause) {
        // Asked first: the end that was asked for must not cost the time that it takes to explain one that was not.
        if (!closing) {
            // A stream that has ended was a process that ends, however long a machine without a free core takes for it.
            boolean ends = cause == null || cause instanceof EOFException;
            listener.failed(failure(what, cause, ends ? ENDING_LIMIT : LAST_WORDS_LIMIT));
        }
    }

    /** What a person needs to know of a child that failed: what it did, how it ended, its last words and its command. */
    ExecutionException failure(String what, @Nullable Throwable cause) {
        return failure(what, cause, LAST_WORDS_LIMIT);
    }

    private ExecutionException failure(String what, @Nullable Throwable cause, Duration limit) {
        String end = "still runs";
        try {
            if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                end = ending(process.exitValue());
                stderr.join(LAST_WORDS_LIMIT);
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

    /** On Unix the JDK reports a signal as 128 and its number, which is 64 at most. */
    private static String ending(int exitCode) {
        return exitCode > 128 && exitCode <= 128 + 64
                ? "was ended by signal %d (exit code %d)".formatted(exitCode - 128, exitCode)
                : "exited with code " + exitCode;
    }
}
