package org.concurrencybench.execution;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.concurrencybench.workload.Channel;
import org.concurrencybench.workload.ChannelKind;
import org.concurrencybench.workload.Codec;
import org.concurrencybench.workload.Guard;
import org.concurrencybench.workload.LockKind;
import org.concurrencybench.workload.LockedLong;
import org.concurrencybench.workload.Pause;
import org.concurrencybench.workload.SharedNumbers;
import org.concurrencybench.workload.Sharing;
import org.concurrencybench.workload.Workload;
import org.concurrencybench.workload.WrongAnswerException;

/**
 * Platform threads that hold one lock while they compute and let go of it while they sleep: a <em>model</em> of CPython's
 * interpreter lock, to show why threads there do not speed up computing and yet overlap waiting. It is no CPython: tasks run
 * as fast as everywhere else here.
 *
 * <p>The threads are kept, as those of {@link PlatformThreads}, so that the lock is all that the two differ in. A thread
 * looks whether it should hand over between tasks, or between runs of tasks that together take some {@link #RUN}, and never
 * within one task, where CPython looks every few instructions. It lets go while a task sleeps through its {@link Pause} or
 * waits for a {@link Guard}; whoever waits in another way keeps the lock meanwhile. Channels are therefore refused.
 *
 * <p>Timed: handing chunks to the waiting threads, tasks, hand-overs of the lock, waiting for the last.
 */
public final class GilThreads implements ExecutionModel {

    /** A look at the clock is nothing against it, and it is little against the switch interval. */
    static final Duration RUN = Duration.ofNanos(100_000);

    @Override
    public String label() {
        return "gil-threads";
    }

    @Override
    public String timedRegion() {
        return "handing chunks to threads that are already there, all tasks, each thread computing only while it holds the one"
                + " lock, waiting until all have ended; it is a model of CPython's interpreter lock, not CPython";
    }

    @Override
    public boolean shares(Sharing sharing) {
        return sharing == Sharing.ANYWHERE || sharing == Sharing.HEAP;
    }

    @Override
    public int parallelism(int wanted) {
        return wanted;
    }

    @Override
    public Batch prepare(WorkloadSpec spec, int parallelism) throws ExecutionException {
        InterpreterLock lock = new InterpreterLock();
        LetsGo state = new LetsGo(lock);
        return prepare(spec.create(state), lock, state, parallelism);
    }

    private static <P> Batch prepare(Workload<P> workload, InterpreterLock lock, BatchState state, int parallelism)
            throws ExecutionException {
        try {
            KeptThreads crew = new KeptThreads(
                    parallelism, Thread.ofPlatform().name("worker-", 1).factory());
            return new Unwrapped<>(new ThreadBatch<>(new UnderLock<>(workload, lock), state, parallelism, crew));
        } catch (OutOfMemoryError e) {
            new Ending(workload).after(e);
            throw new ExecutionException("no pool of %d threads: %s".formatted(parallelism, e.getMessage()), e);
        }
    }

    /** State on the heap whose waits let go of the lock. */
    private static final class LetsGo implements BatchState {

        private final HeapSharedState heap = new HeapSharedState();
        private final InterpreterLock lock;

        LetsGo(InterpreterLock lock) {
            this.lock = lock;
        }

        /** Nobody sleeps while changing one, so whoever changes it has the lock, and no one else wants it then. */
        @Override
        public LockedLong lockedLong(LockKind kind) {
            return heap.lockedLong(kind);
        }

        @Override
        public Channel channel(ChannelKind kind, int capacity) {
            throw new IllegalArgumentException(
                    "model 'gil-threads' has no channels: it lets go of its lock only to sleep");
        }

        @Override
        public Guard guard(LockKind kind) {
            Guard guard = heap.guard(kind);
            return section -> {
                boolean held = lock.letGo();
                guard.hold(() -> {
                    // Who does not run tasks, the caller before and after the batch, does not have it and must not keep
                    // it.
                    if (held) {
                        lock.take();
                    }
                    section.run();
                });
            };
        }

        @Override
        public SharedNumbers numbers(int length) {
            return heap.numbers(length);
        }

        @Override
        public Pause pause() {
            return time -> {
                boolean held = lock.letGo();
                Thread.sleep(time);
                if (held) {
                    lock.take();
                }
            };
        }

        @Override
        public void close() {
            heap.close();
        }
    }

    /** The workload, each chunk of it run under the lock, in runs of tasks; a part is the parts of those. */
    private record UnderLock<P>(Workload<P> workload, InterpreterLock lock) implements Workload<List<P>> {

        @Override
        public int taskCount() {
            return workload.taskCount();
        }

        @Override
        public void reset() {
            workload.reset();
        }

        @Override
        public List<P> run(int firstTask, int endTask) throws InterruptedException {
            List<P> parts = new ArrayList<>();
            lock.take();
            try {
                int tasks = 1;
                int task = firstTask;
                while (task < endTask) {
                    int end = Math.min(endTask - task, tasks) + task;
                    long before = System.nanoTime();
                    parts.add(workload.run(task, end));
                    tasks = System.nanoTime() - before < RUN.toNanos() / 2 ? Math.min(2 * tasks, 1 << 20) : tasks;
                    task = end;
                    if (task < endTask) {
                        lock.look();
                    }
                }
            } finally {
                lock.letGo();
            }
            return parts;
        }

        @Override
        public List<P> merge(List<List<P>> partsInTaskOrder) {
            return List.of(workload.merge(
                    partsInTaskOrder.stream().flatMap(List::stream).toList()));
        }

        @Override
        public void check(List<P> answer) throws WrongAnswerException {
            workload.check(answer.getFirst());
        }

        @Override
        public void expect(List<P> answerOfOneThread) {
            workload.expect(answerOfOneThread.getFirst());
        }

        @Override
        public void close() {
            workload.close();
        }

        @Override
        public Codec<List<P>> codec() {
            throw new UnsupportedOperationException("threads of one JVM send nothing");
        }
    }

    /** The batch with the workload's own answer. */
    private record Unwrapped<P>(ThreadBatch<List<P>> batch) implements Batch {

        @Override
        public void reset() throws ExecutionException, InterruptedException {
            batch.reset();
        }

        @Override
        public Object run() throws ExecutionException, InterruptedException {
            return batch.run().getFirst();
        }

        @Override
        public void check(Object answer) throws WrongAnswerException {
            batch.check(List.of(answer));
        }

        @Override
        public void expect(Object answerOfOneThread) {
            batch.expect(List.of(answerOfOneThread));
        }

        @Override
        public void close() {
            batch.close();
        }
    }
}
