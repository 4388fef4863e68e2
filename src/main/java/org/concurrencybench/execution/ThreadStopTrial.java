package org.concurrencybench.execution;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.concurrencybench.workload.Stop;
import org.jspecify.annotations.Nullable;

/**
 * A worker in a thread of this JVM: a thread of its own, which is interrupted, or a task in a kept pool, which is cancelled.
 * Cancelling tells the caller at once that the task is cancelled, whatever the task does; it is stopped when its thread has
 * left it, and that is what is waited for.
 */
public final class ThreadStopTrial implements StopTrial {

    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final Stop.Worker worker;
    private final ExecutorService threads;
    private final boolean cancels;
    private @Nullable Trial trial;

    private ThreadStopTrial(Stop.Worker worker, ExecutorService threads, boolean cancels) {
        this.worker = worker;
        this.threads = threads;
        this.cancels = cancels;
    }

    /** By {@link Thread#interrupt} of a thread that is started for it. */
    public static ThreadStopTrial ofInterrupt(Stop.Worker worker, ThreadFactory factory) {
        return new ThreadStopTrial(worker, Executors.newThreadPerTaskExecutor(factory), false);
    }

    /** By {@link java.util.concurrent.Future#cancel} of a task in a pool of one thread. */
    public static ThreadStopTrial ofCancel(Stop.Worker worker) {
        return new ThreadStopTrial(
                worker,
                Executors.newSingleThreadExecutor(
                        Thread.ofPlatform().name("pool").daemon().factory()),
                true);
    }

    @Override
    public void begin() throws ExecutionException, InterruptedException {
        worker.reset();
        Trial next = new Trial();
        trial = next;
        threads.execute(next);
        if (!worker.awaitEntered(LIMIT_NANOS)) {
            throw new ExecutionException("a worker has not begun", null);
        }
        // It has said that it is about to wait or loop; a thread that waits says of itself that it does.
        long begin = System.nanoTime();
        while (!next.isThere()) {
            if (System.nanoTime() - begin > LIMIT_NANOS) {
                throw new ExecutionException("a worker does not get to where it shall be stopped", null);
            }
            Thread.sleep(1);
        }
    }

    @Override
    public boolean stop(long limitNanos) throws InterruptedException {
        Trial current = current();
        current.tell();
        return current.ended.await(limitNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void end() throws ExecutionException, InterruptedException {
        worker.release();
        if (!current().ended.await(LIMIT_NANOS, TimeUnit.NANOSECONDS)) {
            throw new ExecutionException("a worker that was released has not come back", null);
        }
    }

    @Override
    public void close() {
        worker.release();
        threads.shutdownNow();
        try {
            threads.awaitTermination(LIMIT_NANOS, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Trial current() {
        if (trial == null) {
            throw new IllegalStateException("not begun");
        }
        return trial;
    }

    /** One worker's one time. */
    private final class Trial implements Runnable {

        private final FutureTask<Long> task = new FutureTask<>(() -> worker.run(0, 1));
        private final CountDownLatch ended = new CountDownLatch(1);
        // Written by the worker's thread before it says that it has entered, which the caller waits for.
        private volatile @Nullable Thread thread;

        @Override
        public void run() {
            thread = Thread.currentThread();
            try {
                task.run();
            } finally {
                ended.countDown();
            }
        }

        void tell() {
            Thread own = thread;
            if (cancels) {
                task.cancel(true);
            } else if (own != null) {
                own.interrupt();
            }
        }

        /** Whether it loops, or its thread waits. */
        boolean isThere() {
            Thread own = thread;
            return worker.loops() || (own != null && own.getState() != Thread.State.RUNNABLE);
        }
    }
}
