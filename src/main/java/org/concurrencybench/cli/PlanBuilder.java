package org.concurrencybench.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import org.concurrencybench.benchmark.Model;
import org.concurrencybench.benchmark.Profile;
import org.concurrencybench.benchmark.Suite;
import org.concurrencybench.execution.ThreadLimit;
import org.concurrencybench.runner.Plan;
import org.concurrencybench.runner.PlannedCase;
import org.concurrencybench.runner.SideFigure;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.Params;
import org.concurrencybench.workload.Parameter;
import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.WorkloadDefinition;

/** From the words of a call to a plan, every word checked. */
final class PlanBuilder {

    private PlanBuilder() {}

    /**
     * The plan that a call asks for.
     *
     * @param run name of the run
     * @param profile name of a profile
     * @param workloads names of workloads; none means all that the profile holds
     * @param models names of models; none means those of the profile
     * @param assignments {@code name=value}; more values may follow as further elements, each a case of its own
     * @param seed of the order of forks
     * @param cores cores that units may use; the last may be a part of one
     */
    static Plan build(
            String run,
            String profile,
            List<String> workloads,
            List<String> models,
            List<String> assignments,
            long seed,
            double cores)
            throws UsageException {
        Profile chosen = Profile.find(profile)
                .orElseThrow(() -> Nearest.unknown(
                        "profile",
                        profile,
                        Arrays.stream(Profile.values()).map(Profile::label).toList()));
        List<Suite> entries = entries(workloads);
        List<Model> measured = chosenModels(models);
        Map<String, List<String>> given = values(assignments, entries);
        // By key, because two of a profile's cases may become the same one once a call replaces what sets them apart.
        Map<CaseKey, PlannedCase> cases = new LinkedHashMap<>();
        for (Suite entry : entries) {
            for (Map<String, String> settings : combinations(applicable(given, entry))) {
                try {
                    for (Suite.Case one : entry.cases(chosen, settings, measured, cores)) {
                        PlannedCase planned = planned(one);
                        cases.putIfAbsent(planned.key(), planned);
                    }
                } catch (IllegalArgumentException e) {
                    throw new UsageException(entry.workload() + ": " + e.getMessage());
                }
            }
        }
        if (cases.isEmpty()) {
            throw new UsageException("profile %s holds no case of workload %s; see 'list'"
                    .formatted(profile, String.join(", ", workloads)));
        }
        return new Plan(run, chosen.label(), seed, chosen.forks(), List.copyOf(cases.values()));
    }

    /** What a plan leaves out or makes smaller because this machine lacks it, one line each. */
    static List<String> leftOut(String profile, List<String> workloads, Plan plan) throws UsageException {
        Set<String> reasons = new LinkedHashSet<>();
        plan.cases().forEach(planned -> bounded(planned.key()).ifPresent(reasons::add));
        for (Suite entry : entries(workloads)) {
            for (Suite.Variant variant : entry.variants()) {
                if (variant.profile().label().equals(profile)) {
                    Map<String, String> given = new TreeMap<>(variant.given());
                    given.remove(CaseKey.PARALLELISM);
                    entry.whyNot(Settings.of(entry.definition().parameters(), given))
                            .ifPresent(reason -> reasons.add("left out: " + entry.workload() + " with " + reason));
                }
            }
        }
        return List.copyOf(reasons);
    }

    /** That a case would have more platform threads than the machine allows. */
    private static Optional<String> bounded(CaseKey key) {
        int most = ThreadLimit.most();
        Optional<Suite> entry = Suite.find(key.workload());
        boolean isBounded = entry.isPresent()
                && List.of(Model.PLATFORM_THREADS.label(), Model.PLATFORM_THREADS_COLD.label())
                        .contains(key.model())
                && key.params().get(CaseKey.PARALLELISM).equals(Optional.of(Integer.toString(most)));
        if (!isBounded) {
            return Optional.empty();
        }
        Map<String, String> given = new TreeMap<>(key.params().asMap());
        given.remove(CaseKey.PARALLELISM);
        Jvms.PARAMETERS.forEach(given::remove);
        WorkloadDefinition definition = entry.get().definition();
        int wanted = definition.naturalParallelism(
                Settings.of(definition.parameters(), given),
                Runtime.getRuntime().availableProcessors());
        return wanted <= most
                ? Optional.empty()
                : Optional.of(
                        "%s with %d tasks at once: platform threads are %d at most here, half of what the machine allows"
                                .formatted(key.workload(), wanted, most));
    }

