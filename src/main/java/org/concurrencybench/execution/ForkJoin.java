package org.concurrencybench.execution;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.Sharing;
import org.concurrencybench.workload.WorkloadDefinition;

/**
 * Tasks of a fork-join pool, one for each unit. The pool has a thread for each core, no more than there are units, and is
 * kept from batch to batch. Timed: handing the tasks to the pool, running and joining them. Only for work whose tasks do not
 * wait for one another: a task waits until a thread is free, and on one core there is one.
 */
public final class ForkJoin implements ExecutionModel {

    @Override
    public String label() {
        return "fork-join";
    }

    @Override
    public String timedRegion() {
        return "handing a task for each unit to a kept fork-join pool, all tasks, joining them";
    }

    @Override
    public boolean shares(Sharing sharing) {
        return sharing == Sharing.ANYWHERE || sharing == Sharing.HEAP;
    }

    @Override
    public boolean runs(WorkloadDefinition definition, Settings settings) {
        return shares(definition.sharing(settings)) && !definition.tasksWaitForEachOther(settings);
    }

    @Override
    public int parallelism(int wanted) {
        return wanted;
    }

    @Override
    public Batch prepare(WorkloadSpec spec, int parallelism) {
        int threads = Math.min(parallelism, Runtime.getRuntime().availableProcessors());
        return ThreadBatch.of(spec, new HeapSharedState(), parallelism, () -> new Pool(new ForkJoinPool(threads)));
    }

    private record Pool(ForkJoinPool pool) implements Crew {

        private static final long END_LIMIT_SECONDS = 2;

        @Override
        public Unit unit(Runnable work) {
            return new Task(pool, work);
        }

        @Override
        public void close() {
            pool.shutdownNow();
            try {
                pool.awaitTermination(END_LIMIT_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static final class Task implements Crew.Unit {

        private final ForkJoinPool pool;
        // Whoever cancels it interrupts this work alone; the task around it ends when the work has ended, and not
        // before.
        private final FutureTask<?> work;
        private final ForkJoinTask<?> task;
        // The caller's own.
        private boolean started;

        Task(ForkJoinPool pool, Runnable work) {
            this.pool = pool;
            this.work = new FutureTask<>(work, true);
            this.task = ForkJoinTask.adapt(this.work);
        }

        @Override
        public void start() {
            pool.execute(task);
            started = true;
        }

        @Override
        public void interrupt() {
            work.cancel(true);
        }

        @Override
        public void join() throws InterruptedException {
            if (started) {
                try {
                    task.get();
                } catch (java.util.concurrent.ExecutionException e) {
                    // The future inside keeps what its work throws, and the batch's work throws nothing.
                    throw new IllegalStateException("a fork-join task failed: " + e.getCause(), e);
                }
            }
        }
    }
}
