package org.concurrencybench.workload;

import java.util.List;

/**
 * Units that are started, do nothing or a little, and are waited for: the textbook's ten threads, or one process for each
 * core, that square the numbers below 1000 and drop the result.
 *
 * <p>The results are not dropped here, because a compiler would drop the loop with them: they are added up and checked, and
 * the loop's bound is read anew for each task from a volatile field.
 */
public final class Spawn implements WorkloadDefinition {

    @Override
    public String name() {
        return "spawn";
    }

    @Override
    public Kind kind() {
        return Kind.OVERHEAD;
    }

    @Override
    public String lesson() {
        return "a unit costs something before it does anything: a process far more than a thread, which costs more than a virtual one";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                new Parameter.WholeNumber("units", 10, 1, 100_000, "units that are started, one task each"),
                new Parameter.WholeNumber("squares", 0, 0, 1_000_000, "squares that each of them computes"));
    }

    @Override
    public Workload<Long> create(Settings settings, SharedState shared) {
        return new Batch(settings.number("units"), settings.number("squares"));
    }

    @Override
    public int naturalParallelism(Settings settings, int cores) {
        return settings.number("units");
    }

    /** Cores for the squares; nothing at all can be gained where there is nothing to do. */
    @Override
    public double idealSpeedup(Settings settings, int parallelism, int cores) {
        return settings.number("squares") == 0
                ? 1
                : WorkloadDefinition.idealOfEqualTasks(settings.number("units"), Math.min(parallelism, cores));
    }

    private static final class Batch implements Workload<Long> {

        private final int units;
        // Volatile for the compiler's sake alone: nobody ever writes it again, and no access pairs with it.
        private volatile int squares;

        Batch(int units, int squares) {
            this.units = units;
            this.squares = squares;
        }

        @Override
        public int taskCount() {
            return units;
        }

        /** Each task counts for one beside its squares, so that an empty one leaves a trace too. */
        @Override
        public Long run(int firstTask, int endTask) {
            long sum = 0;
            for (int task = firstTask; task < endTask; task++) {
                sum += 1 + SumOfSquares.sumOfSquaresBelow(squares);
            }
            return sum;
        }

        @Override
        public Long merge(List<Long> partsInTaskOrder) {
            return Longs.sum(partsInTaskOrder);
        }

        @Override
        public void check(Long answer) throws WrongAnswerException {
            // (n-1) n (2n-1) / 6 is below 2^59 for the most squares; times the most units it wraps around as the sum
            // does.
            long n = squares;
            long expected = units * (1 + (n - 1) * n * (2 * n - 1) / 6);
            if (answer != expected) {
                throw new WrongAnswerException("units and their squares", expected, answer);
            }
        }

        @Override
        public Codec<Long> codec() {
            return new LongCodec();
        }
    }
}
