package org.concurrencybench.execution.childjvm;

import java.util.List;
import org.concurrencybench.execution.Batch;
import org.concurrencybench.execution.ExecutionException;
import org.concurrencybench.execution.WorkloadBatch;
import org.concurrencybench.execution.WorkloadSpec;
import org.concurrencybench.workload.Workload;

/**
 * A pool of warm child JVMs, one working thread each, kept from batch to batch: what {@code multiprocessing.Pool} is in the
 * textbook. Timed: chunks out, tasks, answers back. Not timed: the children's start and end.
 */
public final class ChildJvms extends ChildJvmModel {

    /** How they are started, and how chunks and answers travel. */
    private enum Way {
        PIPES,
        PIPES_AND_DEFAULT_FLAGS,
        SHARED_MEMORY
    }

    private final Way way;

    /** Children with our flags, from the AOT cache where there is one; chunks and answers go over their standard streams. */
    public ChildJvms() {
        this(Way.PIPES);
    }

    private ChildJvms(Way way) {
        this.way = way;
    }

    /** Children with the JVM's default flags and no AOT cache, to measure what those bring. */
    public static ChildJvms plain() {
        return new ChildJvms(Way.PIPES_AND_DEFAULT_FLAGS);
    }

    /**
     * Children that take chunks and give answers through rings in mapped memory: both sides look for a moment before they
     * sleep, so that a short batch passes no kernel.
     */
    public static ChildJvms overSharedMemory() {
        return new ChildJvms(Way.SHARED_MEMORY);
    }

    @Override
    public String label() {
        return way == Way.SHARED_MEMORY ? "child-jvms-shared-memory" : "child-jvms";
    }

    @Override
    public String timedRegion() {
        return (way == Way.SHARED_MEMORY ? "putting chunks into memory that is shared with" : "sending chunks to")
                + " child JVMs that are already up and warm, all tasks, receiving the answers";
    }

    @Override
    <P> Batch batch(WorkloadSpec spec, Workload<P> workload, MappedState shared, int parallelism)
            throws ExecutionException, InterruptedException {
        Mailboxes mailboxes = way == Way.SHARED_MEMORY ? shared.mailboxes(parallelism) : null;
        List<String> command = way == Way.PIPES_AND_DEFAULT_FLAGS ? ChildCommand.plainWords() : ChildCommand.words();
        ChildJvmPool<P> pool = ChildJvmPool.ready(spec, workload, shared.path(), mailboxes, parallelism, command);
        return new WarmBatch<>(workload, pool, shared);
    }

    private static final class WarmBatch<P> extends WorkloadBatch<P> {

        private final ChildJvmPool<P> pool;

        WarmBatch(Workload<P> workload, ChildJvmPool<P> pool, MappedState shared) {
            super(workload, shared);
            this.pool = pool;
        }

        @Override
        public P run() throws ExecutionException, InterruptedException {
            return pool.run();
        }

        @Override
        protected void closeUnits() {
            pool.close();
        }
    }
}
