package org.concurrencybench.execution;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.concurrencybench.workload.Deferred;
import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.Sharing;
import org.concurrencybench.workload.Workload;
import org.concurrencybench.workload.WorkloadDefinition;
import org.jspecify.annotations.Nullable;

/**
 * One platform thread that keeps the time of all tasks: what a program does that has no thread to spare for waiting, and the
 * floor for those that have. Runs only what is {@linkplain Deferred deferred}. Timed: handing every task to the timer, the
 * waits, the tasks; not the thread's own start and end.
 */
public final class TimerThread implements ExecutionModel {

    @Override
    public String label() {
        return "timer-thread";
    }

    @Override
    public String timedRegion() {
        return "handing each task's wait to one thread that keeps the time of all, the waits, the tasks in that thread";
    }

    @Override
    public boolean shares(Sharing sharing) {
        return sharing == Sharing.ANYWHERE || sharing == Sharing.HEAP;
    }

    @Override
    public boolean runs(WorkloadDefinition definition, Settings settings) {
        return definition.isDeferred() && shares(definition.sharing(settings));
    }

    /** All tasks wait at once whatever the number of units, so that the ideal is that of as many units as are wanted. */
    @Override
    public int parallelism(int wanted) {
        return wanted;
    }

    @Override
    public Batch prepare(WorkloadSpec spec, int parallelism) {
        HeapSharedState state = new HeapSharedState();
        Workload<?> workload = spec.create(state);
        if (!(workload instanceof Deferred<?> deferred)) {
            IllegalArgumentException refusal = new IllegalArgumentException(
                    "%s has tasks that do more than wait; one timer thread cannot run them side by side"
                            .formatted(spec.definition().name()));
            new Ending(workload).after(refusal);
            throw refusal;
        }
        return new TimedBatch<>(deferred, state);
    }

    private static final class TimedBatch<P> extends WorkloadBatch<P> {

        private final Deferred<P> deferred;
        private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("timer").factory());

        TimedBatch(Deferred<P> deferred, HeapSharedState state) {
            super(deferred, state);
            this.deferred = deferred;
        }

        @Override
        public P run() throws ExecutionException, InterruptedException {
            int tasks = deferred.taskCount();
            long delayNanos = deferred.delay().toNanos();
            // Written by the timer's thread alone; read after the latch has opened.
            @Nullable Object[] parts = new @Nullable Object[tasks];
            CountDownLatch open = new CountDownLatch(tasks);
            AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
            for (int i = 0; i < tasks; i++) {
                int task = i;
                var _ = timer.schedule(
                        () -> {
                            try {
                                parts[task] = deferred.wake(task);
                            } catch (Throwable e) {
                                failure.compareAndSet(null, e);
                            } finally {
                                open.countDown();
                            }
                        },
                        delayNanos,
                        TimeUnit.NANOSECONDS);
            }
            open.await();
            Throwable cause = failure.get();
            if (cause != null) {
                throw new ExecutionException("a task failed: " + cause, cause);
            }
            return deferred.merge(inOrder(parts));
        }

        @SuppressWarnings("unchecked") // only parts of this workload were put there, one for each task
        private List<P> inOrder(@Nullable Object[] parts) {
            return (List<P>) Arrays.asList(parts);
        }

        @Override
        protected void closeUnits() {
            timer.shutdownNow();
        }
    }
}
