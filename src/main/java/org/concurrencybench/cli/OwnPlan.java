package org.concurrencybench.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.concurrencybench.benchmark.LookBenchmark;
import org.concurrencybench.benchmark.Model;
import org.concurrencybench.benchmark.OwnCodeBenchmark;
import org.concurrencybench.benchmark.PartOfACore;
import org.concurrencybench.runner.FirstLook;
import org.concurrencybench.runner.Plan;
import org.concurrencybench.runner.PlannedCase;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.MeasuredFiles;
import org.concurrencybench.sample.Params;
import org.concurrencybench.sample.WorkNature;
import org.concurrencybench.workload.FunctionMap;
import org.concurrencybench.workload.Kind;
import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.WorkloadDefinition;

/**
 * From a user's code to what is measured of it.
 *
 * @param code the user's
 * @param models that are wanted
 * @param cores that units may use
 * @param share of them that a quota grants: as many, or less by a part of one
 * @param smoke with fewer and shorter forks, at the least parallelism alone
 */
record OwnPlan(OwnCode code, List<Model> models, int cores, double share, boolean smoke) {

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

    private static final WorkNature NOTHING_SEEN = new WorkNature(Map.of());

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
     * @param jvms JDKs that are wanted; the first is looked with
     * @param flagSets flags that are wanted, likewise
     * @throws FirstLook.FailedException if it fails in one thread
     */
    WorkNature look(List<String> jvms, List<String> flagSets)
            throws FirstLook.FailedException, UsageException, IOException {
        Map<String, String> found = new TreeMap<>(FirstLook.at(look(Model.SERIAL, jvms, flagSets)));
        for (Model model : List.of(Model.PLATFORM_THREADS, Model.VIRTUAL_THREADS)) {
            boolean wanted = models.contains(model)
                    || (model == Model.PLATFORM_THREADS && models.stream().anyMatch(THREADS::contains));
            if (wanted && model.execution().runs(code.definition(), code.first())) {
                found.putAll(lookOrNothing(look(model, jvms, flagSets)));
            }
        }
        if (code.variants().size() > 1) {
            found.put(WorkNature.SETTING, code.varying(code.first()).toCell());
        }
        return new WorkNature(found);
    }

    /** Where the look fails, the model's cases will, and say why. */
    private static Map<String, String> lookOrNothing(PlannedCase look) throws IOException {
        try {
            return FirstLook.at(look);
        } catch (FirstLook.FailedException e) {
            return Map.of();
        }
    }

    /** What is looked at: the first settings on the first of the JVMs, with the flags without which the code may not run. */
    PlannedCase look(Model model, List<String> jvms, List<String> flagSets) throws UsageException {
        PlannedCase look = Theirs.ask(() -> {
            int units = code.isFunction() ? Math.min(2 * cores, code.calls()) : natural(code.first());
            return planned(
                    LookBenchmark.class,
                    code.first(),
                    Kind.OVERHEAD,
                    model,
                    model.execution().parallelism(units),
                    new Times(1, LOOK_MILLIS, 1, LOOK_MILLIS),
                    NOTHING_SEEN);
        });
        return Jvms.on(List.of(look), jvms, flagSets).getFirst();
    }

    /** What bounds it: a workload says so, a function is asked by the clock. */
    Kind kind(WorkNature nature) {
        if (!code.isFunction()) {
            return code.definition().kind();
        }
        return nature.number(WorkNature.WAITING).orElse(0) >= WAITS ? Kind.SLEEP_BOUND : Kind.CPU_BOUND;
    }

    /** Every model, at the parallelisms that may suit, and smaller batches where processes are among the models. */
    Plan plan(String run, long seed, WorkNature nature) throws UsageException {
        Collection<PlannedCase> cases = Theirs.ask(() -> cases(nature));
        if (cases.isEmpty()) {
            throw new UsageException("none of the models can run '%s'; see --model"
                    .formatted(code.definition().name()));
        }
        return new Plan(
                run,
                OwnCode.PROFILE,
                seed,
                smoke ? SMOKE_FORKS : FORKS,
                List.copyOf(cases),
                0,
                smoke ? Optional.empty() : Optional.of(BUDGET));
    }

