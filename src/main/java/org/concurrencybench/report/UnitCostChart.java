package org.concurrencybench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.statistics.Estimate;

/** What one unit costs: the memory that it takes while it waits, and the time to start and join it. */
final class UnitCostChart {

    private UnitCostChart() {}

    /** What a model's unit costs, in the smaller unit. */
    private record Cost(String model, Estimate estimate) {

        /** What a logarithmic axis can show. */
        boolean isDrawable() {
            return estimate.value() > 0 && Double.isFinite(estimate.value());
        }
    }

    /** The charts that the run has cases for. */
    static List<Chart> of(List<CaseSummary> summaries, Typeface typeface, String footer) {
        List<Chart> charts = new ArrayList<>();
        memory(summaries, typeface, footer).ifPresent(charts::add);
        spawn(summaries, typeface, footer).ifPresent(charts::add);
        return charts;
    }

    private static Optional<Chart> memory(List<CaseSummary> summaries, Typeface typeface, String footer) {
        List<Curve.Line> lines = Curve.FOOTPRINT.panels(summaries).stream()
                .limit(1)
                .flatMap(panel -> panel.lines().stream())
                .toList();
        List<String> without = lines.stream()
                .filter(line -> !CurveLaws.hasSlope(line))
                .map(Curve.Line::model)
                .toList();
        List<Cost> costs = lines.stream()
                .filter(CurveLaws::hasSlope)
                .map(line -> new Cost(line.model(), Findings.slope(line)))
                .filter(Cost::isDrawable)
                .toList();
        return chart(
                typeface,
                footer,
                "memory-per-unit",
                "One more waiting unit takes",
                "The slope of the process tree's memory over the number of units, with its interval over forks.",
                Scale.MEMORY,
                List.of(new Group("", costs)),
                without);
    }

    private static Optional<Chart> spawn(List<CaseSummary> summaries, Typeface typeface, String footer) {
        Map<Integer, List<Cost>> byUnits = new LinkedHashMap<>();
        for (CaseSummary summary : summaries) {
            String units = summary.key().params().get("units").orElse("");
            if (summary.key().workload().equals("spawn")
                    && summary.key().params().get("squares").filter("0"::equals).isPresent()
                    && units.matches("[1-9][0-9]{0,5}")
                    // Child JVMs are 8 at most: beyond that a unit is more than a start.
                    && summary.key()
                            .params()
                            .get("parallelism")
                            .filter(units::equals)
                            .isPresent()) {
                Optional.of(spawn(summary, Integer.parseInt(units)))
                        .filter(Cost::isDrawable)
                        .ifPresent(cost -> byUnits.computeIfAbsent(Integer.parseInt(units), _ -> new ArrayList<>())
                                .add(cost));
            }
        }
        List<Group> groups = new ArrayList<>();
        byUnits.entrySet().stream()
                .min(Map.Entry.comparingByKey())
                .ifPresent(least -> groups.add(new Group(atOnce(least.getKey()), least.getValue())));
        byUnits.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .max(Map.Entry.comparingByKey())
                .map(most -> new Group(atOnce(most.getKey()), most.getValue()))
                .filter(most -> !groups.contains(most))
                .ifPresent(groups::add);
        return chart(
                typeface,
                footer,
                "spawn-per-unit",
                "To start and join one unit takes",
                "The time of a batch of units that do nothing, over their number, with its interval over forks.",
                Scale.TIME,
                groups,
                List.of());
    }

    private static String atOnce(int units) {
        return units == 1 ? "one by itself" : units + " at once, for each";
    }

    private static Cost spawn(CaseSummary summary, int units) {
        OptionalDouble millis = Reason.millis(summary);
        double factor = millis.orElse(Double.NaN) / summary.score().value() * 1000 / units;
        Estimate micros = Double.isFinite(factor) && factor > 0
                ? Curve.times(summary.score(), factor)
                : new Estimate(0, 0, 0, summary.score().confidence());
        return new Cost(summary.key().model(), micros);
    }

