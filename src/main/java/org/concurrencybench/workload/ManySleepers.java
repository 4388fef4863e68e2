package org.concurrencybench.workload;

import java.time.Duration;
import java.util.List;

/**
 * Many tasks that sleep, all alike, and then yield the square of their number: requests that wait for somebody else.
 *
 * <p>How many of them wait at once is the parallelism: one unit for each task is the model, fewer units are a bounded pool,
 * whose time is that of its rounds and says nothing of the model. The floor beneath all of them is one thread that keeps
 * the time of all tasks.
 */
public final class ManySleepers implements WorkloadDefinition {

    @Override
    public String name() {
        return "many-sleepers";
    }

    @Override
    public Kind kind() {
        return Kind.SLEEP_BOUND;
    }

    @Override
    public String lesson() {
        return "a waiting task needs no thread of the operating system: thousands of them are where those stop keeping up";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                new Parameter.WholeNumber("tasks", 1000, 1, 1_000_000, "tasks that sleep"),
                new Parameter.WholeNumber("sleepMillis", 100, 0, 60_000, "sleep of each"));
    }

    @Override
    public boolean isDeferred() {
        return true;
    }

    @Override
    public Workload<Long> create(Settings settings, SharedState shared) {
        return new Batch(settings.number("tasks"), Duration.ofMillis(settings.number("sleepMillis")));
    }

    @Override
    public int naturalParallelism(Settings settings, int cores) {
        return settings.number("tasks");
    }

    @Override
    public double idealSpeedup(Settings settings, int parallelism, int cores) {
        return WorkloadDefinition.idealOfEqualTasks(settings.number("tasks"), parallelism);
    }

    /** Tasks are numbered from 0, their squares from 1: a task that is lost or run twice shows in the sum. */
    private record Batch(int tasks, Duration delay) implements Deferred<Long> {

        @Override
        public int taskCount() {
            return tasks;
        }

        @Override
        public Long run(int firstTask, int endTask) throws InterruptedException {
            long sum = 0;
            for (int task = firstTask; task < endTask; task++) {
                Thread.sleep(delay);
                sum += wake(task);
            }
            return sum;
        }

        @Override
        public Long wake(int task) {
            long number = task + 1L;
            return number * number;
        }

        @Override
        public Long merge(List<Long> partsInTaskOrder) {
            return Longs.sum(partsInTaskOrder);
        }

        @Override
        public void check(Long answer) throws WrongAnswerException {
            long n = tasks;
            // Below 2^61 for the most tasks that there may be.
            long expected = n * (n + 1) * (2 * n + 1) / 6;
            if (answer != expected) {
                throw new WrongAnswerException("sum of the sleepers' squares", expected, answer);
            }
        }

        @Override
        public Codec<Long> codec() {
            return new LongCodec();
        }
    }
}
