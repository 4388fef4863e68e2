package org.concurrencybench.benchmark;

import java.util.Optional;
import org.concurrencybench.execution.Batch;
import org.concurrencybench.execution.ExecutionException;
import org.concurrencybench.execution.WorkloadSpec;
import org.concurrencybench.execution.childjvm.OneThreadApart;
import org.concurrencybench.execution.childjvm.ParentWatch;
import org.concurrencybench.workload.WrongAnswerException;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What all benchmarks of a batch share: one operation is one whole batch under one model.
 *
 * <p>Inside the timed region: {@link Batch#run}, which says in the model's own Javadoc what that holds. Outside of it:
 * making workload and units ready, and asking one thread for the right answer where nobody knows it (once a fork), putting
 * shared state back and checking the answer (before and after each batch). JMH's per-invocation set-up costs two clock reads
 * a batch, below a microsecond where a batch takes milliseconds.
 * The reference is {@code model=SERIAL}.
 *
 * {@snippet lang = shell :
 * ./run-benchmarks.sh jmh SumOfSquares -p model=SERIAL,VIRTUAL_THREADS -f 3
 * }
 */
public abstract class BatchBenchmark extends WorkloadBenchmark {

    private @Nullable Batch batch;
    private @Nullable Object answer;
    private @Nullable ExecutionException unanswered;

    /** Makes everything ready; once a fork. */
    @Setup(Level.Trial)
    public void prepare() throws ExecutionException, InterruptedException {
        ParentWatch.haltWithoutParent();
        WorkloadSpec spec = spec();
        int wanted = parallelism > 0
                ? parallelism
                : definition()
                        .naturalParallelism(
                                spec.settings(), Runtime.getRuntime().availableProcessors());
        int units = model.execution().parallelism(wanted);
        // Before there are units: whoever looks at memory sees that child beside a fork that holds next to nothing yet.
        Optional<Object> right =
                spec.definition().isComparedWithSerial(spec.settings()) ? answerOfOneThread(spec) : Optional.empty();
        Batch made = prepared(spec, units);
        batch = made;
        right.ifPresent(made::expect);
    }

    /** Empty if it failed: the first batch is likely to fail of the same, and tells more of it. */
    private Optional<Object> answerOfOneThread(WorkloadSpec spec) throws InterruptedException {
        try {
            return Optional.of(OneThreadApart.answer(spec));
        } catch (ExecutionException e) {
            unanswered = e;
            return Optional.empty();
        }
    }

    /** The batch as it is run; for benchmarks that have something to do before or after it. */
    Batch prepared(WorkloadSpec spec, int units) throws ExecutionException, InterruptedException {
        return model.execution().prepare(spec, units);
    }

    /** Before each batch, outside the timed region. */
    @Setup(Level.Invocation)
    public void reset() throws ExecutionException, InterruptedException {
        batch().reset();
    }

    /** One batch: the timed region. */
    @Benchmark
    public Object run() throws ExecutionException, InterruptedException {
        Object result = batch().run();
        answer = result;
        return result;
    }

    /** After each batch, outside the timed region. */
    @TearDown(Level.Invocation)
    public void check() throws WrongAnswerException, ExecutionException {
        if (answer != null) {
            if (unanswered != null) {
                throw unanswered;
            }
            batch().check(answer);
        }
    }

    /** Ends what {@link #prepare} started. */
    @TearDown(Level.Trial)
    public void close() {
        if (batch != null) {
            batch.close();
        }
    }

    /** What the last batch answered; null before the first. */
    final @Nullable Object answer() {
        return answer;
    }

    private Batch batch() {
        if (batch == null) {
            throw new IllegalStateException("not prepared");
        }
        return batch;
    }
}
