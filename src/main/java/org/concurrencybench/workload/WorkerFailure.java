package org.concurrencybench.workload;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Several workers, of which one throws: because it is told to, or because its function is called with the wrong number of
 * arguments.
 *
 * <p>Each worker's work is a {@link FutureTask}, which keeps whatever it ends with. With {@code way=asked} somebody asks it:
 * the caller gets the others' results and the failure's type and message, from whichever process. With {@code way=silent}
 * nobody does, as with {@code ExecutorService.submit} whose future is dropped, or a Python thread that is started and joined:
 * the caller says "Done" and knows nothing of it. That is the outcome that is right here, and a trap everywhere else: what
 * the others did is there, what the failed one should have done is missing, and nothing says so but the traceback that the
 * worker leaves, as it would on its stderr, for whoever reads that.
 *
 * <p>The time ends when the caller knows that all have ended, and in what; or, if it is silent, believes that it does.
 */
public final class WorkerFailure implements WorkloadDefinition {

    private static final String ASKED = "asked";
    private static final String THROWS = "throws";

    /**
     * What the caller knows in the end, or a unit of its workers.
     *
     * @param results of the workers that returned one, in their order; none where nobody asks
     * @param ended how many workers have come to an end, good or bad
     * @param failureType class of what was thrown; empty if nothing is known to have been
     * @param failureMessage what it said
     * @param traceback what the failing worker left where nobody asks it, from its first line on; else empty
     */
    public record Known(List<Long> results, long ended, String failureType, String failureMessage, String traceback) {}

    /** The function of every worker, of one argument. */
    private static long result(int worker) {
        return (worker + 2L) * (worker + 2L);
    }

    @Override
    public String name() {
        return "failure";
    }

    @Override
    public Kind kind() {
        return Kind.OVERHEAD;
    }

