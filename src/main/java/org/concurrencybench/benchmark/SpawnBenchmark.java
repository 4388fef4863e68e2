package org.concurrencybench.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.concurrencybench.workload.Spawn;
import org.concurrencybench.workload.WorkloadDefinition;
import org.openjdk.jmh.annotations.Param;

/**
 * Units that are started and joined. The score is that of the batch; the report divides it by the number of units, which
 * is {@code parallelism}: child JVMs are 8 at most, and beyond that some of them have two tasks. Its control is
 * {@code fork-join}, whose tasks start no thread.
 */
public class SpawnBenchmark extends BatchBenchmark {

    static final List<Model> MODELS =
            List.of(Model.PLATFORM_THREADS_COLD, Model.VIRTUAL_THREADS, Model.CHILD_JVMS_COLD, Model.FORK_JOIN);

    @Param("10")
    public int units;

    @Param("0")
    public int squares;

    /** One unit, ten, and one for each core; in full as many as show where a curve bends. */
    static List<Suite.Variant> variants() {
        int cores = Runtime.getRuntime().availableProcessors();
        List<Suite.Variant> variants = new ArrayList<>();
        variants.add(new Suite.Variant(Profile.STANDARD, Map.of("units", "1"), new Timing(2, 50, 4, 30), MODELS));
        for (String squares : List.of("0", "1000")) {
            Stream.of(1, 2, cores, 5, 10, 100, 1000).distinct().sorted().forEach(units -> {
                Map<String, String> settings = Map.of("units", Integer.toString(units), "squares", squares);
                // Children are 8 at most, so that more units than ten would only be more tasks.
                List<Model> models = units <= 10
                        ? MODELS
                        : MODELS.stream()
                                .filter(model -> model != Model.CHILD_JVMS_COLD)
                                .toList();
                variants.add(new Suite.Variant(Profile.FULL, settings, new Timing(5, 100, 5, 100), models));
            });
        }
        variants.add(new Suite.Variant(
                Profile.TEXTBOOK,
                Map.of("squares", "1000"),
                Timing.singleBatches(0, 1),
                List.of(Model.PLATFORM_THREADS_COLD, Model.VIRTUAL_THREADS)));
        variants.add(new Suite.Variant(
                Profile.TEXTBOOK,
                Map.of("squares", "1000", "units", Integer.toString(cores)),
                Timing.singleBatches(0, 1),
                List.of(Model.CHILD_JVMS_COLD)));
        return List.copyOf(variants);
    }

    @Override
    WorkloadDefinition definition() {
        return new Spawn();
    }

    @Override
    Map<String, Object> parameters() {
        return Map.of("units", units, "squares", squares);
    }
}
