package org.concurrencybench.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.concurrencybench.workload.Workload;
import org.jspecify.annotations.Nullable;

/** A batch whose units are threads of this JVM; closes its crew. */
final class ThreadBatch<P> extends WorkloadBatch<P> {

    private final Chunks chunks;
    private final int parallelism;
    private final Crew crew;

    ThreadBatch(Workload<P> workload, BatchState state, int parallelism, Crew crew) {
        super(workload, state);
        this.chunks = Chunks.of(workload, parallelism, 1);
        this.parallelism = parallelism;
        this.crew = crew;
    }

    /** A batch of the workload over {@code state}, which it closes, as it does if it cannot be made. */
    static Batch of(WorkloadSpec spec, BatchState state, int parallelism, Supplier<Crew> crew) {
        try {
            return of(spec.create(state), state, parallelism, crew);
        } catch (RuntimeException | Error e) {
            state.close();
            throw e;
        }
    }

    private static <P> Batch of(Workload<P> workload, BatchState state, int parallelism, Supplier<Crew> crew) {
        try {
            return new ThreadBatch<>(workload, state, parallelism, crew.get());
        } catch (RuntimeException | Error e) {
            new Ending(workload).after(e);
            throw e;
        }
    }

    @Override
    public P run() throws ExecutionException, InterruptedException {
        Run run = new Run();
        try {
            run.start();
        } catch (OutOfMemoryError e) {
            // Too many threads for the machine: those that did start must not outlive the batch.
            run.fail(e);
        }
        try {
            run.join();
        } catch (InterruptedException e) {
            run.stop();
            throw e;
        }
        return workload().merge(run.parts());
    }

    @Override
    protected void closeUnits() {
        crew.close();
    }

    /** What the workers of one run share. */
    private final class Run implements Runnable {

        private final AtomicInteger nextChunk = new AtomicInteger();
        // Each slot has one writer; its write happens before the caller's read by way of that worker's join.
        private final @Nullable Object[] parts = new @Nullable Object[chunks.count()];
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        // Each is in its place before it is counted, and counted (volatile) before it starts: whoever stops the others
        // first
        // leaves no chunk and then reads the count, so it sees every worker that has taken one.
        private final Crew.Unit[] workers = new Crew.Unit[parallelism];
        private volatile int counted;

        /** One after the other: the first is at work while the last is made. */
        void start() {
            for (int i = 0; i < parallelism; i++) {
                Crew.Unit worker = crew.unit(this);
                workers[i] = worker;
                counted = i + 1;
                worker.start();
            }
        }

        /** From the last to the first: a wait for one that has not ended costs a switch, and the last mostly ends last. */
        void join() throws InterruptedException {
            for (int i = counted - 1; i >= 0; i--) {
                workers[i].join();
            }
        }

        @Override
        public void run() {
            try {
                for (int chunk = take(); chunk < chunks.count(); chunk = take()) {
                    parts[chunk] = workload().run(chunks.first(chunk), chunks.end(chunk));
                }
            } catch (Throwable e) {
                fail(e);
            }
        }

        /** The first failure is the batch's; a worker that is interrupted because of it adds nothing. */
        void fail(Throwable e) {
            if (failure.compareAndSet(null, e)) {
                stop();
            }
        }

        /** Nobody begins another chunk; of those under way, the ones that wait are woken, the others end by themselves. */
        void stop() {
            nextChunk.set(chunks.count());
            int all = counted;
            for (int i = 0; i < all; i++) {
                workers[i].interrupt();
            }
        }

        private int take() {
            // Past the end it would climb with every look of every worker; it cannot climb far enough to wrap around.
            return nextChunk.getAndIncrement();
        }

        @SuppressWarnings("unchecked") // only parts of this workload were put there
        List<P> parts() throws ExecutionException {
            Throwable cause = failure.get();
            if (cause != null) {
                throw new ExecutionException("a task failed: " + cause, cause);
            }
            List<P> list = new ArrayList<>(parts.length);
            for (Object part : parts) {
                if (part == null) {
                    throw new ExecutionException("a chunk of tasks yielded nothing", null);
                }
                list.add((P) part);
            }
            return list;
        }
    }
}
