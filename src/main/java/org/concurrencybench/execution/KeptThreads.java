package org.concurrencybench.execution;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** A fixed pool, all of its threads started ahead and kept from run to run. */
final class KeptThreads implements Crew {

    /** From the interrupt to the end of a thread that waits; one that computes is left to end by itself. */
    private static final Duration END_LIMIT = Duration.ofSeconds(2);

    private final ThreadPoolExecutor pool;

    /**
     * Starts the threads.
     *
     * @param threads how many; units beyond them wait for one that is free
     * @throws OutOfMemoryError if the machine has not so many; those that did start have been ended
     */
    KeptThreads(int threads, ThreadFactory factory) {
        pool = new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        try {
            pool.prestartAllCoreThreads();
        } catch (OutOfMemoryError e) {
            close();
            throw e;
        }
    }

    @Override
    public Unit unit(Runnable work) {
        return new PoolUnit(work);
    }

    @Override
    public void close() {
        pool.shutdownNow();
        try {
            pool.awaitTermination(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class PoolUnit implements Unit, Runnable {

        // Whoever cancels it interrupts this work alone, never what the same thread does next.
        private final FutureTask<?> task;
        private final CountDownLatch ended = new CountDownLatch(1);
        // The caller's own.
        private boolean started;

        PoolUnit(Runnable work) {
            task = new FutureTask<>(work, true);
        }

        @Override
        public void run() {
            try {
                task.run();
            } finally {
                ended.countDown();
            }
        }

        @Override
        public void start() {
            pool.execute(this);
            started = true;
        }

        @Override
        public void interrupt() {
            task.cancel(true);
        }

        @Override
        public void join() throws InterruptedException {
            if (started) {
                ended.await();
            }
        }
    }
}
