package org.concurrencybench.execution.childjvm;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
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

/**
 * The {@code main} of a child JVM: reads frames, runs chunks of tasks in its one working thread, writes answers.
 *
 * <p>It ends with 0 when its input ends, which is how its owner ends it; at once and with {@value #EXIT_ORPHANED} when the
 * parent process is gone, within 200 ms even in the middle of a task; with {@value #EXIT_PROTOCOL} when what it reads is
 * no frame or its answers find no reader. It halts rather than exits: nothing of a task's may hold it up. The standard
 * streams carry frames only: a task that reads finds an end of input, and what it prints goes to stderr, which the owner
 * drains.
 */
public final class ChildMain {

    static final int EXIT_PROTOCOL = 70;
    static final int EXIT_ORPHANED = 71;

    private ChildMain() {}

    /**
     * Serves until the input ends.
     *
     * @param args the parent's process id
     */
    public static void main(String[] args) {
        InputStream in = new FileInputStream(FileDescriptor.in);
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        System.setIn(InputStream.nullInputStream());
        System.setOut(System.err);
        ParentWatch.haltWithout(Long.parseLong(args[0]));
        int code = 0;
        try {
            serve(new DataInputStream(new BufferedInputStream(in)), out);
        } catch (Throwable e) {
            // Whatever it is: an uncaught one would end this thread, and a task's other threads keep the JVM alive.
            System.err.println("child JVM: " + e);
            code = EXIT_PROTOCOL;
        }
        Runtime.getRuntime().halt(code);
    }

    private static void serve(DataInputStream in, OutputStream out) throws IOException {
        Optional<Frame> first = Frame.readFrom(in);
        if (first.isEmpty()) {
            return;
        }
        if (first.get().type() != Frame.Type.SET_UP) {
            throw new Frame.NonsenseException("first frame is " + first.get().type());
        }
        try (MappedState shared = new MappedState()) {
            Workload<?> workload;
            try {
                workload = setUp(first.get().body(), shared);
            } catch (Throwable e) {
                fail(out, "cannot be set up: " + e);
                return;
            }
            Frame.of(Frame.Type.READY, body -> {}).writeTo(out);
            Optional<Frame> frame = Frame.readFrom(in);
            while (frame.isPresent()) {
                answer(workload, frame.get(), out);
                frame = Frame.readFrom(in);
            }
        }
    }

    private static Workload<?> setUp(DataInputStream body, MappedState shared) throws IOException {
        String name = body.readUTF();
        Map<String, String> values = new HashMap<>();
        for (int left = body.readInt(); left > 0; left--) {
            values.put(body.readUTF(), body.readUTF());
        }
        String segment = body.readUTF();
        if (!segment.isEmpty()) {
            shared.open(Path.of(segment));
        }
        WorkloadDefinition definition = WorkloadDefinition.find(name)
                .orElseThrow(() -> new IllegalArgumentException("no workload '" + name + "' on its class path"));
        return definition.create(Settings.of(definition.parameters(), values), shared);
    }

    private static <P> void answer(Workload<P> workload, Frame request, OutputStream out) throws IOException {
        if (request.type() != Frame.Type.RUN) {
            throw new Frame.NonsenseException("a frame " + request.type() + " where RUN was due");
        }
        DataInputStream body = request.body();
        int chunk = body.readInt();
        int firstTask = body.readInt();
        int endTask = body.readInt();
        P part;
        try {
            part = workload.run(firstTask, endTask);
        } catch (Throwable e) {
            fail(out, "a task failed: " + e);
            return;
        }
        Frame.of(Frame.Type.PART, answer -> {
                    answer.writeInt(chunk);
                    workload.codec().write(part, answer);
                })
                .writeTo(out);
    }

    private static void fail(OutputStream out, String message) throws IOException {
        // writeUTF takes 65535 bytes at most, and a character takes three at most.
        String told = message.length() > 20_000 ? message.substring(0, 20_000) : message;
        Frame.of(Frame.Type.FAILED, body -> body.writeUTF(told)).writeTo(out);
    }
}
