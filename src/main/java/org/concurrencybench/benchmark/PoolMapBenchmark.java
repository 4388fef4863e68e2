package org.concurrencybench.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.concurrencybench.workload.PoolMap;
import org.concurrencybench.workload.WorkloadDefinition;
import org.openjdk.jmh.annotations.Param;

/** A tiny function over many numbers. Its control is {@code numbers=4}: nothing but dispatch. */
public class PoolMapBenchmark extends BatchBenchmark {

    /** Squares in all, some thirty milliseconds of one thread. */
    private static final long LARGEST_OF_GRID = 100_000_000;

    @Param("1000")
    public int numbers;

    @Param("0")
    public int first;

    @Param("square")
    public String function = "square";

    @Param("0")
    public int work;

    @Param("0")
    public int chunk;

    /**
     * The textbook's settings, then two curves: over the size of a call, to find where a pool pays, and over the number of
     * calls that are handed over at once; then a coarse grid of both numbers, for the map of which model is best where.
     */
    static List<Suite.Variant> variants() {
        Timing timing = new Timing(5, 200, 5, 100);
        List<Suite.Variant> variants = new ArrayList<>();
        variants.add(new Suite.Variant(Profile.TEXTBOOK, Map.of(), Timing.singleBatches(0, 1)));
        for (Map<String, String> small : textbooksSmallOnes()) {
            variants.add(new Suite.Variant(Profile.FULL, small, timing));
            variants.add(Suite.replay(Model.CHILD_JVMS_COLD, small));
        }
        variants.add(new Suite.Variant(Profile.FULL, Map.of(), timing));
        for (int work : List.of(1, 10, 30, 100, 300, 1000, 3000, 10_000)) {
            variants.add(
                    new Suite.Variant(Profile.FULL, Map.of("work", Integer.toString(work)), timing, Suite.standing()));
        }
        for (int chunk : List.of(1, 3, 10, 30, 100, 300, 1000)) {
            variants.add(new Suite.Variant(
                    Profile.FULL, Map.of("chunk", Integer.toString(chunk)), timing, Suite.standing()));
        }
        // A fork of a millisecond's work is mostly the start of its JVM: little more than that is spent on measuring.
        Timing brief = new Timing(3, 50, 3, 50);
        for (int numbers : List.of(10, 100, 10_000)) {
            for (int work : List.of(100, 1000, 10_000, 100_000)) {
                if ((long) numbers * work <= LARGEST_OF_GRID) {
                    Map<String, String> settings =
                            Map.of("numbers", Integer.toString(numbers), "work", Integer.toString(work));
                    variants.add(new Suite.Variant(Profile.FULL, settings, brief, Suite.standing()));
                }
            }
        }
        return List.copyOf(variants);
    }

    /** Squares of 2 to 5, and of 1 to 5 in a pool of 3; cubes of 0 to 9, and by one apply. */
    private static List<Map<String, String>> textbooksSmallOnes() {
        return List.of(
                Map.of("numbers", "4", "first", "2"),
                Map.of("numbers", "5", "first", "1", "parallelism", "3"),
                Map.of("numbers", "10", "function", "cube"),
                Map.of("numbers", "1", "first", "9", "function", "cube"));
    }

    @Override
    WorkloadDefinition definition() {
        return new PoolMap();
    }

    @Override
    Map<String, Object> parameters() {
        return Map.of("numbers", numbers, "first", first, "function", function, "work", work, "chunk", chunk);
    }
}
