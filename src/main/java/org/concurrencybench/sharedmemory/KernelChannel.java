package org.concurrencybench.sharedmemory;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A channel whose numbers the kernel keeps, under a name in the file system. */
final class KernelChannel implements SharedChannel {

    private final Ends ends;
    private final FailedOffers failedOffers;
    private final Path path;
    private final boolean owned;
    private final Duration giveUp;
    private final ReentrantLock sending = new ReentrantLock();

    // Each opened by the first who needs it: the one under the lock, the other by the only receiver.
    private @Nullable SendingEnd sender;
    private @Nullable ReceivingEnd receiver;

    private boolean closed;

    /**
     * @param owned whether {@link #close} removes the path
     * @param giveUp when a wait has lasted too long
     */
    KernelChannel(Ends ends, FailedOffers failedOffers, Path path, boolean owned, Duration giveUp) {
        this.ends = ends;
        this.failedOffers = failedOffers;
        this.path = path;
        this.owned = owned;
        this.giveUp = giveUp;
    }

    /** Opens files of the kind in question. */
    interface Ends {

        SendingEnd sender() throws IOException;

        ReceivingEnd receiver() throws IOException;

        /** Loses what was sent and not received, now or when it would be received; after the count of resets has grown. */
        void discard() throws IOException;
    }

    /** Where one thread at a time sends. */
    interface SendingEnd extends Patience.Place, Closeable {

        /** The most numbers of one {@link #load}. */
        int longest();

        /** Whether there is somebody to send to, and nothing left of a message that was given up. */
        boolean isReady();

        /** Takes numbers in. */
        void load(long[] items, int from, int count);

        /** Hands on what was taken in, as far as there is room; returns whether that was all of it. */
        boolean flush();
    }

    /** Where one thread at a time receives. */
    interface ReceivingEnd extends Patience.Place, Closeable {

        /** Takes out what there is; returns how many. */
        int take(long[] into);
    }

    @Override
    public boolean send(long[] items, int count) throws InterruptedException {
        Objects.checkFromIndexSize(0, count, items.length);
        // One of this object's senders at a time: they share a buffer, and the kernel would not let them in together
        // either.
        if (!sending.tryLock() && !sending.tryLock(giveUp.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new IllegalStateException("other senders were in the way for %d ms".formatted(giveUp.toMillis()));
        }
        try {
            SendingEnd end = sender();
            if (!end.isReady()) {
                await(end, end::isReady, "nobody came to receive");
            }
            boolean waited = false;
            for (int from = 0; from < count; from += end.longest()) {
                end.load(items, from, Math.min(end.longest(), count - from));
                if (!end.flush()) {
                    failedOffers.add();
                    await(end, end::flush, "nobody made room");
                    waited = true;
                }
            }
            return waited;
        } finally {
            sending.unlock();
        }
    }

    private void await(SendingEnd end, BooleanSupplier done, String complaint) throws InterruptedException {
        Patience patience = new Patience(end, giveUp, complaint);
        do {
            patience.step();
        } while (!done.getAsBoolean());
    }

    @Override
    public int receive(long[] into) throws InterruptedException {
        if (into.length == 0) {
            throw new IllegalArgumentException("no room for a number");
        }
        ReceivingEnd end = receiver();
        int count = end.take(into);
        if (count > 0) {
            return count;
        }
        Patience patience = new Patience(end, giveUp, "nobody sent anything");
        do {
            patience.step();
            count = end.take(into);
        } while (count == 0);
        return count;
    }

    @Override
    public long failedOffers() {
        return failedOffers.count();
    }

    @Override
    public void reset() {
        checkOpen();
        failedOffers.reset();
        try {
            ends.discard();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            if (sender != null) {
                sender.close();
                sender = null;
            }
            if (receiver != null) {
                receiver.close();
                receiver = null;
            }
            if (owned) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SendingEnd sender() {
        SendingEnd end = sender;
        if (end == null) {
            checkOpen();
            try {
                end = ends.sender();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            sender = end;
        }
        return end;
    }

    private ReceivingEnd receiver() {
        ReceivingEnd end = receiver;
        if (end == null) {
            checkOpen();
            try {
                end = ends.receiver();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            receiver = end;
        }
        return end;
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the channel is closed");
        }
    }
}
