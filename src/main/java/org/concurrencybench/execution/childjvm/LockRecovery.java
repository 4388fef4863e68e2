package org.concurrencybench.execution.childjvm;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.concurrencybench.sharedmemory.MappedSegment;
import org.concurrencybench.sharedmemory.ProcessLock;
import org.concurrencybench.sharedmemory.ProcessLockKind;

/**
 * How long a lock between processes stays lost when its holder is killed: from the signal until another process that waits
 * for it has it.
 */
public final class LockRecovery {

    private static final long LIMIT_SECONDS = 20;

    /** Long enough for the waiter to have gone to sleep on the lock. */
    private static final long HEAD_START_NANOS = 50_000_000;

    private LockRecovery() {}

    /**
     * Kills one holder.
     *
     * @param kind of the lock; one that can be taken over
     * @return nanoseconds from the kill until this process holds the lock
     * @throws IOException if the holder cannot be started, or the lock is not handed over
     */
    public static long measureNanos(ProcessLockKind kind) throws IOException, InterruptedException {
        try (MappedSegment segment = MappedSegment.create(ProcessLockKind.BYTES);
                ProcessLock lock = kind.create(segment.memory(), 0, segment.path())) {
            Process holder = new ProcessBuilder(command(kind, segment.path()))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                if (holder.getInputStream().read() < 0) {
                    throw new IOException("the process that should hold the lock ended with " + holder.waitFor());
                }
                return killAndTake(holder, lock);
            } finally {
                holder.destroyForcibly().waitFor();
            }
        }
    }

    private static long killAndTake(Process holder, ProcessLock lock) throws IOException, InterruptedException {
        CompletableFuture<Long> taken = new CompletableFuture<>();
        // Not this thread, which kills; the lock belongs to the one that takes it.
        Thread.ofPlatform().name("lock-recovery").daemon().start(() -> {
            try {
                boolean intact = lock.lock();
                long now = System.nanoTime();
                lock.unlock();
                if (intact) {
                    taken.completeExceptionally(new IOException("the lock did not say that its holder had died"));
                } else {
                    taken.complete(now);
                }
            } catch (RuntimeException e) {
                taken.completeExceptionally(e);
            }
        });
        LockSupport.parkNanos(HEAD_START_NANOS);
        long killed = System.nanoTime();
        holder.destroyForcibly();
        try {
            return taken.get(LIMIT_SECONDS, TimeUnit.SECONDS) - killed;
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the lock was not handed over: " + e.getMessage(), e);
        }
    }

    private static List<String> command(ProcessLockKind kind, Path segment) {
        List<String> words = new ArrayList<>();
        words.add(ChildCommand.java());
        words.addAll(ChildCommand.flags());
        words.addAll(ChildCommand.classPath());
        words.add(Holder.class.getName());
        words.add(kind.name());
        words.add(segment.toString());
        return words;
    }

    /** The process that is killed. */
    static final class Holder {

        private Holder() {}

        /**
         * Takes the lock, says so with one byte, and keeps it until it is killed or its parent is gone.
         *
         * @param args the kind, the segment
         */
        public static void main(String[] args) throws IOException, InterruptedException {
            ParentWatch.haltWithoutParent();
            Path path = Path.of(args[1]);
            try (MappedSegment segment = MappedSegment.open(path, ProcessLockKind.BYTES);
                    ProcessLock lock = ProcessLockKind.valueOf(args[0]).open(segment.memory(), 0, path)) {
                lock.lock();
                // The stream that the owner reads; its one byte needs no frame.
                new FileOutputStream(FileDescriptor.out).write('x');
                Thread.sleep(TimeUnit.SECONDS.toMillis(10 * LIMIT_SECONDS));
            }
        }
    }
}
