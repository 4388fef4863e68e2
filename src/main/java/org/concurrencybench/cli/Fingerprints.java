package org.concurrencybench.cli;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.concurrencybench.benchmark.Suite;
import org.concurrencybench.runner.PlannedCase;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.MeasuredFiles;
import org.concurrencybench.workload.Parameter;
import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.WorkloadDefinition;

/** What work the cases of a plan do, so that a later comparison sees when that was changed. */
final class Fingerprints {

    private Fingerprints() {}

    /** By the label that a case has in comparisons; only of our own workloads, whose right answers we know. */
    static Map<String, String> of(List<PlannedCase> cases) {
        Map<String, String> work = new TreeMap<>();
        for (PlannedCase planned : cases) {
            CaseKey key = planned.key();
            Suite.find(key.workload())
                    .ifPresent(entry -> work.put(MeasuredFiles.label(key), fingerprint(entry.definition(), key)));
        }
        return work;
    }

    private static String fingerprint(WorkloadDefinition definition, CaseKey key) {
        Map<String, String> own = new TreeMap<>(key.params().asMap());
        own.keySet()
                .retainAll(definition.parameters().stream().map(Parameter::name).toList());
        return definition.fingerprint(Settings.of(definition.parameters(), own));
    }
}