    /** Costs that belong side by side. */
    private record Group(String heading, List<Cost> costs) {}

    private static Optional<Chart> chart(
            Typeface typeface,
            String footer,
            String name,
            String what,
            String legend,
            Scale scale,
            List<Group> groups,
            List<String> without) {
        List<Cost> all = groups.stream()
                .flatMap(group -> group.costs().stream())
                .sorted(Comparator.comparingDouble(cost -> cost.estimate().value()))
                .toList();
        if (all.isEmpty()) {
            return Optional.empty();
        }
        List<String> models = Stream.concat(all.stream().map(Cost::model), without.stream())
                .distinct()
                .toList();
        // Where most are large the axis has the larger unit; the few that it does not suit are told in their own.
        Scale.Unit unit = scale.suiting(all.get(all.size() / 2).estimate().value());
        PanelAxis axis = axis(all, unit);
        List<PanelSheet.Panel> panels = groups.stream()
                .map(group -> new PanelSheet.Panel(
                        group.heading(),
                        "",
                        axis,
                        unit.name() + " for each unit (log scale), less is better",
                        OptionalDouble.empty(),
                        marks(group, models, scale, unit, without)))
                .toList();
        String title = title(what, all, scale);
        String description = groups.stream()
                .map(group -> group.costs().stream()
                        .map(cost -> cost.model() + " " + scale.withInterval(cost.estimate()))
                        .collect(
                                Collectors.joining("; ", group.heading().isEmpty() ? "" : group.heading() + ": ", ".")))
                .collect(Collectors.joining(" "));
        return Optional.of(new Chart(
                Part.COST,
                name,
                title + ". " + legend,
                title + ". " + description,
                new PanelSheet(
                        typeface,
                        title,
                        legend,
                        models.stream()
                                .map(model -> new Cases.Row(model, Optional.empty()))
                                .toList(),
                        panels,
                        footer)));
    }

    /** The cheapest and the dearest. */
    private static String title(String what, List<Cost> sorted, Scale scale) {
        Cost least = sorted.getFirst();
        Cost most = sorted.getLast();
        String first = "%s %s (%s)".formatted(what, scale.value(least.estimate()), least.model());
        return sorted.size() == 1
                ? first
                : "%s to %s (%s)".formatted(first, scale.value(most.estimate()), most.model());
    }

    private static List<Mark> marks(
            Group group, List<String> models, Scale scale, Scale.Unit unit, List<String> without) {
        List<Mark> marks = new ArrayList<>();
        for (int row = 0; row < models.size(); row++) {
            int at = row;
            marks.add(group.costs().stream()
                    .filter(cost -> cost.model().equals(models.get(at)))
                    .findFirst()
                    .<Mark>map(cost -> new Mark.Measured(
                            at,
                            Palette.of(cost.model()),
                            unit.of(cost.estimate()),
                            scale.value(cost.estimate()),
                            interval(cost.estimate(), scale),
                            Optional.empty(),
                            OptionalDouble.empty(),
                            List.of()))
                    .orElseGet(() -> new Mark.Words(
                            at, without.contains(models.get(at)) ? "no straight line, so no slope" : "not measured")));
        }
        return marks;
    }

    private static String interval(Estimate estimate, Scale scale) {
        return estimate.isBounded()
                ? Numbers.interval(scale.suiting(estimate.value()).of(estimate))
                : "no interval";
    }

    private static PanelAxis axis(List<Cost> costs, Scale.Unit unit) {
        double low = costs.stream()
                .mapToDouble(cost -> cost.estimate().value())
                .min()
                .orElseThrow();
        double high = costs.stream()
                .mapToDouble(cost -> cost.estimate().value())
                .max()
                .orElseThrow();
        return PanelAxis.logarithmic(low / 1.5 * unit.factor(), high * 1.5 * unit.factor(), "");
    }
}
