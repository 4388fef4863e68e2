package org.concurrencybench.workload;

import java.util.List;

/**
 * A tiny function over many numbers, every result wanted by the caller: the textbook's {@code Pool.map}. A task is one call,
 * a nanosecond of work, so that what is measured is dispatch.
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
                new Parameter.WholeNumber("numbers", 1000, 1, 10_000_000, "calls, of 0, 1, 2, …"),
                new Parameter.Choice("function", List.of(SQUARE, "cube"), "what is called"));
    }

    @Override
    public Workload<long[]> create(Settings settings, SharedState shared) {
        return new Batch(settings.number("numbers"), settings.word("function").equals(SQUARE));
    }

    @Override
    public int naturalParallelism(Settings settings, int cores) {
        return Math.min(cores, settings.number("numbers"));
    }

    @Override
    public double idealSpeedup(Settings settings, int parallelism, int cores) {
        return WorkloadDefinition.idealOfEqualTasks(settings.number("numbers"), Math.min(parallelism, cores));
    }

    private record Batch(int numbers, boolean square) implements Workload<long[]> {

        @Override
        public int taskCount() {
            return numbers;
        }

        @Override
        public long[] run(int firstTask, int endTask) {
            long[] results = new long[endTask - firstTask];
            for (int i = 0; i < results.length; i++) {
                results[i] = call(firstTask + i);
            }
            return results;
        }

        private long call(long number) {
            return square ? number * number : number * number * number;
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
            for (int number = 0; number < numbers; number++) {
                if (answer[number] != call(number)) {
                    throw new WrongAnswerException("result for " + number, call(number), answer[number]);
                }
            }
        }

        @Override
        public Codec<long[]> codec() {
            return new LongArrayCodec();
        }
    }
}
