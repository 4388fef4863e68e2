package org.concurrencybench.workload;

import java.util.List;

/**
 * A tiny function over many numbers, every result wanted by the caller: the textbook's {@code Pool.map}, and with one number
 * its {@code apply}. A task is one call, a nanosecond of work, so that what is measured is dispatch; with {@code work} a call
 * takes longer, and from some size on a pool pays.
 *
 * <p>The work is the sum of the squares below that number, added to the result. Its bound is read anew for each call, from a
 * volatile field, so that no compiler does it once for all calls; each result is checked.
 */
public final class PoolMap implements WorkloadDefinition {

    private static final String SQUARE = "square";

    @Override
    public String name() {
        return "pool-map";
    }

    @Override
    public Kind kind() {
        return Kind.OVERHEAD;
    }

    @Override
    public String lesson() {
        return "a pool costs something for each hand-over: below a certain size of task it is slower than doing it oneself";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                new Parameter.WholeNumber("numbers", 1000, 1, 10_000_000, "calls, one for each number"),
                new Parameter.WholeNumber("first", 0, 0, 1000, "the first of the numbers"),
                new Parameter.Choice("function", List.of(SQUARE, "cube"), "what is called"),
                new Parameter.WholeNumber("work", 0, 0, 1_000_000, "squares that each call adds up besides"),
                new Parameter.WholeNumber(
                        "chunk", 0, 0, 10_000_000, "calls that are handed over at once; 0 leaves it to the model"));
    }

    @Override
    public Workload<long[]> create(Settings settings, SharedState shared) {
        return new Batch(
                settings.number("numbers"),
                settings.number("first"),
                settings.word("function").equals(SQUARE),
                settings.number("work"),
                settings.number("chunk"));
    }

    @Override
    public int naturalParallelism(Settings settings, int cores) {
        return Math.min(cores, settings.number("numbers"));
    }

    @Override
    public double idealSpeedup(Settings settings, int parallelism, int cores) {
        return WorkloadDefinition.idealOfEqualTasks(settings.number("numbers"), Math.min(parallelism, cores));
    }

    private static final class Batch implements Workload<long[]> {

        private final int numbers;
        private final int first;
        private final boolean square;
        // Volatile for the compiler's sake alone: nobody ever writes it again, and no access pairs with it.
        private volatile int work;
        private final int chunk;

        Batch(int numbers, int first, boolean square, int work, int chunk) {
            this.numbers = numbers;
            this.first = first;
            this.square = square;
            this.work = work;
            this.chunk = chunk;
        }

        @Override
        public int taskCount() {
            return numbers;
        }

        @Override
        public int tasksPerChunk() {
            return chunk;
        }

        @Override
        public long[] run(int firstTask, int endTask) {
            long[] results = new long[endTask - firstTask];
            for (int i = 0; i < results.length; i++) {
                results[i] = call((long) first + firstTask + i) + SumOfSquares.sumOfSquaresBelow(work);
            }
            return results;
        }

        private long call(long number) {
            return square ? number * number : number * number * number;
        }

        private long expected(long number) {
            // (n-1) n (2n-1) / 6 is below 2^59 for the most work.
            long n = work;
            return call(number) + (n - 1) * n * (2 * n - 1) / 6;
        }

        @Override
        public long[] merge(List<long[]> partsInTaskOrder) {
            if (partsInTaskOrder.size() == 1) {
                return partsInTaskOrder.getFirst();
            }
            long[] all = new long[numbers];
            int end = 0;
            for (long[] part : partsInTaskOrder) {
                System.arraycopy(part, 0, all, end, part.length);
                end += part.length;
            }
            return all;
        }

        @Override
        public void check(long[] answer) throws WrongAnswerException {
            if (answer.length != numbers) {
                throw new WrongAnswerException("number of results", numbers, answer.length);
            }
            for (int i = 0; i < numbers; i++) {
                int number = first + i;
                if (answer[i] != expected(number)) {
                    throw new WrongAnswerException("result for " + number, expected(number), answer[i]);
                }
            }
        }

        @Override
        public Codec<long[]> codec() {
            return new LongArrayCodec();
        }
    }
}
