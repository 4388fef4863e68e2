package org.concurrencybench.cli;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import org.concurrencybench.benchmark.PartOfACore;
import org.concurrencybench.benchmark.Suite;
import org.concurrencybench.runner.Machine;
import org.concurrencybench.runner.PlannedCase;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.MeasuredFiles;
import org.concurrencybench.sample.RunEnvironment;
import org.concurrencybench.workload.Settings;

/**
 * The ideal speed-up of cases that come from a file: what their plan had, as it stands beside them; where it does not, worked
 * out anew for a workload of ours.
 */
final class Ideals {

    private Ideals() {}

    /** The ideals of cases that were measured where {@code environment} says. */
    static Function<CaseKey, OptionalDouble> in(Optional<RunEnvironment> environment) {
        Map<String, Double> planned = environment.map(RunEnvironment::ideals).orElse(Map.of());
        Optional<Double> cores = environment.map(run -> Machine.share(run.cores(), run.machine()));
        return key -> {
            Double ideal = planned.get(MeasuredFiles.label(key));
            return ideal == null ? of(key, cores) : OptionalDouble.of(ideal);
        };
    }

    /** Those of a plan, by the labels that cases have in comparisons. */
    static Map<String, Double> of(List<PlannedCase> cases) {
        Map<String, Double> ideals = new TreeMap<>();
        for (PlannedCase planned : cases) {
            planned.ideal().ifPresent(ideal -> ideals.put(MeasuredFiles.label(planned.key()), ideal));
        }
        return ideals;
    }

    /** The ideal of a case of ours, on a machine with {@code cores}; none where that is unknown and matters. */
    static OptionalDouble of(CaseKey key, Optional<Double> cores) {
        Optional<Suite> entry = Suite.find(key.workload());
        Optional<String> parallelism = key.params().get(CaseKey.PARALLELISM);
        if (entry.isEmpty()
                || !entry.get().hasReference()
                || parallelism.isEmpty()
                || !Suite.PARALLELISM.accepts(parallelism.get())) {
            return OptionalDouble.empty();
        }
        Map<String, String> values = new HashMap<>(key.params().asMap());
        values.remove(CaseKey.PARALLELISM);
        Jvms.PARAMETERS.forEach(values::remove);
        try {
            Settings settings = Settings.of(entry.get().definition().parameters(), values);
            int units = Integer.parseInt(parallelism.get());
            if (cores.isPresent()) {
                return OptionalDouble.of(PartOfACore.ideal(
                        cores.get(), whole -> entry.get().definition().idealSpeedup(settings, units, whole)));
            }
            double onOneCore = entry.get().definition().idealSpeedup(settings, units, 1);
            double onMany = entry.get().definition().idealSpeedup(settings, units, Integer.MAX_VALUE);
            return onOneCore == onMany ? OptionalDouble.of(onOneCore) : OptionalDouble.empty();
        } catch (IllegalArgumentException e) {
            // Not a case that this version would measure: what its ideal was, nobody here knows.
            return OptionalDouble.empty();
        }
    }
}
