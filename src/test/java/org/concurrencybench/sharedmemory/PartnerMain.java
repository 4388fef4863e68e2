package org.concurrencybench.sharedmemory;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The other process of a test: {@code main} does what its first argument says, with the segment that the second names. */
public final class PartnerMain {

    private PartnerMain() {}

    /** The command that starts one. */
    static List<String> command(String... words) {
        return command(List.of(), words);
    }

    /** The command that starts one with more flags for its JVM. */
    static List<String> command(List<String> flags, String... words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), PartnerMain.class.getName()));
        command.addAll(List.of(words));
        return command;
    }

    /**
     * Does what it is told and tells on stdout when it has begun; a partner that is left alone ends with its input.
     *
     * @param args what to do; where that needs a segment, its path; and the kind of its first lock and how often to take it
     */
    public static void main(String[] args) throws IOException {
        switch (args[0]) {
            case "end" -> {}
            case "wait" -> waitForever();
            case "add" -> {
                MappedSegment segment = MappedSegment.open(Path.of(args[1]), SharedLong.BYTES);
                try (SharedLong number =
                        SharedLong.open(ProcessLockKind.valueOf(args[2]), segment.memory(), 0, segment.path())) {
                    say("begun");
                    for (int i = 0; i < Integer.parseInt(args[3]); i++) {
                        number.add(1);
                    }
                }
            }
            case "hold" -> {
                MappedSegment segment = MappedSegment.open(Path.of(args[1]), SharedLong.BYTES);
                ProcessLock lock = ProcessLockKind.valueOf(args[2]).open(segment.memory(), 0, segment.path());
                if (!lock.lock()) {
                    throw new IllegalStateException("taken over, and nobody had it");
                }
                say("held");
                waitForever();
            }
            default -> throw new IllegalArgumentException(args[0]);
        }
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
