package org.concurrencybench.execution.childjvm;

import java.io.DataInputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.concurrencybench.execution.ExecutionException;
import org.concurrencybench.execution.StopTrial;
import org.concurrencybench.execution.WorkloadSpec;
import org.concurrencybench.workload.Workload;
import org.jspecify.annotations.Nullable;

/** A worker in a child JVM, whose process is destroyed: SIGKILL, which no program can ignore (signal(7)). */
public final class ChildStopTrial implements StopTrial {

    /** From the request until the child is where it shall be; it cannot tell, because then it tells nothing any more. */
    private static final long SETTLE_MILLIS = 100;

    private final WorkloadSpec spec;
    private final MappedState shared = new MappedState();
    private @Nullable ChildJvm child;

    /** For a worker of the workload {@code stop}; nothing is started yet. */
    public ChildStopTrial(WorkloadSpec spec) {
        this.spec = spec;
        // Makes what the tasks share, which children map.
        Workload<?> unused = spec.create(shared);
        unused.reset();
    }

    @Override
    public void begin() throws ExecutionException, InterruptedException {
        Beginning beginning = new Beginning();
        ChildJvm next = new ChildJvm(ChildCommand.words(), null, beginning);
        child = next;
        next.listen();
        next.send(Frame.setUp(spec, shared.path(), 0, 0));
        if (!beginning.ready.await(ChildJvmDefaults.ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
            throw next.failure("hung: not ready", null);
        }
        ExecutionException failure = beginning.failure;
        if (failure != null) {
            throw failure;
        }
        next.send(Frame.run(0, 0, 1));
        Thread.sleep(SETTLE_MILLIS);
    }

    @Override
    public boolean stop(long limitNanos) {
        ChildJvm current = current();
        current.kill();
        return current.endsBefore(System.nanoTime() + limitNanos);
    }

    @Override
    public void end() {
        current().close();
        child = null;
    }

    @Override
    public void close() {
        if (child != null) {
            child.kill();
            child.close();
        }
        shared.close();
    }

    private ChildJvm current() {
        if (child == null) {
            throw new IllegalStateException("not begun");
        }
        return child;
    }

    /** Hears that the child is ready, or why it will not be. */
    private static final class Beginning implements ChildJvm.Listener {

        private final CountDownLatch ready = new CountDownLatch(1);
        // Written by the child's reader before the latch opens, read after.
        private volatile @Nullable ExecutionException failure;

        @Override
        public void ready(ChildJvm child, long mainNanos) {
            ready.countDown();
        }

        /** It came back by itself, which takes a minute. */
        @Override
        public void part(ChildJvm child, int chunk, long readNanos, long doneNanos, DataInputStream part) {
            failed(new ExecutionException("a worker came back before it was stopped", null));
        }

        @Override
        public void failed(ExecutionException reason) {
            failure = reason;
            ready.countDown();
        }
    }
}
