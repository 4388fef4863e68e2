package org.concurrencybench.report;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.sample.Direction;
import org.concurrencybench.sample.Sample;

/** A made-up run as the full profile makes them: many settings, all models, phases, footprint, spawn; the same every time. */
public final class FullRun {

    static final List<String> MODELS = List.of(
            "serial",
            "platform-threads",
            "platform-threads-cold",
            "virtual-threads",
            "child-jvms",
            "child-jvms-shared-memory",
            "child-jvms-spare",
            "child-jvms-cold",
            "gil-threads",
            "a-model-of-somebody-else-with-quite-a-long-name",
            "another one");

    private static final List<String> STANDING = MODELS.subList(0, 5);

    private final Runs runs = new Runs();
    private final Random random = new Random(7);

    private FullRun() {}

    static List<CaseSummary> summaries() {
        FullRun run = new FullRun();
        for (String split : List.of("by-function", "by-item")) {
            for (int sleep : List.of(5, 50)) {
                run.group("sleep-bound", "square-cube", Map.of("split", split, "sleepMillis", sleep, "numbers", 5), 10);
            }
        }
        for (int tasks : List.of(1000, 100_000, 1_000_000)) {
            run.group("cpu-bound", "sum-of-squares", Map.of("tasks", tasks, "terms", 1000), 2);
        }
        for (String lock : List.of("own", "spin", "reentrant-lock-of-a-long-name")) {
            for (int think : List.of(0, 1000, 10_000)) {
                run.group(
                        "lock-contended",
                        "bank-balance",
                        Map.of("lock", lock, "thinkMicros", think, "pairs", 1, "transfers", 100),
                        think == 0 ? 1 : 2);
            }
        }
        for (int numbers : List.of(10, 100, 1000)) {
            for (int work : List.of(1, 100, 10_000)) {
                run.group("overhead", "pool-map", Map.of("numbers", numbers, "work", work, "chunk", 0), 2);
            }
        }
        run.units();
        run.phases();
        return run.runs.summaries();
    }

    /** Its samples, with a curve over the number of units besides. */
    public static List<Sample> samples() {
        FullRun run = new FullRun();
        String params = "tasks=1000;terms=1000;parallelism=";
        run.runs.add("cpu-bound", "sum-of-squares", "serial", params + 1, 100, 1, 0.01, 3);
        for (String model : List.of("platform-threads", "virtual-threads", "child-jvms")) {
            for (int units = 1; units <= 4; units++) {
                double speedup = Math.min(2, 0.9 * units);
                run.runs.add("cpu-bound", "sum-of-squares", model, params + units, 100 / speedup, 2, 0.01, 3);
            }
        }
        for (int sleep : List.of(5, 50)) {
            run.group("sleep-bound", "square-cube", Map.of("split", "by-item", "sleepMillis", sleep, "numbers", 5), 10);
        }
        for (int think : List.of(0, 10_000)) {
            run.group("lock-contended", "bank-balance", Map.of("thinkMicros", think, "transfers", 100), 1);
        }
        run.units();
        run.phases();
        return run.runs.samples();
    }

    private void group(String kind, String workload, Map<String, ?> params, double ideal) {
        double serial = 1 + 500 * random.nextDouble();
        for (String model : kind.equals("overhead") ? STANDING : MODELS) {
            boolean reference = model.equals("serial");
            double speedup = reference ? 1 : ideal * Math.exp(random.nextGaussian() - 0.7);
            runs.add(
                    kind,
                    workload,
                    model,
                    cell(params) + ";parallelism=" + (reference ? 1 : 2),
                    serial / speedup,
                    reference ? 1 : ideal,
                    0.01,
                    4);
        }
    }

    private static String cell(Map<String, ?> params) {
        StringBuilder cell = new StringBuilder();
        new TreeMap<>(params)
                .forEach((name, value) -> cell.append(cell.isEmpty() ? "" : ";")
                        .append(name)
                        .append('=')
                        .append(value));
        return cell.toString();
    }

    private void units() {
        Map<String, Double> kibibytes =
                Map.of("platform-threads", 30.0, "virtual-threads", 1.3, "child-jvms", 12_000.0);
        new TreeMap<>(kibibytes).forEach((model, each) -> {
            for (int units : List.of(10, 20, 30)) {
                String params = "parallelism=30;units=" + units;
                runs.exactly(
                        "overhead",
                        "footprint",
                        model,
                        params,
                        Direction.LOWER,
                        1,
                        70_000 + each * units,
                        71_000 + 1.01 * each * units,
                        69_000 + 0.98 * each * units);
            }
        });
        Map<String, Double> micros =
                Map.of("platform-threads-cold", 90.0, "virtual-threads", 16.0, "child-jvms-cold", 38_000.0);
        new TreeMap<>(micros).forEach((model, each) -> {
            for (int units : List.of(1, 10)) {
                String params = "squares=0;units=%d;parallelism=%d"
                        .formatted(units, model.startsWith("child") ? Math.min(8, units) : units);
                runs.add("overhead", "spawn", model, params, each * units / 1000, 1, 0.02, 3);
            }
        });
    }

    private void phases() {
        Map<String, Double> millis = Map.of(
                "spawn", 0.9, "jvm-up", 31.0, "transfer-in", 2.4, "compute", 4.0, "transfer-out", 0.2, "end", 1.8);
        new TreeMap<>(millis)
                .forEach((phase, each) -> runs.add(
                        "overhead", "child-jvm-phases", "child-jvms-cold", "tasks=7;phase=" + phase, each, 1, 0.03, 3));
        runs.add("overhead", "child-jvm-phases", "child-jvms-cold", "tasks=7", 40.3, 1, 0.01, 3);
    }
}
