package com.acme;

/** Three functions to try the benchmarks on: one waits, one computes, one is not thread-safe. */
public final class Thumbnails {

    private static final StringBuilder SHARED = new StringBuilder();

    private Thumbnails() {}

    /** Waits, as for an answer over the network. */
    public static String fetch(String name) throws InterruptedException {
        Thread.sleep(20);
        return name + ".png";
    }

    /** Computes: a linear congruential generator, ten million steps. */
    public static long scale(long number) {
        long value = number;
        for (int i = 0; i < 10_000_000; i++) {
            value = value * 6364136223846793005L + 1442695040888963407L;
        }
        return value;
    }

    /** Builds its result in a builder that all threads share, which is wrong. */
    public static String label(int number) {
        SHARED.setLength(0);
        for (int i = 0; i < 20_000; i++) {
            SHARED.append((char) ('a' + number % 26));
        }
        return SHARED.toString();
    }
}
