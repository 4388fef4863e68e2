package org.concurrencybench.execution.childjvm;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.concurrencybench.execution.ExecutionException;
import org.concurrencybench.execution.WorkloadSpec;
import org.concurrencybench.sharedmemory.MessageRing;

/**
 * The unit of the protocol: magic number (4 bytes), type (1), length of the payload (4), payload; big-endian.
 *
 * <table>
 * <caption>Frames</caption>
 * <tr><th>type</th><th>direction</th><th>payload</th></tr>
 * <tr><td>SET_UP</td><td>to the child, first</td><td>class of the workload's definition, number of settings, each name and value, path of the
 * shared segment (empty if none), number of mailboxes in it, which one is the child's</td></tr>
 * <tr><td>READY</td><td>from the child, once</td><td>when its main began</td></tr>
 * <tr><td>RUN</td><td>to the child</td><td>chunk, first task, end task</td></tr>
 * <tr><td>PART</td><td>from the child</td><td>chunk, when it was read, when its tasks had ended, the part as its codec writes
 * it</td></tr>
 * <tr><td>FAILED</td><td>from the child</td><td>what happened, in words</td></tr>
 * <tr><td>GREET</td><td>to the child and back, through its mailbox</td><td>nothing</td></tr>
 * <tr><td>END</td><td>to the child, last</td><td>nothing</td></tr>
 * </table>
 *
 * <p>Times are the child's {@code System.nanoTime()}, on Linux the same clock for every process of the machine.
 *
 * <p>Where there are mailboxes, GREET, RUN and END go through them, and PART as well where it fits; type and payload are the same.
 *
 * <p>A child answers RUN frames in the order in which they come. After END it ends;
 * where its input ends without, its owner did not live to say it.
 */
final class Frame {

    /** In every frame, so that a stray byte on the stream is noticed at once and never taken for a length. */
    private static final int MAGIC = 0xC0_4C_42_01;

    /** What a frame says; its code is what stands on the wire. */
    enum Type {
        SET_UP(1),
        READY(2),
        RUN(3),
        PART(4),
        FAILED(5),
        END(6),
        GREET(7);

        private final int code;

        Type(int code) {
            this.code = code;
        }

        /** By hand, because a cold child reads its first frames before any stream's classes are there. */
        private static Type of(int code) throws NonsenseException {
            return switch (code) {
                case 1 -> SET_UP;
                case 2 -> READY;
                case 3 -> RUN;
                case 4 -> PART;
                case 5 -> FAILED;
                case 6 -> END;
                case 7 -> GREET;
                default -> throw new NonsenseException("a frame of type " + code);
            };
        }
    }

    private static final int HEADER_BYTES = 9;

    private final Type type;
    // The payload is what follows the header, up to the length; a frame that was received has no header.
    private final byte[] bytes;
    private final int payload;
    private final int end;

    private Frame(Type type, byte[] bytes, int payload, int end) {
        this.type = type;
        this.bytes = bytes;
        this.payload = payload;
        this.end = end;
    }

    /** What it says. */
    Type type() {
        return type;
    }

    /** Writes a payload. */
    @FunctionalInterface
    interface Body {
        void writeTo(DataOutputStream out) throws IOException;
    }

    static Frame of(Type type, Body body) throws IOException {
        return new Buffer().frame(type, body);
    }

    /**
     * A frame that came without its header.
     *
     * @param bytes begin with the payload, and stay the caller's
     * @throws NonsenseException if there is no such type
     */
    static Frame received(int type, byte[] bytes, int length) throws NonsenseException {
        return new Frame(Type.of(type), bytes, 0, length);
    }

    /** Where frames are made, one after the other: the next one overwrites the last. */
    static final class Buffer extends ByteArrayOutputStream {

        /** Makes a frame without copying it. */
        Frame frame(Type type, Body body) throws IOException {
            reset();
            DataOutputStream out = new DataOutputStream(this);
            out.writeInt(MAGIC);
            out.writeByte(type.code);
            out.writeInt(0);
            body.writeTo(out);
            ByteBuffer.wrap(buf).putInt(HEADER_BYTES - Integer.BYTES, count - HEADER_BYTES);
            return new Frame(type, buf, HEADER_BYTES, count);
        }
    }

