package org.concurrencybench.workload;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Several workers, of which one throws.
 *
 * <p>Each worker's work is a {@link FutureTask}, which keeps whatever it ends with. With {@code way=asked} somebody asks it:
 * the caller gets the others' results and the failure's type and message, from whichever process. With {@code way=silent}
 * nobody does, as with {@code ExecutorService.submit} whose future is dropped, or a Python thread that is started and joined:
 * the caller says "Done" and knows nothing of it. That is the outcome that is right here, and a trap everywhere else: what
 * the others did is there, what the failed one should have done is missing, and nothing says so.
 *
 * <p>The time ends when the caller knows that all have ended, and in what; or, if it is silent, believes that it does.
 */
public final class WorkerFailure implements WorkloadDefinition {

    private static final String ASKED = "asked";

    /**
     * What the caller knows in the end, or a unit of its workers.
     *
     * @param results of the workers that returned one, in their order; none where nobody asks
     * @param ended how many workers have come to an end, good or bad
     * @param failureType class of what was thrown; empty if nothing is known to have been
     * @param failureMessage what it said
     */
    public record Known(List<Long> results, long ended, String failureType, String failureMessage) {}

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
                new Parameter.WholeNumber("workers", 4, 1, 10_000, "one of which throws"),
                new Parameter.WholeNumber("failing", 1, 0, 9_999, "which one, from 0"));
    }

    @Override
    public Workload<Known> create(Settings settings, SharedState shared) {
        int workers = workers(settings);
        int failing = settings.number("failing");
        SharedNumbers done = shared.numbers(workers);
        return new Batch(workers, failing, settings.word("way").equals(ASKED), done);
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
    private record Batch(int workers, int failing, boolean asked, SharedNumbers done) implements Workload<Known> {

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
            for (int worker = firstTask; worker < endTask; worker++) {
                int number = worker;
                FutureTask<Long> work = new FutureTask<>(() -> work(number));
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
            return new Known(results, (long) endTask - firstTask, type, message);
        }

        private long work(int worker) {
            if (worker == failing) {
                throw new IllegalStateException(message());
            }
            long result = result(worker);
            done.set(worker, (double) result);
            return result;
        }

        private String message() {
            return "worker %d of %d broke".formatted(failing, workers);
        }

        private static long result(int worker) {
            return (worker + 2L) * (worker + 2L);
        }

        @Override
        public Known merge(List<Known> partsInTaskOrder) {
            List<Long> results = new ArrayList<>();
            long ended = 0;
            String type = "";
            String message = "";
            for (Known part : partsInTaskOrder) {
                results.addAll(part.results);
                ended += part.ended;
                if (!part.failureType.isEmpty()) {
                    type = part.failureType;
                    message = part.failureMessage;
                }
            }
            return new Known(results, ended, type, message);
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
            expect("type of the failure", asked ? IllegalStateException.class.getName() : "", answer.failureType);
            expect("message of the failure", asked ? message() : "", answer.failureMessage);
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
                }

                @Override
                public Known read(DataInput in) throws IOException {
                    return new Known(results.read(in), in.readLong(), in.readUTF(), in.readUTF());
                }
            };
        }
    }
}
