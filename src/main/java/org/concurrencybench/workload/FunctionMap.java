package org.concurrencybench.workload;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user's own function mapped over inputs of the user's: the textbook's {@code Pool.map(f, xs)}. A task is one call. Right is
 * what the same calls give one after another in one thread of a JVM in which nothing else runs.
 *
 * <p>A result that could still change ({@code byte[]}, a list, a record) is turned into bytes as soon as its call has
 * returned. That is part of the task, under every model alike.
 */
public final class FunctionMap implements WorkloadDefinition {

    /** In files. */
    public static final String NAME = "own-function";

    /** Class and method. */
    public static final String FUNCTION = "function";

    /** A range, or the path of a file. */
    public static final String INPUTS = "inputs";

    /** How many of the inputs, from the first on. */
    public static final String CALLS = "calls";

    /** How long a call may take. */
    public static final String TIMEOUT = "callTimeoutMillis";

    /** Of all calls: nobody waits for as long, and it can be counted in nanoseconds. */
    private static final Duration LONGEST = Duration.ofDays(30);

    @Override
    public String name() {
        return NAME;
    }

    /** Nobody knows before it was measured. */
    @Override
    public Kind kind() {
        return Kind.OVERHEAD;
    }

    @Override
    public String lesson() {
        return "your own function under every model";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                new Parameter.Text(FUNCTION, "java.lang.Math::sqrt", "a public static method of one argument"),
                new Parameter.Text(INPUTS, "1..1000", "what it is called with: a range, or the lines of a file"),
                new Parameter.WholeNumber(
                        CALLS, 0, 0, OwnInputs.MOST, "how many of the inputs, from the first on; 0 for all"),
                new Parameter.WholeNumber(TIMEOUT, 60_000, 1, 86_400_000, "after which a call is given up"));
    }

    @Override
    public boolean isComparedWithSerial(Settings settings) {
        return true;
    }

    /**
     * Every call may take as long as one may. Inputs are read only where nobody has counted them: a model that starts its
     * children for the batch asks in its timed region.
     */
    @Override
    public Duration batchLimit(Settings settings) {
        int counted = settings.number(CALLS);
        Duration all =
                Duration.ofMillis(settings.number(TIMEOUT)).multipliedBy(counted > 0 ? counted : calls(settings));
        return all.compareTo(LONGEST) < 0 ? all : LONGEST;
    }

    @Override
    public Workload<?> create(Settings settings, SharedState shared) {
        return batch(settings, FunctionMap.class.getClassLoader());
    }

    private static Batch batch(Settings settings, ClassLoader loader) {
        return new Batch(
                OwnFunction.find(settings.word(FUNCTION), loader),
                settings.word(INPUTS),
                settings.number(CALLS),
                Duration.ofMillis(settings.number(TIMEOUT)));
    }

    /**
     * Looks whether the function can be called with the inputs, and does not call it.
     *
     * @param loader of the user's classes
     * @return how many inputs there are
     * @throws IllegalArgumentException if not; one line
     */
    public static int check(Settings settings, ClassLoader loader) {
        return batch(settings, loader).taskCount();
    }

    @Override
    public int naturalParallelism(Settings settings, int cores) {
        return Math.min(cores, calls(settings));
    }

    @Override
    public double idealSpeedup(Settings settings, int parallelism, int cores) {
        return WorkloadDefinition.idealOfEqualTasks(calls(settings), parallelism);
    }

    private static int calls(Settings settings) {
        return OwnInputs.read(settings.word(INPUTS), settings.number(CALLS)).size();
    }

    private static final class Batch implements Workload<OwnOutcomes> {

        private final OwnFunction function;
        private final String inputs;
        private final List<String> lines;
        private final Object[] values;
        private final CallWatch watch;
        // Of the thread that checks.
        private @Nullable OwnOutcomes expected;

        Batch(OwnFunction function, String inputs, int calls, Duration timeout) {
            this.function = function;
            this.inputs = inputs;
            this.lines = OwnInputs.read(inputs, calls);
            this.values = new Object[lines.size()];
            Arrays.setAll(values, i -> function.argument().parse(lines.get(i), OwnInputs.where(inputs, i)));
            this.watch = new CallWatch(timeout, this::input);
        }

        @Override
        public int taskCount() {
            return values.length;
        }

        @Override
        public OwnOutcomes run(int firstTask, int endTask) throws InterruptedException {
            OwnOutcomes outcomes = new OwnOutcomes(endTask - firstTask);
            try (CallWatch.Calls calls = watch.calls()) {
                for (int task = firstTask; task < endTask; task++) {
                    calls.begin(task);
                    call(task, outcomes);
                }
            }
            return outcomes;
        }

        private void call(int task, OwnOutcomes outcomes) throws InterruptedException {
            try {
                outcomes.add(function.call(values[task]));
            } catch (InterruptedException | OutOfMemoryError | InternalError e) {
                // Not the input's: the thread is wanted elsewhere, or the JVM is at its end.
                throw e;
            } catch (Throwable e) {
                outcomes.addFailure(e);
            }
        }

        @Override
        public OwnOutcomes merge(List<OwnOutcomes> partsInTaskOrder) {
            OwnOutcomes all = new OwnOutcomes(values.length);
            partsInTaskOrder.forEach(all::addAll);
            return all;
        }

        @Override
        public void check(OwnOutcomes answer) throws WrongAnswerException {
            refuseFailures(answer, "");
            OwnOutcomes right = expected;
            if (right == null) {
                throw new IllegalStateException("nobody has told what one thread answers");
            }
            refuseFailures(right, " in one thread");
            for (int task = 0; task < values.length; task++) {
                byte[] wanted = right.bytes(task);
                byte[] found = answer.bytes(task);
                if (!Arrays.equals(wanted, found)) {
                    throw new WrongAnswerException(
                            ("wrong answer: the result for %s is %s, but %s in one thread; that usually means that the"
                                            + " function is not thread-safe, depends on the order of calls, or is random")
                                    .formatted(input(task), OwnResult.inWords(found), OwnResult.inWords(wanted)));
                }
            }
        }

        private void refuseFailures(OwnOutcomes outcomes, String where) throws WrongAnswerException {
            List<Integer> failed = new ArrayList<>();
            for (int task = 0; task < outcomes.size(); task++) {
                if (outcomes.failure(task) != null) {
                    failed.add(task);
                }
            }
            if (!failed.isEmpty()) {
                throw new WrongAnswerException("%d of %d calls threw%s; the first, for %s: %s"
                        .formatted(
                                failed.size(),
                                outcomes.size(),
                                where,
                                input(failed.getFirst()),
                                outcomes.failure(failed.getFirst())));
            }
        }

        @Override
        public void expect(OwnOutcomes answerOfOneThread) {
            expected = answerOfOneThread;
        }

        private String input(int task) {
            return "'%s' (%s)".formatted(OwnResult.shortened(lines.get(task)), OwnInputs.where(inputs, task));
        }

        @Override
        public Codec<OwnOutcomes> codec() {
            return new OwnOutcomes.Crossing();
        }
    }
}
