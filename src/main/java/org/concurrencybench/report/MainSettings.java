package org.concurrencybench.report;

import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.concurrencybench.sample.CaseKey;

/**
 * The few settings of each kind of work that the first pictures show: those that most models were measured in, and among
 * these the most typical, which share their parameters' values with most others.
 */
final class MainSettings {

    /** Of a kind. */
    private static final int MOST = 3;

    /** The kinds that the page answers for; others have a place beside them only where none of these was measured. */
    private static final List<String> KINDS = List.of("sleep-bound", "cpu-bound", "lock-contended");

    private MainSettings() {}

    /** Those of {@code cases}, as cases of their own: only what tells these settings from each other names them. */
    static Cases of(Cases cases) {
        List<Cases.Group> able =
                cases.groups().stream().filter(MainSettings::hasSpeedup).toList();
        boolean answered =
                able.stream().anyMatch(group -> KINDS.contains(group.key().kind()));
        Map<String, List<Cases.Group>> byKind = able.stream()
                .filter(group -> !answered || KINDS.contains(group.key().kind()))
                .collect(Collectors.groupingBy(Cases.Group::kind, LinkedHashMap::new, Collectors.toList()));
        Map<List<String>, Integer> occurrences = occurrences(able);
        List<CaseKey.Group> chosen = byKind.values().stream()
                .flatMap(ofKind -> ofKind.stream()
                        .sorted(Comparator.comparingInt(MainSettings::models)
                                .thenComparingInt(group -> typicality(group, occurrences))
                                .reversed())
                        .limit(MOST))
                .map(Cases.Group::key)
                .toList();
        return named(able.stream()
                .filter(group -> chosen.contains(group.key()))
                .sorted(Comparator.comparingInt(group -> chosen.indexOf(group.key())))
                .toList());
    }

    /** Some groups in their order, under names that tell them from each other and not from any more. */
    static Cases named(List<Cases.Group> groups) {
        Cases renamed = Cases.of(
                groups.stream().flatMap(group -> group.summaries().stream()).toList(),
                groups.stream().flatMap(group -> group.failures().stream()).toList());
        List<CaseKey.Group> order = groups.stream().map(Cases.Group::key).toList();
        return new Cases(
                renamed.groups().stream()
                        .sorted(Comparator.comparingInt(group -> order.indexOf(group.key())))
                        .toList(),
                renamed.rows(),
                renamed.rowOfCase());
    }

    /** Whether a model has a speed-up there, or would have one had it not failed. */
    static boolean hasSpeedup(Cases.Group group) {
        return group.reference().isPresent()
                && (!group.failures().isEmpty()
                        || group.summaries().stream()
                                .anyMatch(summary -> !summary.key().isReference()
                                        && summary.speedup().isPresent()));
    }

    private static int models(Cases.Group group) {
        Set<String> models = new HashSet<>();
        group.summaries().forEach(summary -> models.add(summary.key().model()));
        return models.size();
    }

    /** How often each value of a parameter occurs among the settings of a workload. */
    private static Map<List<String>, Integer> occurrences(List<Cases.Group> groups) {
        Map<List<String>, Integer> counts = new HashMap<>();
        groups.forEach(group -> values(group).forEach(value -> counts.merge(value, 1, Integer::sum)));
        return counts;
    }

    private static List<List<String>> values(Cases.Group group) {
        return group.key().params().asMap().entrySet().stream()
                .map(param -> List.of(group.workload(), param.getKey(), param.getValue()))
                .toList();
    }

    /** How many of the others have the same value, over all parameters. */
    private static int typicality(Cases.Group group, Map<List<String>, Integer> occurrences) {
        return values(group).stream()
                .mapToInt(value -> occurrences.getOrDefault(value, 0))
                .sum();
    }
}
