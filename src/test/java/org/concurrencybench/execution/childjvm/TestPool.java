package org.concurrencybench.execution.childjvm;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.concurrencybench.execution.ExecutionException;
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
        this(fault, tasks, at, size, command(), answerLimit);
    }

    TestPool(Fault fault, int tasks, int at, int size, List<String> command, Duration answerLimit)
            throws ExecutionException {
        System.setProperty("a.test.runs.here", "true");
        var spec = FaultyWorkload.spec(fault, tasks, at);
        this.workload = new FaultyWorkload().create(spec.settings(), shared);
        try {
            this.pool = new ChildJvmPool<>(spec, workload, shared.path(), size, command, answerLimit);
        } catch (ExecutionException e) {
            shared.close();
            throw e;
        }
    }

    /** What starts a child, its class path longer by the directory that registers the workload. */
    static List<String> command() {
        List<String> words = new ArrayList<>(ChildCommand.words());
        int classPath = words.indexOf("-cp") + 1;
        words.set(classPath, words.get(classPath) + File.pathSeparator + services());
        return words;
    }

    private static Path services() {
        try {
            return Path.of(FaultyWorkload.class.getResource("faulty").toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
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

    @Override
    public void close() {
        pool.close();
        shared.close();
    }
}
