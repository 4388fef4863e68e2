package org.concurrencybench.sharedmemory;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The other process of a test of channels: {@code main} does what its first argument says. */
public final class ChannelPartnerMain {

    static final int CAPACITY = 256;

    static final int NUMBERS = 50_000;

    private ChannelPartnerMain() {}

    /** Shared memory for two channels: one that leads to the partner and one that leads back. */
    static long bytes(SharedChannelKind kind) {
        return 2 * kind.bytes(CAPACITY);
    }

    /** Where the second of them begins. */
    static long back(SharedChannelKind kind) {
        return kind.bytes(CAPACITY);
    }

    /** Starts one. */
    static Process start(String what, SharedChannelKind kind, Path segment) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                ChannelPartnerMain.class.getName(),
                what,
                kind.name(),
                segment.toString()));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /**
     * Does what it is told, until killed.
     *
     * @param args what to do, the kind of the channels, the segment's path
     */
    public static void main(String[] args) throws Exception {
        SharedChannelKind kind = SharedChannelKind.valueOf(args[1]);
        if (args[0].equals("own")) {
            own(kind);
        }
        try (MappedSegment segment = MappedSegment.open(Path.of(args[2]), bytes(kind));
                SharedChannel here = kind.open(segment.memory(), 0, CAPACITY, segment.path());
                SharedChannel back = kind.open(segment.memory(), back(kind), CAPACITY, segment.path())) {
            say("ready");
            if (args[0].equals("send")) {
                sendForever(back);
            } else {
                sum(here, back);
                echoForever(here, back);
            }
        }
    }

    /** Sends the numbers from 0. */
    private static void sendForever(SharedChannel back) throws InterruptedException {
        for (long number = 0; ; number++) {
            back.send(new long[] {number}, 1);
        }
    }

    /** Sends back one number, made of those that came in the order in which they came. */
    private static void sum(SharedChannel here, SharedChannel back) throws InterruptedException {
        long[] numbers = new long[100];
        long sum = 0;
        int left = NUMBERS;
        while (left > 0) {
            int count = here.receive(numbers);
            for (int i = 0; i < count; i++) {
                sum = 31 * sum + numbers[i];
            }
            left -= count;
        }
        back.send(new long[] {sum}, 1);
    }

    /** Sends back what comes, as it comes. */
    private static void echoForever(SharedChannel here, SharedChannel back) throws InterruptedException {
        long[] numbers = new long[100];
        while (true) {
            back.send(numbers, here.receive(numbers));
        }
    }

    /** Makes a channel and its file, says so and stays. */
    private static void own(SharedChannelKind kind) throws Exception {
        try (MappedSegment segment = MappedSegment.create(bytes(kind));
                SharedChannel channel = kind.create(segment.memory(), 0, CAPACITY, segment.path())) {
            say(segment.path().toString());
            channel.receive(new long[1]);
        }
    }

    private static void say(String word) {
        System.out.println(word);
        System.out.flush();
    }
}
