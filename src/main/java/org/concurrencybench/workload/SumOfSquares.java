package org.concurrencybench.workload;

import java.math.BigInteger;
import java.util.List;

/**
 * Many calls of f, each the sum of x² for x below a bound: the textbook's {@code Pool.map} against a plain loop.
 *
 * <p>The bound is the same for every call, as in the textbook, so a compiler could compute it once. It is kept from that by
 * reading the bound anew, from a volatile field, for each call; and from dropping the loop by adding up every result and
 * checking the sum. HotSpot neither folds this loop into its closed form nor vectorises it; that the time grows in
 * proportion to both parameters is shown by a test.
 */
public final class SumOfSquares implements WorkloadDefinition {

    @Override
    public String name() {
        return "sum-of-squares";
    }

    @Override
    public Kind kind() {
        return Kind.CPU_BOUND;
    }

    @Override
    public String lesson() {
        return "computing does not overlap on one core: the cores are the limit, not the number of workers";
    }

    @Override
    public String title(Settings settings) {
        return "%d sums of %d squares each".formatted(settings.number("tasks"), settings.number("terms"));
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                new Parameter.WholeNumber("tasks", 20_000, 1, 100_000_000, "calls of f"),
                new Parameter.WholeNumber("terms", 1000, 1, 1_000_000, "terms of each sum"));
    }

    @Override
    public Workload<Long> create(Settings settings, SharedState shared) {
        return new Batch(settings.number("tasks"), settings.number("terms"));
    }

    @Override
    public int naturalParallelism(Settings settings, int cores) {
        return cores;
    }

    @Override
    public double idealSpeedup(Settings settings, int parallelism, int cores) {
        return WorkloadDefinition.idealOfEqualTasks(settings.number("tasks"), Math.min(parallelism, cores));
    }

    @Override
    public String rightAnswer(Settings settings) {
        return Long.toString(sumOfAll(settings.number("tasks"), settings.number("terms")));
    }

    /** (n-1) n (2n-1) / 6 for each call; the last 64 bits, as the sums of the tasks wrap around as well. */
    private static long sumOfAll(int tasks, int terms) {
        BigInteger n = BigInteger.valueOf(terms);
        BigInteger perCall = n.subtract(BigInteger.ONE)
                .multiply(n)
                .multiply(n.add(n).subtract(BigInteger.ONE))
                .divide(BigInteger.valueOf(6));
        return perCall.multiply(BigInteger.valueOf(tasks)).longValue();
    }

    /** The textbook's f; its bound must come from where the compiler cannot see that it is always the same. */
    static long sumOfSquaresBelow(int bound) {
        long sum = 0;
        for (long x = 0; x < bound; x++) {
            sum += x * x;
        }
        return sum;
    }

    private static final class Batch implements Workload<Long> {

        private final int tasks;
        // Volatile for the compiler's sake alone: nobody ever writes it again, and no access pairs with it.
        private volatile int terms;

        Batch(int tasks, int terms) {
            this.tasks = tasks;
            this.terms = terms;
        }

        @Override
        public int taskCount() {
            return tasks;
        }

        @Override
        public Long run(int firstTask, int endTask) {
            long sum = 0;
            for (int task = firstTask; task < endTask; task++) {
                sum += sumOfSquaresBelow(terms);
            }
            return sum;
        }

        @Override
        public Long merge(List<Long> partsInTaskOrder) {
            return Longs.sum(partsInTaskOrder);
        }

        @Override
        public void check(Long answer) throws WrongAnswerException {
            long expected = sumOfAll(tasks, terms);
            if (answer != expected) {
                throw new WrongAnswerException("sum over all calls", expected, answer);
            }
        }

        @Override
        public Codec<Long> codec() {
            return new LongCodec();
        }
    }
}