    /** A case of the suite as the runner takes it. */
    static PlannedCase planned(Suite.Case one) {
        Map<String, String> params = new TreeMap<>(one.settings().asMap());
        params.put(CaseKey.PARALLELISM, Integer.toString(one.parallelism()));
        CaseKey key = new CaseKey(
                one.benchmark(), one.workload(), one.kind().label(), one.model().label(), Params.of(params));
        Map<String, String> jmhParams = new TreeMap<>(params);
        jmhParams.put("model", one.model().name());
        return new PlannedCase(
                key,
                jmhParams,
                one.hasReference() ? OptionalDouble.of(one.ideal()) : OptionalDouble.empty(),
                one.timing().warmupIterations(),
                one.timing().warmupMillis(),
                one.timing().iterations(),
                one.timing().millis(),
                one.figures().stream()
                        .map(figure -> new SideFigure(
                                figure.counter(),
                                figure.name(),
                                figure.value(),
                                figure.unit(),
                                figure.scale(),
                                figure.perBatch(),
                                figure.isScore()))
                        .toList());
    }

    private static List<Suite> entries(List<String> workloads) throws UsageException {
        List<String> names = Arrays.stream(Suite.values()).map(Suite::workload).toList();
        List<Suite> entries = new ArrayList<>();
        for (String workload : workloads.isEmpty() ? names : workloads) {
            entries.add(Suite.find(workload).orElseThrow(() -> Nearest.unknown("workload", workload, names)));
        }
        return entries;
    }

    /** The models with these names; without any, those that answer which to use. */
    static List<Model> models(List<String> names) throws UsageException {
        return names.isEmpty() ? Profile.STANDARD.models() : chosenModels(names);
    }

    private static List<Model> chosenModels(List<String> models) throws UsageException {
        List<String> names = Arrays.stream(Model.values()).map(Model::label).toList();
        Set<Model> chosen = new LinkedHashSet<>();
        for (String model : models) {
            chosen.add(Model.find(model).orElseThrow(() -> Nearest.unknown("model", model, names)));
        }
        return List.copyOf(chosen);
    }

    /** The values given for each parameter; each must be one of a workload that is measured. */
    private static Map<String, List<String>> values(List<String> assignments, List<Suite> entries)
            throws UsageException {
        Set<String> names = new LinkedHashSet<>();
        entries.forEach(entry -> names.addAll(parameterNames(entry)));
        Map<String, List<String>> values = new LinkedHashMap<>();
        List<String> current = new ArrayList<>();
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            if (equals >= 0) {
                String name = assignment.substring(0, equals);
                if (!names.contains(name)) {
                    throw Nearest.unknown("parameter", name, names);
                }
                current = values.computeIfAbsent(name, _ -> new ArrayList<>());
            } else if (values.isEmpty()) {
                throw new UsageException("-p takes name=value, not '%s'".formatted(assignment));
            }
            current.add(assignment.substring(equals + 1));
        }
        return values;
    }

    private static Map<String, List<String>> applicable(Map<String, List<String>> given, Suite entry) {
        Map<String, List<String>> own = new LinkedHashMap<>(given);
        own.keySet().retainAll(parameterNames(entry));
        return own;
    }

    private static List<String> parameterNames(Suite entry) {
        List<String> names = new ArrayList<>(
                entry.definition().parameters().stream().map(Parameter::name).toList());
        names.add(Suite.PARALLELISM.name());
        return names;
    }

    /** Every way of taking one value for each name; one empty way where there is no name. */
    static List<Map<String, String>> combinations(Map<String, List<String>> values) {
        List<Map<String, String>> all = List.of(Map.of());
        for (Map.Entry<String, List<String>> entry : values.entrySet()) {
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> shorter : all) {
                for (String value : entry.getValue()) {
                    Map<String, String> one = new LinkedHashMap<>(shorter);
                    one.put(entry.getKey(), value);
                    longer.add(one);
                }
            }
            all = longer;
        }
        return all;
    }
}
