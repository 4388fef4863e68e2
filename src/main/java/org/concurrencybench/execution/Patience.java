package org.concurrencybench.execution;

import java.time.Duration;
import org.concurrencybench.workload.ChannelKind;
import org.jspecify.annotations.Nullable;

/**
 * How long a party of a channel waits for the other side, and what it says when it gives up.
 *
 * <p>Only time that passed in small pieces counts: a process that was stopped for a minute, and its machine's pauses, use up
 * one piece and not the whole of it.
 *
 * @param kind of the channel, for messages
 * @param limit time without progress
 */
record Patience(ChannelKind kind, Duration limit) {

    private static final int PIECES = 100;

    /**
     * An attempt that waits by itself.
     *
     * @param <T> what it yields
     */
    @FunctionalInterface
    interface Attempt<T> {
        /** What it has got, or null if that took longer than {@code nanos}. */
        @Nullable
        T within(long nanos) throws InterruptedException;
    }

    /**
     * What {@code attempt} yields.
     *
     * @param missing what the other side has not done, for the message
     * @throws IllegalStateException if that took longer than the limit
     */
    <T> T await(Attempt<T> attempt, String missing) throws InterruptedException {
        long piece = Math.max(1, limit.toNanos() / PIECES);
        for (int i = 0; i < PIECES; i++) {
            T result = attempt.within(piece);
            if (result != null) {
                return result;
            }
        }
        throw lost(missing);
    }

    /** To be thrown when the limit has passed. */
    IllegalStateException lost(String missing) {
        return new IllegalStateException(
                "channel '%s': nobody has %s for %d ms".formatted(kind.label(), missing, limit.toMillis()));
    }
}
