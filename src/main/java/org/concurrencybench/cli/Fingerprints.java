package org.concurrencybench.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.concurrencybench.benchmark.Suite;
import org.concurrencybench.runner.PlannedCase;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.MeasuredFiles;
import org.concurrencybench.sample.Params;
import org.concurrencybench.workload.Parameter;
import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.WorkloadDefinition;

/** What work the cases of a plan do, so that a later comparison sees when that was changed. */
final class Fingerprints {

    private Fingerprints() {}

    /** By the label that a case has in comparisons; of our own workloads. */
    static Map<String, String> of(List<PlannedCase> cases) {
        Map<String, String> work = new TreeMap<>();
        for (PlannedCase planned : cases) {
            CaseKey key = planned.key();
            Suite.find(key.workload())
                    .ifPresent(entry -> work.put(MeasuredFiles.label(key), of(entry.definition(), key.params())));
        }
        return work;
    }

    /**
     * The fingerprint of one case; none where no workload of ours has that benchmark.
     *
     * @param benchmark JMH's name
     * @param params all of the case's, of which the workload's own count
     * @throws IllegalArgumentException if one of them is not allowed
     */
    static Optional<String> of(String benchmark, Params params) {
        return Arrays.stream(Suite.values())
                .filter(entry -> entry.benchmark().equals(benchmark))
                .findFirst()
                .map(entry -> of(entry.definition(), params));
    }

    /**
     * The fingerprint of a case of anybody's.
     *
     * @param params all of the case's, of which the definition's own count
     */
    static String of(WorkloadDefinition definition, Params params) {
        Map<String, String> own = new TreeMap<>(params.asMap());
        own.keySet()
                .retainAll(definition.parameters().stream().map(Parameter::name).toList());
        return definition.fingerprint(Settings.of(definition.parameters(), own));
    }
}
