package org.concurrencybench.workload;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Units that are there and do nothing: what each of them takes of the memory. The batch is one sign of life from each; what
 * is measured is the memory while they wait to give it.
 */
public final class Footprint implements WorkloadDefinition {

    /** How many sizes a slope is drawn through. */
    public static final int STEPS = 5;

    @Override
    public String name() {
        return "footprint";
    }

    @Override
    public Kind kind() {
        return Kind.OVERHEAD;
    }

    @Override
    public String lesson() {
        return "a unit that waits still takes memory: a kilobyte on the heap, a stack, or a whole JVM";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(new Parameter.WholeNumber(
                "units",
                2000,
                1,
                1_000_000,
                "most units alive at once; memory is read at " + STEPS + " sizes up to it"));
    }

    /** The sizes at which memory is read, from small to {@code units}; fewer than {@value #STEPS} only where units are. */
    public static List<Integer> sizes(int units) {
        return IntStream.rangeClosed(1, STEPS)
                .map(step -> Math.toIntExact(Math.ceilDiv((long) units * step, STEPS)))
                .distinct()
                .boxed()
                .toList();
    }

    @Override
    public Workload<Long> create(Settings settings, SharedState shared) {
        return new SignsOfLife(settings.number("units"));
    }

    @Override
    public int naturalParallelism(Settings settings, int cores) {
        return settings.number("units");
    }

    @Override
    public double idealSpeedup(Settings settings, int parallelism, int cores) {
        return 1;
    }

    private record SignsOfLife(int units) implements Workload<Long> {

        @Override
        public int taskCount() {
            return units;
        }

        @Override
        public Long run(int firstTask, int endTask) {
            return (long) endTask - firstTask;
        }

        @Override
        public Long merge(List<Long> partsInTaskOrder) {
            return Longs.sum(partsInTaskOrder);
        }

        @Override
        public void check(Long answer) throws WrongAnswerException {
            if (answer != units) {
                throw new WrongAnswerException("signs of life", units, answer);
            }
        }

        @Override
        public Codec<Long> codec() {
            return new LongCodec();
        }
    }
}
