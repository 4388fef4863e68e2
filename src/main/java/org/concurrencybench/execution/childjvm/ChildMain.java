package org.concurrencybench.execution.childjvm;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.Workload;
import org.concurrencybench.workload.WorkloadDefinition;
import org.jspecify.annotations.Nullable;

/**
 * The {@code main} of a child JVM: reads frames, runs chunks of tasks in its one working thread, writes answers.
 *
 * <p>It ends with 0 when its owner tells it to; at once and with {@value #EXIT_ORPHANED} when the parent process is gone,
 * within 200 ms even in the middle of a task, and then removes what that can no longer remove; with {@value #EXIT_PROTOCOL}
 * when what it reads is no frame, or ends before its time, or its answers find no reader, and yet the parent is there. It
 * halts rather than exits: nothing of a task's may hold it up. The standard streams carry frames only: a task that reads
 * finds an end of input, and what it prints goes to stderr, which the owner drains.
 */
public final class ChildMain {

    static final int EXIT_PROTOCOL = 70;
    static final int EXIT_ORPHANED = 71;

    /** A few hand-overs over pipes; more would take a core from those who compute. */
    private static final long LOOK_NANOS = 50_000;

    private ChildMain() {}

    /**
     * Serves until it is told to end.
     *
     * @param args the parent's process id
     */
    public static void main(String[] args) {
        long begun = System.nanoTime();
        InputStream in = new FileInputStream(FileDescriptor.in);
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        System.setIn(InputStream.nullInputStream());
        System.setOut(System.err);
        long parent = Long.parseLong(args[0]);
        SegmentFiles files = new SegmentFiles(parent);
        Thread watch = ParentWatch.haltWithout(parent, files);
        int code = 0;
        try {
            serve(new DataInputStream(new BufferedInputStream(in)), out, begun, files);
        } catch (Throwable e) {
            // Whatever it is: an uncaught one would end this thread, and a task's other threads keep the JVM alive.
            System.err.println("child JVM: " + e);
            code = EXIT_PROTOCOL;
            letLook(watch);
        }
        Runtime.getRuntime().halt(code);
    }

    /** The streams of a parent that was killed end a moment before it does; the watch then ends this JVM as an orphan. */
    private static void letLook(Thread watch) {
        try {
            watch.join(ChildJvmDefaults.PARENT_CHECK.multipliedBy(3).toMillis());
        } catch (InterruptedException e) {
            // Some task's, and this thread's work is over.
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Answers frames until END.
     *
     * @param files is told which they are
     */
    static void serve(DataInputStream in, OutputStream out, long begunNanos, SegmentFiles files) throws IOException {
        Frame first = next(in);
        if (first.type() == Frame.Type.END) {
            return;
        }
        if (first.type() != Frame.Type.SET_UP) {
            throw new Frame.NonsenseException("first frame is " + first.type());
        }
        try (MappedState shared = new MappedState()) {
            Role role;
            try {
                role = setUp(first.body(), shared, files);
            } catch (Throwable e) {
                fail(out, "cannot be set up: " + e);
                return;
            }
            Frame.of(Frame.Type.READY, body -> body.writeLong(begunNanos)).writeTo(out);
            Frame frame = role.next(in, Long.MAX_VALUE);
            while (frame.type() != Frame.Type.END) {
                long workNanos = answer(role.workload, frame, role, out);
                frame = role.next(in, workNanos);
            }
            try {
                role.workload.close();
            } catch (Throwable e) {
                fail(out, "the workload's close() failed: " + e);
            }
        }
    }

    private static Frame next(DataInputStream in) throws IOException {
        Optional<Frame> frame = Frame.readFrom(in);
        if (frame.isEmpty()) {
            throw new EOFException("its input ended before its work");
        }
        return frame.get();
    }

    private static Role setUp(DataInputStream body, MappedState shared, SegmentFiles files) throws IOException {
        String definitionClass = body.readUTF();
        Map<String, String> values = new HashMap<>();
        for (int left = body.readInt(); left > 0; left--) {
            values.put(body.readUTF(), body.readUTF());
        }
        String segment = body.readUTF();
        int mailboxes = body.readInt();
        int own = body.readInt();
        files.belongTo(segment);
        if (!segment.isEmpty()) {
            shared.open(Path.of(segment));
        }
        WorkloadDefinition definition = definition(definitionClass);
        Workload<?> workload =
                GuardedWorkload.over(definition.create(Settings.of(definition.parameters(), values), shared), shared);
        return new Role(
                workload,
                mailboxes == 0 ? null : shared.mailboxes(mailboxes).all().get(own),
                new Frame.Buffer());
    }

    /**
     * What this child runs, and how it hears of it.
     *
     * @param mailbox null if by its standard streams
     * @param answers where its answers are made
     */
    private record Role(Workload<?> workload, @Nullable Mailbox mailbox, Frame.Buffer answers) {

        /** The next frame, after work that took so long. */
        Frame next(DataInputStream in, long workNanos) throws IOException {
            if (mailbox != null) {
                return mailbox.awaitRequest();
            }
            if (workNanos < ChildJvmDefaults.LEAST_CHUNK.toNanos()) {
                lookForMore(in);
            }
            return ChildMain.next(in);
        }

        void send(Frame answer, OutputStream out) throws IOException {
            if (mailbox == null || !mailbox.send(answer)) {
                answer.writeTo(out);
            }
        }
    }

    /** Waits a little without sleeping: the next work may come sooner than this thread could wake. */
    @SuppressWarnings(
            "ThreadPriorityCheck") // it lets the owner's threads have this core; a wait that sleeps follows it
    private static void lookForMore(DataInputStream in) throws IOException {
        long begun = System.nanoTime();
        while (in.available() == 0 && System.nanoTime() - begun < LOOK_NANOS) {
            Thread.yield();
        }
    }

    /** By its class: a service loader, which looks through every jar of the class path, takes a cold JVM 20 ms. */
    private static WorkloadDefinition definition(String className) {
        try {
            return Class.forName(className)
                    .asSubclass(WorkloadDefinition.class)
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new IllegalArgumentException("no workload is made by " + className + ": " + e, e);
        }
    }

    /** Answers a frame; returns how long its tasks took. */
    private static <P> long answer(Workload<P> workload, Frame request, Role role, OutputStream out)
            throws IOException {
        if (request.type() == Frame.Type.GREET) {
            role.send(role.answers.frame(Frame.Type.GREET, body -> {}), out);
            return 0;
        }
        if (request.type() != Frame.Type.RUN) {
            throw new Frame.NonsenseException("a frame " + request.type() + " where RUN was due");
        }
        long read = System.nanoTime();
        DataInputStream work = request.body();
        int chunk = work.readInt();
        int firstTask = work.readInt();
        int endTask = work.readInt();
        P part;
        try {
            part = workload.run(firstTask, endTask);
        } catch (Throwable e) {
            fail(out, "a task failed: " + e);
            return Long.MAX_VALUE;
        }
        long done = System.nanoTime();
        Frame answer = role.answers.frame(Frame.Type.PART, body -> {
            body.writeInt(chunk);
            body.writeLong(read);
            body.writeLong(done);
            workload.codec().write(part, body);
        });
        role.send(answer, out);
        return done - read;
    }

    private static void fail(OutputStream out, String message) throws IOException {
        // writeUTF takes 65535 bytes at most, and a character takes three at most.
        String told = message.length() > 20_000 ? message.substring(0, 20_000) : message;
        Frame.of(Frame.Type.FAILED, body -> body.writeUTF(told)).writeTo(out);
    }
}
