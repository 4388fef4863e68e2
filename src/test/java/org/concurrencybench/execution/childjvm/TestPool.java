package org.concurrencybench.execution.childjvm;

import java.time.Duration;
import java.util.List;
import org.concurrencybench.execution.ExecutionException;
import org.concurrencybench.execution.WorkloadSpec;
import org.concurrencybench.execution.childjvm.FaultyWorkload.Fault;

/** A pool whose children know the {@link FaultyWorkload}, and its shared memory. */
final class TestPool implements AutoCloseable {

    /** Longer than any test may take. */
    static final Duration LONG = Duration.ofSeconds(50);

    private final MappedState shared = new MappedState();
    private final FaultyWorkload.Batch workload;
    private final ChildJvmPool<Long> pool;

    /** With children that answer in time or not, as the test says. */
    TestPool(Fault fault, int tasks, int at, int size, Duration answerLimit) throws ExecutionException {
        this(fault, tasks, at, size, ChildCommand.words(), answerLimit);
    }

    TestPool(Fault fault, int tasks, int at, int size, List<String> command, Duration answerLimit)
            throws ExecutionException {
        this(FaultyWorkload.spec(fault, tasks, at), size, command, answerLimit);
    }

    TestPool(WorkloadSpec spec, int size, List<String> command, Duration answerLimit) throws ExecutionException {
        this(spec, size, command, answerLimit, false);
    }

    /** With frames over mailboxes, or over the standard streams alone. */
    TestPool(WorkloadSpec spec, int size, List<String> command, Duration answerLimit, boolean mailboxes)
            throws ExecutionException {
        System.setProperty("a.test.runs.here", "true");
        this.workload = new FaultyWorkload().create(spec.settings(), shared);
        try {
            Mailboxes boxes = mailboxes ? shared.mailboxes(size) : null;
            this.pool = new ChildJvmPool<>(spec, workload, shared.path(), boxes, size, command, answerLimit);
        } catch (ExecutionException e) {
            shared.close();
            throw e;
        }
    }

    ChildJvmPool<Long> pool() {
        return pool;
    }

    String segment() {
        return shared.path();
    }

    /** Runs a batch and checks its answer. */
    void runAndCheck() throws Exception {
        workload.reset();
        workload.check(pool.run());
    }

    /** How many tasks have begun since the last batch. */
    long begun() {
        return workload.begun().get();
    }

    /** Gives the word that some tasks wait for. */
    void say(long word) {
        workload.begun().set(word);
    }

    @Override
    public void close() {
        pool.close();
        shared.close();
    }
}
