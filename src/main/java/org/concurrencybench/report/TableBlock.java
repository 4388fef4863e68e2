package org.concurrencybench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.CaseSummary;

/**
 * Cases that stand below one heading of the terminal's table: those of a group, or all points of a curve's panel, whose rows
 * then name the point.
 */
record TableBlock(String heading, List<Row> rows) {

    /** One case under the name that it has in its block. */
    record Row(String name, CaseSummary summary) {}

    /** The blocks in the order of the groups; a curve's stands where its first group does. */
    static List<TableBlock> of(Cases cases, List<CaseSummary> summaries) {
        Map<CaseKey.Group, String> curves = Curve.parameters(summaries);
        Map<CaseKey.Group, List<Cases.Group>> together = new LinkedHashMap<>();
        for (Cases.Group group : cases.groups()) {
            together.computeIfAbsent(common(group.key(), curves), _ -> new ArrayList<>())
                    .add(group);
        }
        return together.entrySet().stream()
                .map(entry -> block(entry.getKey(), entry.getValue(), curves))
                .toList();
    }

    /** The group without what a curve runs over. */
    private static CaseKey.Group common(CaseKey.Group group, Map<CaseKey.Group, String> curves) {
        String parameter = curves.get(group);
        return parameter == null
                ? group
                : new CaseKey.Group(
                        group.benchmark(),
                        group.workload(),
                        group.kind(),
                        group.params().without(parameter));
    }

    private static TableBlock block(CaseKey.Group common, List<Cases.Group> groups, Map<CaseKey.Group, String> curves) {
        Cases.Group first = groups.getFirst();
        Optional<String> parameter = Optional.ofNullable(curves.get(first.key()));
        String parameters = parameter.isEmpty()
                ? first.parameters()
                : Cases.spell(common.params().asMap());
        String heading = first.kind() + ": " + first.workload()
                + parameter.map(name -> " over " + name).orElse("")
                + (parameters.isEmpty() ? "" : " (" + parameters + ")");
        List<Row> rows = new ArrayList<>();
        groups.forEach(group ->
                group.summaries().forEach(summary -> rows.add(new Row(name(summary, parameter), summary))));
        if (parameter.isPresent()) {
            // Along each model's line: its points stand in the order of the groups, which is not that of numbers.
            List<String> models = rows.stream()
                    .map(row -> row.summary().key().model())
                    .distinct()
                    .toList();
            rows.sort(Comparator.comparingInt(
                            (Row row) -> models.indexOf(row.summary().key().model()))
                    .thenComparingDouble(row -> at(row.summary(), parameter.get())));
        }
        return new TableBlock(heading, rows);
    }

    private static String name(CaseSummary summary, Optional<String> parameter) {
        String model = summary.key().model().isEmpty() ? "-" : summary.key().model();
        return parameter
                .flatMap(name -> summary.key().params().get(name).map(value -> model + " " + name + "=" + value))
                .orElse(model);
    }

    private static double at(CaseSummary summary, String parameter) {
        // A curve's points have numbers there, or they would be none.
        return summary.key().params().get(parameter).map(Double::parseDouble).orElse(0.0);
    }
}
