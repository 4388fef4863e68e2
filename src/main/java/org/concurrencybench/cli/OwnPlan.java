package org.concurrencybench.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.concurrencybench.benchmark.LookBenchmark;
import org.concurrencybench.benchmark.Model;
import org.concurrencybench.benchmark.OwnCodeBenchmark;
import org.concurrencybench.runner.FirstLook;
import org.concurrencybench.runner.Plan;
import org.concurrencybench.runner.PlannedCase;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.Params;
import org.concurrencybench.sample.WorkNature;
import org.concurrencybench.workload.FunctionMap;
import org.concurrencybench.workload.Kind;
import org.concurrencybench.workload.Settings;

/**
 * From a user's code to what is measured of it.
 *
 * @param code the user's
 * @param models that are wanted
 * @param cores that units may use
 * @param smoke with fewer and shorter forks, at the least parallelism alone
 */
record OwnPlan(OwnCode code, List<Model> models, int cores, boolean smoke) {

    private static final int FORKS = 5;

    /** Of the profile that only looks whether everything works. */
    private static final int SMOKE_FORKS = 3;

    private static final int SMOKE_ITERATION_MILLIS = 50;

    private static final Duration BUDGET = Duration.ofMinutes(5);

    /** From here on a batch is an iteration of its own. */
    private static final double LONG_BATCH_MILLIS = 150;

    private static final int ITERATION_MILLIS = 150;

    /** Of the one iteration of a look. */
    private static final int LOOK_MILLIS = 300;

    /** More units at once than anybody's machine has threads to spare for. */
    private static final int MOST_WAITING = 1000;

    /** The share of its time from which on a task is said to wait. */
    private static final double WAITS = 0.5;

    /** Smaller batches, to see from which on a pool of child JVMs pays. */
    private static final List<Integer> SIZE_DIVISORS = List.of(100, 10);

    private static final List<Model> THREADS = List.of(Model.PLATFORM_THREADS, Model.PLATFORM_THREADS_COLD);

    private static final List<Model> POOLS =
            List.of(Model.CHILD_JVMS, Model.CHILD_JVMS_SHARED_MEMORY, Model.CHILD_JVMS_SPARE, Model.CHILD_JVMS_COLD);

    OwnPlan {
        models = List.copyOf(models);
    }

    /**
     * Looks at the code in forks of their own: in one thread; with threads at locks; with virtual threads at pins, the last two
     * where they will be measured.
     *
     * @throws FirstLook.FailedException if it fails in one thread
     */
    WorkNature look() throws FirstLook.FailedException, IOException {
        Map<String, String> found = new TreeMap<>(FirstLook.at(look(Model.SERIAL)));
        for (Model model : List.of(Model.PLATFORM_THREADS, Model.VIRTUAL_THREADS)) {
            boolean wanted = models.contains(model)
                    || (model == Model.PLATFORM_THREADS && models.stream().anyMatch(THREADS::contains));
            if (wanted && model.execution().runs(code.definition(), code.settings())) {
                found.putAll(lookOrNothing(model));
            }
        }
        return new WorkNature(found);
    }

    /** Where the look fails, the model's cases will, and say why. */
    private Map<String, String> lookOrNothing(Model model) throws IOException {
        try {
            return FirstLook.at(look(model));
        } catch (FirstLook.FailedException e) {
            return Map.of();
        }
    }

    private PlannedCase look(Model model) {
        int units = code.isFunction()
                ? Math.min(2 * cores, code.calls())
                : code.definition().naturalParallelism(code.settings(), cores);
        return planned(
                LookBenchmark.class,
                code.settings(),
                Kind.OVERHEAD,
                model,
                model.execution().parallelism(units),
                new Times(1, LOOK_MILLIS, 1, LOOK_MILLIS));
    }

    /** What bounds it: a workload says so, a function is asked by the clock. */
    Kind kind(WorkNature nature) {
        if (!code.isFunction()) {
            return code.definition().kind();
        }
        return nature.number(WorkNature.WAITING).orElse(0) >= WAITS ? Kind.SLEEP_BOUND : Kind.CPU_BOUND;
    }

    /** Every model, at the parallelisms that may suit, and smaller batches where processes are among the models. */
    Plan plan(String run, long seed, WorkNature nature) {
        Kind kind = kind(nature);
        Times times = times(nature);
        Map<CaseKey, PlannedCase> cases = new LinkedHashMap<>();
        for (Model model : models) {
            parallelisms(kind).forEach(units -> add(cases, code.settings(), kind, model, units, times));
        }
        for (int size : smallerSizes()) {
            Map<String, String> values = new TreeMap<>(code.settings().asMap());
            values.put(FunctionMap.CALLS, Integer.toString(size));
            Settings fewer = Settings.of(code.definition().parameters(), values);
            for (Model model : models) {
                if (model == Model.SERIAL || POOLS.contains(model)) {
                    // What they show is the price of handing over, so they are no part of the answer to which model to
                    // take.
                    add(cases, fewer, Kind.OVERHEAD, model, leastParallelism(), times);
                }
            }
        }
        return new Plan(
                run,
                OwnCode.PROFILE,
                seed,
                smoke ? SMOKE_FORKS : FORKS,
                List.copyOf(cases.values()),
                0,
                smoke ? Optional.empty() : Optional.of(BUDGET));
    }

