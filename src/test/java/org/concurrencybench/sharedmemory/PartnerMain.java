package org.concurrencybench.sharedmemory;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The other process of a test: {@code main} does what its first argument says, with the segment that the second names. */
public final class PartnerMain {

    static final int ADDITIONS = 100_000;

    private PartnerMain() {}

    /** The command that starts one. */
    static List<String> command(String... words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                PartnerMain.class.getName()));
        command.addAll(List.of(words));
        return command;
    }

    /**
     * Does what it is told and tells on stdout when it has begun; a partner that is left alone ends with its input.
     *
     * @param args what to do, and the path of a segment where that is needed
     */
    public static void main(String[] args) throws IOException {
        switch (args[0]) {
            case "end" -> {}
            case "wait" -> waitForever();
            case "add" -> {
                SharedLong number = number(args[1]);
                say("begun");
                for (int i = 0; i < ADDITIONS; i++) {
                    number.add(1);
                }
            }
            case "hold" -> {
                new SpinLock(
                                MappedSegment.open(Path.of(args[1]), SharedLong.BYTES)
                                        .memory(),
                                0)
                        .lock();
                say("held");
                waitForever();
            }
            default -> throw new IllegalArgumentException(args[0]);
        }
    }

    private static SharedLong number(String path) throws IOException {
        return new SharedLong(
                MappedSegment.open(Path.of(path), SharedLong.BYTES).memory(), 0);
    }

    private static void say(String word) {
        System.out.println(word);
        System.out.flush();
    }

    /** Until the test ends or closes the pipe. */
    private static void waitForever() throws IOException {
        System.in.transferTo(OutputStream.nullOutputStream());
    }
}
