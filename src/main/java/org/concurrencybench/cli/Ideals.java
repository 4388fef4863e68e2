package org.concurrencybench.cli;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.concurrencybench.benchmark.Suite;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.workload.Settings;

/** The ideal speed-up of cases that come from a file: worked out anew from what the case is. */
final class Ideals {

    private Ideals() {}

    /** The ideal of a case of ours, on a machine with {@code cores}; none where that is unknown and matters. */
    static OptionalDouble of(CaseKey key, Optional<Integer> cores) {
        Optional<Suite> entry = Suite.find(key.workload());
        Optional<String> parallelism = key.params().get(CaseKey.PARALLELISM);
        if (entry.isEmpty()) {
            return OwnPlan.ideal(key, cores.isPresent() ? OptionalInt.of(cores.get()) : OptionalInt.empty());
        }
        if (!entry.get().hasReference() || parallelism.isEmpty() || !Suite.PARALLELISM.accepts(parallelism.get())) {
            return OptionalDouble.empty();
        }
        Map<String, String> values = new HashMap<>(key.params().asMap());
        values.remove(CaseKey.PARALLELISM);
        Jvms.PARAMETERS.forEach(values::remove);
        try {
            Settings settings = Settings.of(entry.get().definition().parameters(), values);
            int units = Integer.parseInt(parallelism.get());
            if (cores.isPresent()) {
                return OptionalDouble.of(entry.get().definition().idealSpeedup(settings, units, cores.get()));
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
