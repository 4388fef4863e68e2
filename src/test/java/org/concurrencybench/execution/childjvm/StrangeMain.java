package org.concurrencybench.execution.childjvm;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A program that is started where a child JVM should be, and does not speak its language. */
public final class StrangeMain {

    private StrangeMain() {}

    /** The command that starts one. */
    static List<String> command(String what) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                StrangeMain.class.getName(),
                what);
    }

    /**
     * Says something strange, then waits for the end of its input.
     *
     * @param args what to say
     */
    public static void main(String[] args) throws IOException {
        DataOutputStream out = new DataOutputStream(System.out);
        switch (args[0]) {
            case "text" -> out.write("Hello, I am no child JVM\n".getBytes(StandardCharsets.UTF_8));
            case "half-a-frame" -> {
                out.writeInt(0xC0_4C_42_01);
                out.flush();
                return;
            }
            case "unknown-type" -> {
                out.writeInt(0xC0_4C_42_01);
                out.writeByte(99);
            }
            case "endless-frame" -> {
                out.writeInt(0xC0_4C_42_01);
                out.writeByte(4);
                out.writeInt(Integer.MAX_VALUE);
            }
            case "work-for-its-owner" -> Frame.of(Frame.Type.RUN, body -> {}).writeTo(out);
            case "answer-to-nothing" -> part(out, 0);
            case "ready-twice" -> {
                ready(out);
                ready(out);
            }
            case "farewell" -> {
                return;
            }
            case "ready-but-deaf" -> {
                System.in.close();
                ready(out);
                LockSupport.park();
            }
            case "nothing" -> {}
            default -> throw new IllegalArgumentException(args[0]);
        }
        out.flush();
        System.in.transferTo(OutputStream.nullOutputStream());
    }

    private static void ready(OutputStream out) throws IOException {
        Frame.of(Frame.Type.READY, body -> body.writeLong(0)).writeTo(out);
    }

    private static void part(OutputStream out, int chunk) throws IOException {
        Frame.of(Frame.Type.PART, body -> {
                    body.writeInt(chunk);
                    body.writeLong(0);
                    body.writeLong(0);
                    body.writeLong(0);
                })
                .writeTo(out);
    }
}