    /**
     * The first frame to a child: what it will run.
     *
     * @param segment path of the memory that it shares; empty if none
     * @param mailboxes how many there are in it, 0 if frames go by the standard streams alone
     * @param own which of them is this child's
     * @throws ExecutionException if it cannot be put into words: a name or path of more than 64 KiB
     */
    static Frame setUp(WorkloadSpec spec, String segment, int mailboxes, int own) throws ExecutionException {
        return work(Type.SET_UP, body -> {
            body.writeUTF(spec.definition().getClass().getName());
            Map<String, String> settings = spec.settings().asMap();
            body.writeInt(settings.size());
            for (Map.Entry<String, String> setting : settings.entrySet()) {
                body.writeUTF(setting.getKey());
                body.writeUTF(setting.getValue());
            }
            body.writeUTF(segment);
            body.writeInt(mailboxes);
            body.writeInt(own);
        });
    }

    /** A chunk of tasks for a child. */
    static Frame run(int chunk, int firstTask, int endTask) throws ExecutionException {
        return work(Type.RUN, body -> {
            body.writeInt(chunk);
            body.writeInt(firstTask);
            body.writeInt(endTask);
        });
    }

    /** Asks for, and is, an answer that holds nothing. */
    static Frame greet() throws ExecutionException {
        return work(Type.GREET, body -> {});
    }

    /** No more work comes. */
    static Frame end() throws IOException {
        return of(Type.END, body -> {});
    }

    private static Frame work(Type type, Body body) throws ExecutionException {
        try {
            return of(type, body);
        } catch (IOException e) {
            throw new ExecutionException("work cannot be put into a frame: " + e.getMessage(), e);
        }
    }

    /** The payload, to be read. */
    DataInputStream body() {
        return new DataInputStream(new ByteArrayInputStream(bytes, payload, end - payload));
    }

    /** Writes a frame that was made by {@link #of} in one call of {@code out}, so that the other side wakes once. */
    void writeTo(OutputStream out) throws IOException {
        out.write(bytes, 0, end);
        out.flush();
    }

    /** Sends type and payload through a ring; false if there is no room. */
    boolean offerTo(MessageRing ring) {
        return ring.offer(type.code, bytes, payload, end - payload);
    }

    /**
     * The next frame, or none at the end of the stream.
     *
     * @throws NonsenseException if what comes is not a frame
     * @throws EOFException if the stream ends within a frame
     * @throws IOException if the stream breaks
     */
    static Optional<Frame> readFrom(DataInputStream in) throws IOException {
        int first = in.read();
        if (first < 0) {
            return Optional.empty();
        }
        int magic = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedShort();
        if (magic != MAGIC) {
            throw new NonsenseException("bytes %08x where a frame should begin".formatted(magic));
        }
        Type type = Type.of(in.readUnsignedByte());
        int length = in.readInt();
        if (length < 0 || length > ChildJvmDefaults.MOST_FRAME_BYTES) {
            throw new NonsenseException("a frame of %d bytes".formatted(length));
        }
        byte[] payload = new byte[length];
        in.readFully(payload);
        return Optional.of(new Frame(type, payload, 0, length));
    }

    /**
     * The next frame, if all of it is there to be read without waiting; otherwise nothing is taken. Bytes that begin no frame
     * are left as well, and so is a frame that no pipe holds.
     *
     * @param in can go back to a mark
     * @throws IOException if the stream breaks
     */
    static Optional<Frame> readIfWhole(DataInputStream in) throws IOException {
        int there = in.available();
        if (there < HEADER_BYTES) {
            return Optional.empty();
        }
        in.mark(HEADER_BYTES);
        boolean begins = in.readInt() == MAGIC;
        in.readByte();
        int length = in.readInt();
        in.reset();
        return begins && length >= 0 && length <= there - HEADER_BYTES ? readFrom(in) : Optional.empty();
    }

    /** What came is not of this protocol. */
    static final class NonsenseException extends IOException {

        private static final long serialVersionUID = 1L;

        NonsenseException(String message) {
            super(message);
        }
    }
}
