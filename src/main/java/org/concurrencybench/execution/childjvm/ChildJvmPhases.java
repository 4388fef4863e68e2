package org.concurrencybench.execution.childjvm;

import java.io.DataInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.concurrencybench.execution.Ending;
import org.concurrencybench.execution.ExecutionException;
import org.concurrencybench.execution.WorkloadSpec;
import org.concurrencybench.workload.Workload;
import org.concurrencybench.workload.WrongAnswerException;

/**
 * Where the time of one cold child JVM goes that runs a whole batch as one chunk. The phases follow one another without a
 * gap, so that they add up to the whole.
 *
 * @param spawnNanos from the call to the operating system until the process exists
 * @param upNanos until the child's {@code main} begins
 * @param transferInNanos until the child has set up the workload and read its chunk
 * @param computeNanos until its tasks have ended
 * @param transferOutNanos until the parent has read the answer
 * @param endNanos until the parent has seen the child's exit
 */
public record ChildJvmPhases(
        long spawnNanos, long upNanos, long transferInNanos, long computeNanos, long transferOutNanos, long endNanos) {

    /** From the call to the operating system until the parent has read the answer. */
    public long firstAnswerNanos() {
        return spawnNanos + upNanos + transferInNanos + computeNanos + transferOutNanos;
    }

    /** Whether child and parent read the same clock here, without which phases that cross cannot be told apart. */
    public static boolean areMeasurable() {
        // HotSpot reads CLOCK_MONOTONIC there, one for the whole machine (clock_gettime(2)).
        return System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux");
    }

    /**
     * Measures batches of one workload, each in a child of its own.
     *
     * @param <P> what a run of its tasks yields
     */
    public static final class Meter<P> implements AutoCloseable {

        private final WorkloadSpec spec;
        private final Workload<P> workload;
        private final MappedState shared;
        private final List<String> command;

        private Meter(WorkloadSpec spec, Workload<P> workload, MappedState shared, List<String> command) {
            this.spec = spec;
            this.workload = workload;
            this.shared = shared;
            this.command = command;
        }

        /** For this workload; nothing is started yet. */
        public static Meter<?> of(WorkloadSpec spec) {
            return of(spec, ChildCommand.words());
        }

        /** The same with children that have the JVM's default flags and no AOT cache. */
        public static Meter<?> ofPlainChildren(WorkloadSpec spec) {
            return of(spec, ChildCommand.plainWords());
        }

        /** The same with children that are started by these words. */
        static Meter<?> of(WorkloadSpec spec, List<String> command) {
            MappedState shared = new MappedState();
            try {
                return new Meter<>(spec, GuardedWorkload.over(spec.create(shared), shared), shared, command);
            } catch (RuntimeException | Error e) {
                shared.close();
                throw e;
            }
        }

        /**
         * Starts a child, has it run everything, and ends it; the answer is checked.
         *
         * @throws ExecutionException if the child failed, answered wrongly or took too long
         */
        public ChildJvmPhases measure() throws ExecutionException, InterruptedException {
            workload.reset();
            Answer<P> answer = new Answer<>(workload);
            long start = System.nanoTime();
            long spawned;
            long answered;
            try (ChildJvm child = new ChildJvm(command, null, answer)) {
                spawned = System.nanoTime();
                child.listen();
                child.send(Frame.setUp(spec, shared.path(), 0, 0));
                child.send(Frame.run(0, 0, workload.taskCount()));
                try {
                    answered = answer.arrived.get(ChildJvmDefaults.ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    child.kill();
                    throw child.failure("hung: no answer", e);
                } catch (java.util.concurrent.ExecutionException e) {
                    child.kill();
                    Throwable cause = e.getCause() == null ? e : e.getCause();
                    throw cause instanceof ExecutionException own
                            ? own
                            : new ExecutionException(String.valueOf(cause.getMessage()), cause);
                }
                child.finish();
            }
            long ended = System.nanoTime();
            return new ChildJvmPhases(
                    spawned - start,
                    answer.mainNanos - spawned,
                    answer.readNanos - answer.mainNanos,
                    answer.doneNanos - answer.readNanos,
                    answered - answer.doneNanos,
                    ended - answered);
        }

        @Override
        public void close() {
            try (shared) {
                new Ending(workload).close();
            }
        }
    }

    /** The one answer of one child. Fields are written before the future completes, and read after. */
    private static final class Answer<P> implements ChildJvm.Listener {

        private final Workload<P> workload;
        private final CompletableFuture<Long> arrived = new CompletableFuture<>();
        private long mainNanos;
        private long readNanos;
        private long doneNanos;

        Answer(Workload<P> workload) {
            this.workload = workload;
        }

        @Override
        public void ready(ChildJvm child, long begun) {
            mainNanos = begun;
        }

        @Override
        public void part(ChildJvm child, int chunk, long read, long done, DataInputStream part) throws IOException {
            P answer = workload.codec().read(part);
            long now = System.nanoTime();
            readNanos = read;
            doneNanos = done;
            try {
                workload.check(workload.merge(List.of(answer)));
                arrived.complete(now);
            } catch (WrongAnswerException e) {
                arrived.completeExceptionally(e);
            }
        }

        @Override
        public void failed(ExecutionException reason) {
            arrived.completeExceptionally(reason);
        }
    }
}