    private void add(
            Map<CaseKey, PlannedCase> cases, Settings settings, Kind kind, Model model, int units, Times times) {
        if (model.execution().runs(code.definition(), settings)) {
            PlannedCase one = planned(
                    OwnCodeBenchmark.class,
                    settings,
                    kind,
                    model,
                    model.execution().parallelism(units),
                    times);
            cases.putIfAbsent(one.key(), one);
        }
    }

    private List<Integer> smallerSizes() {
        if (smoke
                || !code.isFunction()
                || !models.contains(Model.SERIAL)
                || models.stream().noneMatch(POOLS::contains)) {
            return List.of();
        }
        return SIZE_DIVISORS.stream()
                .map(divisor -> Math.max(leastParallelism(), code.calls() / divisor))
                .filter(size -> size < code.calls())
                .distinct()
                .toList();
    }

    private int leastParallelism() {
        return Math.min(cores, code.calls());
    }

    /** How long a fork takes. */
    private record Times(int warmups, int warmupMillis, int iterations, int iterationMillis) {}

    private Times times(WorkNature nature) {
        int millis = smoke ? SMOKE_ITERATION_MILLIS : ITERATION_MILLIS;
        return nature.number(WorkNature.BATCH_MILLIS).orElse(0) >= LONG_BATCH_MILLIS
                ? new Times(1, 1, 3, 1)
                : new Times(3, millis, 5, millis);
    }

    private Collection<Integer> parallelisms(Kind kind) {
        if (!code.parallelisms().isEmpty()) {
            return new TreeSet<>(code.parallelisms());
        }
        if (!code.isFunction()) {
            // Never fewer than it says that suit it: its tasks may wait for each other.
            int natural = code.definition().naturalParallelism(code.settings(), cores);
            return smoke ? List.of(natural) : new TreeSet<>(List.of(natural, 2 * natural));
        }
        int most = Math.min(code.calls(), MOST_WAITING);
        if (smoke) {
            return List.of(Math.min(kind == Kind.SLEEP_BOUND ? 16 * cores : cores, most));
        }
        IntStream wanted = kind == Kind.SLEEP_BOUND
                ? IntStream.of(cores, 4 * cores, 16 * cores, most)
                : IntStream.of(Math.max(Math.min(2, cores), cores / 2), cores, 2 * cores);
        return new TreeSet<>(wanted.map(units -> Math.min(units, most)).boxed().toList());
    }

    private PlannedCase planned(
            Class<? extends OwnCodeBenchmark> benchmark,
            Settings settings,
            Kind kind,
            Model model,
            int units,
            Times times) {
        Map<String, String> params = new TreeMap<>(settings.asMap());
        params.put(CaseKey.PARALLELISM, Integer.toString(units));
        CaseKey key = new CaseKey(
                benchmark.getName() + ".run", code.definition().name(), kind.label(), model.label(), Params.of(params));
        Map<String, String> jmhParams = Map.of(
                "definition",
                code.definition().getClass().getName(),
                "settings",
                OwnCodeBenchmark.lines(settings.asMap()),
                CaseKey.PARALLELISM,
                Integer.toString(units),
                "model",
                model.name());
        OptionalDouble ideal = code.isFunction()
                ? ideal(key, OptionalInt.of(cores))
                : OptionalDouble.of(code.definition().idealSpeedup(settings, units, cores));
        return new PlannedCase(
                        key,
                        jmhParams,
                        ideal,
                        times.warmups,
                        times.warmupMillis,
                        times.iterations,
                        times.iterationMillis,
                        List.of())
                .within(code.definition().batchLimit(settings));
    }

    /** What the hardware allows, of a function's case: as many calls at once as there are units, and cores for those that compute. */
    static OptionalDouble ideal(CaseKey key, OptionalInt cores) {
        Optional<Integer> parallelism = number(key, CaseKey.PARALLELISM);
        Optional<Integer> calls = number(key, FunctionMap.CALLS);
        Optional<Kind> kind = Arrays.stream(Kind.values())
                .filter(one -> one.label().equals(key.kind()))
                .findFirst();
        if (!key.workload().equals(FunctionMap.NAME) || parallelism.isEmpty() || calls.isEmpty() || kind.isEmpty()) {
            return OptionalDouble.empty();
        }
        if (kind.get() == Kind.CPU_BOUND && cores.isEmpty()) {
            return OptionalDouble.empty();
        }
        int units = kind.get() == Kind.CPU_BOUND ? Math.min(parallelism.get(), cores.getAsInt()) : parallelism.get();
        return OptionalDouble.of((double) calls.get() / Math.ceilDiv(calls.get(), units));
    }

    private static Optional<Integer> number(CaseKey key, String name) {
        return key.params()
                .get(name)
                .filter(given -> given.matches("[1-9][0-9]{0,7}"))
                .map(Integer::valueOf);
    }
}
