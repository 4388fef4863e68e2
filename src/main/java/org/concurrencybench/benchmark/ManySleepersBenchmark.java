package org.concurrencybench.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.concurrencybench.workload.ManySleepers;
import org.concurrencybench.workload.WorkloadDefinition;
import org.openjdk.jmh.annotations.Param;

/**
 * Many tasks that sleep. Its control is {@code timer-thread}: one thread that keeps the time of all.
 *
 * <p>{@code parallelism} is how many wait at once. One unit for each task is the model itself; platform threads with fewer
 * are a bounded pool, and their rows show its size.
 */
public class ManySleepersBenchmark extends BatchBenchmark {

    /** The longest batch that is worth its time in a curve: a bound for serial and for small pools. */
    private static final int LONGEST_MILLIS = 10_000;

    /** Sizes that people choose for a pool without asking what waits in it. */
    private static final List<Integer> POOLS = List.of(100, 1000);

    @Param("1000")
    public int tasks;

    @Param("100")
    public int sleepMillis;

    /**
     * Every number of tasks with every sleep, of the shortest few; models where a batch of theirs ends in bearable time.
     */
    static List<Suite.Variant> variants() {
        List<Suite.Variant> variants = new ArrayList<>();
        for (int sleepMillis : List.of(1, 10, 100, 1000)) {
            for (int tasks : sleepMillis == 1 ? List.of(10, 100, 1000) : List.of(10, 100, 1000, 10_000, 100_000)) {
                Map<String, String> settings =
                        Map.of("tasks", Integer.toString(tasks), "sleepMillis", Integer.toString(sleepMillis));
                List<Model> models = new ArrayList<>(List.of(
                        Model.PLATFORM_THREADS,
                        Model.PLATFORM_THREADS_COLD,
                        Model.VIRTUAL_THREADS,
                        Model.TIMER_THREAD));
                if (isBearable(tasks, sleepMillis, 1)) {
                    models.add(Model.SERIAL);
                }
                if (isBearable(tasks, sleepMillis, 8)) {
                    models.add(Model.CHILD_JVMS);
                }
                Timing timing = Timing.singleBatches(2, 3);
                variants.add(new Suite.Variant(Profile.FULL, settings, timing, models));
                for (int pool : POOLS) {
                    if (pool < tasks && isBearable(tasks, sleepMillis, pool)) {
                        variants.add(new Suite.Variant(
                                Profile.FULL,
                                Map.of(
                                        "tasks", settings.get("tasks"),
                                        "sleepMillis", settings.get("sleepMillis"),
                                        "parallelism", Integer.toString(pool)),
                                timing,
                                List.of(Model.PLATFORM_THREADS)));
                    }
                }
            }
        }
        return List.copyOf(variants);
    }

    private static boolean isBearable(int tasks, int sleepMillis, int units) {
        return (long) Math.ceilDiv(tasks, units) * sleepMillis <= LONGEST_MILLIS;
    }

    @Override
    WorkloadDefinition definition() {
        return new ManySleepers();
    }

    @Override
    Map<String, Object> parameters() {
        return Map.of("tasks", tasks, "sleepMillis", sleepMillis);
    }
}
