package org.concurrencybench.workload;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Squares and cubes of 2, 3, 4, … with a sleep before each: the textbook's stand-in for I/O.
 *
 * <p>A sleep never ends early and always ends late: the kernel adds its timer slack (50 µs by default on Linux,
 * {@code PR_SET_TIMERSLACK} in prctl(2)) and the time to get a core; the JVM adds its own hand-over for virtual threads.
 * That overshoot is part of what is measured, in serial as in every other model.
 */
public final class SquareCube implements WorkloadDefinition {

    private static final String BY_FUNCTION = "by-function";

    @Override
    public String name() {
        return "square-cube";
    }

    @Override
    public Kind kind() {
        return Kind.SLEEP_BOUND;
    }

    @Override
    public String lesson() {
        return "waiting overlaps: whatever can wait at the same time costs the longest wait, not the sum";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                new Parameter.WholeNumber("numbers", 5, 1, 100_000, "how many numbers, from 2 on"),
                new Parameter.WholeNumber("sleepMillis", 50, 0, 60_000, "sleep before each result"),
                new Parameter.Choice(
                        "split",
                        List.of(BY_FUNCTION, "by-item"),
                        "two tasks (all squares; all cubes), or one task for each result"));
    }

    @Override
    public Workload<List<Long>> create(Settings settings, SharedState shared) {
        return new Batch(
                settings.number("numbers"),
                Duration.ofMillis(settings.number("sleepMillis")),
                chain(settings),
                shared.pause());
    }

    @Override
    public int naturalParallelism(Settings settings, int cores) {
        return tasks(settings);
    }

    @Override
    public double idealSpeedup(Settings settings, int parallelism, int cores) {
        return WorkloadDefinition.idealOfEqualTasks(tasks(settings), parallelism);
    }

    @Override
    public String rightAnswer(Settings settings) {
        return squaresAndCubes(settings.number("numbers")).toString();
    }

    private static List<Long> squaresAndCubes(int numbers) {
        return LongStream.concat(powers(numbers, 2), powers(numbers, 3)).boxed().toList();
    }

    private static LongStream powers(int numbers, int exponent) {
        return LongStream.range(2, 2L + numbers).map(n -> Math.powExact(n, exponent));
    }

    private static int chain(Settings settings) {
        return settings.word("split").equals(BY_FUNCTION) ? settings.number("numbers") : 1;
    }

    private static int tasks(Settings settings) {
        return 2 * settings.number("numbers") / chain(settings);
    }

    /** Results are numbered: first all squares, then all cubes. A task is a chain of {@code chain} of them. */
    private record Batch(int numbers, Duration sleep, int chain, Pause pause) implements Workload<List<Long>> {

        @Override
        public int taskCount() {
            return 2 * numbers / chain;
        }

        @Override
        public List<Long> run(int firstTask, int endTask) throws InterruptedException {
            List<Long> results = new ArrayList<>((endTask - firstTask) * chain);
            for (int i = firstTask * chain; i < endTask * chain; i++) {
                pause.sleep(sleep);
                long n = 2L + i % numbers;
                results.add(i < numbers ? n * n : n * n * n);
            }
            return results;
        }

        @Override
        public List<Long> merge(List<List<Long>> partsInTaskOrder) {
            List<Long> all = new ArrayList<>(2 * numbers);
            partsInTaskOrder.forEach(all::addAll);
            return all;
        }

        @Override
        public void check(List<Long> answer) throws WrongAnswerException {
            List<Long> expected = squaresAndCubes(numbers);
            if (!answer.equals(expected)) {
                throw new WrongAnswerException("list of squares and cubes", expected, answer);
            }
        }

        @Override
        public Codec<List<Long>> codec() {
            return new LongsCodec();
        }
    }
}