    private Collection<PlannedCase> cases(WorkNature nature) throws UsageException {
        Kind kind = kind(nature);
        Times times = times(nature);
        Map<CaseKey, PlannedCase> cases = new LinkedHashMap<>();
        for (Settings settings : code.variants()) {
            for (Model model : models) {
                for (int units : parallelisms(kind, settings)) {
                    add(cases, settings, kind, model, units, times, nature);
                }
            }
        }
        for (int size : smallerSizes()) {
            Map<String, String> values = new TreeMap<>(code.first().asMap());
            values.put(FunctionMap.CALLS, Integer.toString(size));
            Settings fewer = Settings.of(code.definition().parameters(), values);
            for (Model model : models) {
                if (model == Model.SERIAL || POOLS.contains(model)) {
                    // What they show is the price of handing over, so they are no part of the answer to which model to
                    // take.
                    add(cases, fewer, Kind.OVERHEAD, model, leastParallelism(), times, nature);
                }
            }
        }
        return cases.values();
    }

    private void add(
            Map<CaseKey, PlannedCase> cases,
            Settings settings,
            Kind kind,
            Model model,
            int units,
            Times times,
            WorkNature nature)
            throws UsageException {
        if (model.execution().runs(code.definition(), settings)) {
            PlannedCase one = planned(
                    OwnCodeBenchmark.class,
                    settings,
                    kind,
                    model,
                    model.execution().parallelism(units),
                    times,
                    nature);
            cases.putIfAbsent(one.key(), one);
        }
    }

    /** Fingerprints of a plan's cases by their labels; those of the same settings do the same work. */
    Map<String, String> work(Plan plan) throws UsageException {
        Map<Params, String> bySettings = new HashMap<>();
        Map<String, String> work = new TreeMap<>();
        for (PlannedCase planned : plan.cases()) {
            Params params = planned.key().params().without(CaseKey.PARALLELISM);
            if (!bySettings.containsKey(params)) {
                bySettings.put(params, code.fingerprint(params));
            }
            work.put(MeasuredFiles.label(planned.key()), bySettings.get(params));
        }
        return work;
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
        // Of several settings one was looked at, and nobody knows how long the others take.
        boolean isLong = code.variants().size() == 1
                && nature.number(WorkNature.BATCH_MILLIS).orElse(0) >= LONG_BATCH_MILLIS;
        return isLong ? new Times(1, 1, 3, 1) : new Times(3, millis, 5, millis);
    }

    private int natural(Settings settings) throws UsageException {
        int natural = code.definition().naturalParallelism(settings, cores);
        if (natural < 1) {
            throw new UsageException("%s.naturalParallelism is %d; it has to be 1 at least"
                    .formatted(code.definition().getClass().getName(), natural));
        }
        return natural;
    }

    private Collection<Integer> parallelisms(Kind kind, Settings settings) throws UsageException {
        if (!code.parallelisms().isEmpty()) {
            return new TreeSet<>(code.parallelisms());
        }
        if (!code.isFunction()) {
            // Never fewer than it says that suit it: its tasks may wait for each other.
            int natural = natural(settings);
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
            Times times,
            WorkNature nature)
            throws UsageException {
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
        return new PlannedCase(
                        key,
                        jmhParams,
                        OptionalDouble.of(ideal(settings, units, nature)),
                        times.warmups,
                        times.warmupMillis,
                        times.iterations,
                        times.iterationMillis,
                        List.of())
                .within(code.definition().batchLimit(settings));
    }

    private double ideal(Settings settings, int units, WorkNature nature) throws UsageException {
        if (code.isFunction()) {
            double waiting = nature.number(WorkNature.WAITING).orElse(0);
            return ideal(settings.number(FunctionMap.CALLS), units, share, waiting);
        }
        double ideal =
                PartOfACore.ideal(Math.max(1, share), whole -> code.definition().idealSpeedup(settings, units, whole));
        if (!Double.isFinite(ideal) || ideal <= 0) {
            throw new UsageException("%s.idealSpeedup is %s with %d units; it has to be a number above 0"
                    .formatted(code.definition().getClass().getName(), ideal, units));
        }
        return ideal;
    }

    /**
     * What the hardware allows a function: as many calls at once as there are units, in as many rounds as that takes; and of
     * calls that compute for a part of their time no more at once than keep all cores busy.
     *
     * @param cores a quota may grant a part of one
     * @param waiting share of a call's time in which it needs no core
     */
    static double ideal(int calls, int units, double cores, double waiting) {
        double computing = 1 - Math.clamp(waiting, 0, 1);
        double byUnits = WorkloadDefinition.idealOfEqualTasks(calls, units);
        return computing > 0 ? Math.min(byUnits, cores / computing) : byUnits;
    }
}
