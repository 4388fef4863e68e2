package org.concurrencybench.cli;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.concurrencybench.benchmark.Model;
import org.concurrencybench.benchmark.Suite;
import org.concurrencybench.report.Glossary;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.WorkloadDefinition;

/** What the names of a run mean: its models, its workloads and their settings, as far as this version knows them. */
final class Glossaries {

    private Glossaries() {}

    static Glossary of(List<CaseSummary> summaries) {
        List<Glossary.Term> models = Arrays.stream(Model.values())
                .filter(model -> summaries.stream()
                        .anyMatch(summary -> summary.key().model().equals(model.label())))
                .map(model -> new Glossary.Term(model.label(), model.meaning()))
                .toList();
        Map<String, Optional<WorkloadDefinition>> workloads = new LinkedHashMap<>();
        Map<CaseKey.Group, String> titles = new HashMap<>();
        for (CaseSummary summary : summaries) {
            CaseKey.Group group = summary.key().group();
            Optional<WorkloadDefinition> definition =
                    workloads.computeIfAbsent(group.workload(), WorkloadDefinition::find);
            if (definition.isPresent() && !titles.containsKey(group)) {
                titles.put(group, title(definition.get(), group));
            }
        }
        titles.values().removeIf(String::isEmpty);
        List<Glossary.Term> lessons = workloads.entrySet().stream()
                .flatMap(known -> Suite.find(known.getKey())
                        .map(Suite::lesson)
                        .or(() -> known.getValue().map(WorkloadDefinition::lesson))
                        .map(lesson -> new Glossary.Term(known.getKey(), lesson))
                        .stream())
                .toList();
        return new Glossary(models, lessons, titles);
    }

    private static String title(WorkloadDefinition definition, CaseKey.Group group) {
        Map<String, String> values = new HashMap<>(group.params().asMap());
        Jvms.PARAMETERS.forEach(values::remove);
        try {
            return definition.title(Settings.of(definition.parameters(), values));
        } catch (IllegalArgumentException e) {
            // Settings that this version does not have: they stand on the page as they are.
            return "";
        }
    }
}
