package org.concurrencybench.workload;

import java.time.Duration;
import java.util.List;

/**
 * Squares and cubes that workers compute and their caller wants, by one of five ways.
 *
 * <ul>
 *   <li>{@code shared-list}: appended to a list of the program, under a lock. Threads have one such list.
 *   <li>{@code isolated}: the same program where workers are processes. Each has a list of its own, and the caller's stays
 *       empty: that is the outcome that is right, and any other is refused.
 *   <li>{@code array}: written to their places in numbers that all share, with the mean of what was computed from, or a
 *       value that is given, beside them. Where the array has not {@code room} for all, a worker that comes to its end ends
 *       with an error, the caller sees what had room, and that is the outcome that is right.
 *   <li>{@code queue}: sent one by one; the caller drains the queue when the workers have ended.
 *   <li>{@code pool}: returned, and put together in order.
 * </ul>
 *
 * <p>A task is a chain of all squares or all cubes, or by itself each of them. Chains that run at the same time share a list
 * and a queue in any order that keeps each chain's own.
 */
public final class ResultSharing implements WorkloadDefinition {

    private static final String SHARED_LIST = "shared-list";
    private static final String ISOLATED = "isolated";
    private static final String ARRAY = "array";
    private static final String QUEUE = "queue";
    private static final String POOL = "pool";

    private static final String SQUARES = "squares";
    private static final String BY_FUNCTION = "by-function";

    /**
     * What the caller has in the end, or what a unit has returned.
     *
     * @param numbers results
     * @param value the shared one; zero where there is none
     * @param computed how many results were shared or returned, wherever they are now
     * @param errors what workers ended with that had no room for a result
     */
    public record Results(List<Long> numbers, double value, long computed, List<String> errors) {

        /** Of workers that all came to their end. */
        Results(List<Long> numbers, double value, long computed) {
            this(numbers, value, computed, List.of());
        }
    }

    @Override
    public String name() {
        return "result-sharing";
    }

    @Override
    public Kind kind() {
        return Kind.OVERHEAD;
    }

    @Override
    public String lesson() {
        return "threads share what is on the heap; from another process a result has to be sent, or put where both can see it";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                new Parameter.Choice(
                        "way",
                        List.of(POOL, SHARED_LIST, ISOLATED, ARRAY, QUEUE),
                        "how results get to the caller; isolated: not at all, which is the expected outcome"),
                new Parameter.Numbers("list", List.of(2, 3, 4, 5, 6), 1000, 100_000, "what is squared and cubed"),
                new Parameter.Choice("function", List.of("squares-and-cubes", SQUARES), "what is computed"),
                new Parameter.Choice(
                        "split",
                        List.of(BY_FUNCTION, "by-item"),
                        "a task for the squares and one for the cubes, or one for each result"),
                new Parameter.WholeNumber("repeats", 1, 1, 10_000, "how often the list is gone through"),
                new Parameter.WholeNumber("sleepMillis", 0, 0, 60_000, "sleep before each result"),
                new Parameter.WholeNumber(
                        "room", 0, 0, 1_000_000, "length of the array; 0 is as long as needed; too short: an error"),
                new Parameter.WholeNumber(
                        "valueHundredths", 0, 0, 1_000_000, "the value beside the array; 0 for the list's mean"));
    }

    @Override
    public Sharing sharing(Settings settings) {
        return switch (settings.word("way")) {
            case SHARED_LIST -> Sharing.HEAP;
            case ISOLATED -> Sharing.SEPARATE;
            default -> Sharing.ANYWHERE;
        };
    }

    @Override
    public Workload<Results> create(Settings settings, SharedState shared) {
        ResultWork work = work(settings, shared.pause());
        int room = settings.number("room") == 0 ? work.results() : settings.number("room");
        double value =
                settings.number("valueHundredths") == 0 ? work.mean() : settings.number("valueHundredths") / 100.0;
        return switch (settings.word("way")) {
            case SHARED_LIST -> new ResultWay.InList(work, true);
            case ISOLATED -> new ResultWay.InList(work, false);
            case ARRAY -> new ResultWay.InArray(work, value, shared.numbers(room), shared.numbers(1));
            case QUEUE -> new ResultWay.Queued(work, shared.channel(ChannelKind.OWN, capacity(work.results())));
            default -> new ResultWay.Returned(work);
        };
    }

    /** A power of two with room for all results, because nobody drains while they are sent. */
    private static int capacity(int results) {
        if (results > 1 << 20) {
            throw new IllegalArgumentException("a queue holds %d results, not %d".formatted(1 << 20, results));
        }
        return Math.max(1, Integer.highestOneBit(2 * results - 1));
    }

    private static ResultWork work(Settings settings, Pause pause) {
        List<Integer> numbers = settings.numbers("list");
        int repeats = settings.number("repeats");
        return new ResultWork(
                numbers,
                repeats,
                settings.word("function").equals(SQUARES) ? 1 : 2,
                settings.word("split").equals(BY_FUNCTION) ? numbers.size() * repeats : 1,
                Duration.ofMillis(settings.number("sleepMillis")),
                pause);
    }

    @Override
    public int naturalParallelism(Settings settings, int cores) {
        return Math.min(work(settings, Thread::sleep).tasks(), 1000);
    }

    /** Sleeps overlap; beside them nothing is computed that could be made parallel, and sharing only adds. */
    @Override
    public double idealSpeedup(Settings settings, int parallelism, int cores) {
        return settings.number("sleepMillis") == 0
                ? 1
                : WorkloadDefinition.idealOfEqualTasks(
                        work(settings, Thread::sleep).tasks(), parallelism);
    }
}
