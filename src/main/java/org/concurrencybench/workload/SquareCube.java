package org.concurrencybench.workload;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Squares and cubes of 2, 3, 4, …, or of other numbers, with a sleep before each: the textbook's stand-in for I/O.
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
    public String title(Settings settings) {
        int results = 2 * settings.number("numbers");
        return settings.word("split").equals(BY_FUNCTION)
                ? "%d waits of %d ms in two chains, one after another in each"
                        .formatted(results, settings.number("sleepMillis"))
                : "%d waits of %d ms, none of which needs another".formatted(results, settings.number("sleepMillis"));
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                new Parameter.Numbers(
                        "numbers",
                        List.of(5),
                        1000,
                        100_000,
                        "how many, from 2 on; or several: the numbers themselves"),
                new Parameter.WholeNumber("sleepMillis", 50, 0, 60_000, "sleep before each result"),
                new Parameter.Choice(
                        "split",
                        List.of(BY_FUNCTION, "by-item"),
                        "two tasks (all squares; all cubes), or one task for each result"));
    }

    @Override
    public Workload<List<Long>> create(Settings settings, SharedState shared) {
        return new Batch(
                numbers(settings), Duration.ofMillis(settings.number("sleepMillis")), chain(settings), shared.pause());
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
        return squaresAndCubes(numbers(settings)).toString();
    }

    /** What is squared and cubed. */
    public static List<Long> numbers(Settings settings) {
        List<Integer> given = settings.numbers("numbers");
        return given.size() == 1
                ? LongStream.range(2, 2L + given.getFirst()).boxed().toList()
                : given.stream().map(Integer::longValue).toList();
    }

    private static List<Long> squaresAndCubes(List<Long> numbers) {
        return Stream.of(2, 3)
                .flatMap(exponent -> numbers.stream().map(n -> Math.powExact(n, (int) exponent)))
                .toList();
    }

    private static int chain(Settings settings) {
        return settings.word("split").equals(BY_FUNCTION) ? numbers(settings).size() : 1;
    }

    private static int tasks(Settings settings) {
        return 2 * numbers(settings).size() / chain(settings);
    }

    /** Results are numbered: first all squares, then all cubes. A task is a chain of {@code chain} of them. */
    private record Batch(List<Long> numbers, Duration sleep, int chain, Pause pause) implements Workload<List<Long>> {

        @Override
        public int taskCount() {
            return 2 * numbers.size() / chain;
        }

        @Override
        public List<Long> run(int firstTask, int endTask) throws InterruptedException {
            List<Long> results = new ArrayList<>((endTask - firstTask) * chain);
            for (int i = firstTask * chain; i < endTask * chain; i++) {
                pause.sleep(sleep);
                long n = numbers.get(i % numbers.size());
                results.add(i < numbers.size() ? n * n : n * n * n);
            }
            return results;
        }

        @Override
        public List<Long> merge(List<List<Long>> partsInTaskOrder) {
            List<Long> all = new ArrayList<>(2 * numbers.size());
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