    @Override
    public String lesson() {
        return "a worker's failure reaches the caller only if somebody asks for the result; otherwise all looks done";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                new Parameter.Choice(
                        "way",
                        List.of(ASKED, "silent"),
                        "whether anybody asks the workers how they ended; silent: the failure is lost, as expected"),
                new Parameter.Choice(
                        "fault",
                        List.of(THROWS, "wrong-arguments"),
                        "what goes wrong: the function throws, or is called with an argument too many"),
                new Parameter.WholeNumber("workers", 4, 1, 10_000, "one of which throws"),
                new Parameter.WholeNumber("failing", 1, 0, 9_999, "which one, from 0"));
    }

    @Override
    public Workload<Known> create(Settings settings, SharedState shared) {
        int workers = workers(settings);
        int failing = settings.number("failing");
        SharedNumbers done = shared.numbers(workers);
        return new Batch(
                workers,
                failing,
                settings.word("way").equals(ASKED),
                settings.word("fault").equals(THROWS),
                done);
    }

    private static int workers(Settings settings) {
        int workers = settings.number("workers");
        int failing = settings.number("failing");
        if (failing >= workers) {
            throw new IllegalArgumentException(
                    "failing is %d, but %d workers are 0 to %d".formatted(failing, workers, workers - 1));
        }
        return workers;
    }

    @Override
    public int naturalParallelism(Settings settings, int cores) {
        return workers(settings);
    }

    /** One, by convention: next to nothing is computed. */
    @Override
    public double idealSpeedup(Settings settings, int parallelism, int cores) {
        return 1;
    }

    /**
     * A task is a worker.
     *
     * @param done what each worker leaves behind for all to see; {@value #NOTHING} until then
     */
    private record Batch(int workers, int failing, boolean asked, boolean willThrow, SharedNumbers done)
            implements Workload<Known> {

        private static final double NOTHING = -1;

        @Override
        public int taskCount() {
            return workers;
        }

        @Override
        public void reset() {
            for (int worker = 0; worker < workers; worker++) {
                done.set(worker, NOTHING);
            }
        }

        @Override
        public Known run(int firstTask, int endTask) throws InterruptedException {
            List<Long> results = new ArrayList<>();
            String type = "";
            String message = "";
            StringWriter traceback = new StringWriter();
            for (int worker = firstTask; worker < endTask; worker++) {
                FutureTask<Long> work = asked ? new FutureTask<>(call(worker)) : new Unasked(call(worker), traceback);
                work.run();
                if (asked) {
                    try {
                        results.add(work.get());
                    } catch (ExecutionException e) {
                        Throwable cause = e.getCause() == null ? e : e.getCause();
                        type = cause.getClass().getName();
                        message = String.valueOf(cause.getMessage());
                    }
                }
            }
            return new Known(results, (long) endTask - firstTask, type, message, traceback.toString());
        }

        private Callable<Long> call(int worker) {
            return () -> {
                if (worker == failing) {
                    fail();
                }
                long result = result(worker);
                done.set(worker, (double) result);
                return result;
            };
        }

        private void fail() throws Exception {
            if (willThrow) {
                throw new IllegalStateException("worker %d of %d broke".formatted(failing, workers));
            }
            MethodHandle function = MethodHandles.lookup()
                    .findStatic(WorkerFailure.class, "result", MethodType.methodType(long.class, int.class));
            try {
                function.invokeWithArguments(failing, workers);
            } catch (Exception | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new IllegalStateException("a function that declares nothing threw " + e, e);
            }
        }

        /** What the failing worker throws: the same call fails in the same way everywhere. */
        private Exception failure() {
            try {
                fail();
            } catch (Exception e) {
                return e;
            }
            throw new IllegalStateException("the call that has to fail did not");
        }

        @Override
        public Known merge(List<Known> partsInTaskOrder) {
            List<Long> results = new ArrayList<>();
            long ended = 0;
            String type = "";
            String message = "";
            StringBuilder traceback = new StringBuilder();
            for (Known part : partsInTaskOrder) {
                traceback.append(part.traceback);
                results.addAll(part.results);
                ended += part.ended;
                if (!part.failureType.isEmpty()) {
                    type = part.failureType;
                    message = part.failureMessage;
                }
            }
            return new Known(results, ended, type, message, traceback.toString());
        }

        @Override
        public void check(Known answer) throws WrongAnswerException {
            List<Long> others = new ArrayList<>();
            for (int worker = 0; worker < workers; worker++) {
                double expected = worker == failing ? NOTHING : (double) result(worker);
                expect("what worker %d left behind".formatted(worker), expected, done.get(worker));
                if (worker != failing) {
                    others.add(result(worker));
                }
            }
            expect("number of workers that ended", (long) workers, answer.ended);
            expect("results of the others", asked ? others : List.of(), answer.results);
            Exception failure = failure();
            expect("type of the failure", asked ? failure.getClass().getName() : "", answer.failureType);
            expect("message of the failure", asked ? String.valueOf(failure.getMessage()) : "", answer.failureMessage);
            expect(
                    "first line of the traceback",
                    asked ? "" : failure.toString(),
                    answer.traceback.lines().findFirst().orElse(""));
        }

        private static void expect(String what, Object expected, Object actual) throws WrongAnswerException {
            if (!expected.equals(actual)) {
                throw new WrongAnswerException(what, expected, actual);
            }
        }

        @Override
        public Codec<Known> codec() {
            return new Codec<>() {

                private final Codec<List<Long>> results = new LongsCodec();

                @Override
                public void write(Known part, DataOutput out) throws IOException {
                    results.write(part.results, out);
                    out.writeLong(part.ended);
                    out.writeUTF(part.failureType);
                    out.writeUTF(part.failureMessage);
                    out.writeUTF(part.traceback);
                }

                @Override
                public Known read(DataInput in) throws IOException {
                    return new Known(results.read(in), in.readLong(), in.readUTF(), in.readUTF(), in.readUTF());
                }
            };
        }
    }

    /** Work that nobody asks how it ended: it leaves its traceback, as a thread does that dies of an exception. */
    private static final class Unasked extends FutureTask<Long> {

        private final StringWriter traceback;

        Unasked(Callable<Long> work, StringWriter traceback) {
            super(work);
            this.traceback = traceback;
        }

        @Override
        protected void setException(Throwable thrown) {
            super.setException(thrown);
            thrown.printStackTrace(new PrintWriter(traceback, true));
        }
    }
}
