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

    /** What all costs of a chart are told in: where most are large it is the larger one. */
    private record Unit(String name, double factor) {

        static Unit of(List<Cost> costs, String small, String large, double ratio) {
            double[] values = costs.stream()
                    .mapToDouble(cost -> cost.estimate().value())
                    .sorted()
                    .toArray();
            return values.length > 0 && values[values.length / 2] >= ratio
                    ? new Unit(large, 1 / ratio)
                    : new Unit(small, 1);
        }

        Cost of(Cost cost) {
            return new Cost(cost.model(), Curve.times(cost.estimate(), factor));
        }
    }

    /** The unit of the axis, and the one below or above it, in which a value far from most others is told. */
    private record Units(String small, String large, double ratio, Unit axis) {

        static Units of(List<Cost> costs, String small, String large, double ratio) {
            return new Units(small, large, ratio, Unit.of(costs, small, large, ratio));
        }

        /** What is told of a cost, which is in the axis's unit. */
        Told tell(Estimate estimate) {
            double inSmall = estimate.value() / axis.factor();
            Unit own = inSmall >= ratio ? new Unit(large, 1 / ratio) : new Unit(small, 1);
            return new Told(Curve.times(estimate, own.factor() / axis.factor()), own.name());
        }
    }

    /** A cost in the unit that suits it. */
    private record Told(Estimate estimate, String unit) {

        String value() {
            return Numbers.value(estimate) + " " + unit;
        }

        String interval() {
            return estimate.isBounded() ? Numbers.interval(estimate) : "no interval";
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
                Units.of(costs, "KiB", "MiB", 1024),
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
                Units.of(
                        groups.stream().flatMap(group -> group.costs().stream()).toList(), "µs", "ms", 1000),
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
            Units units,
            List<Group> measured,
            List<String> without) {
        Unit unit = units.axis();
        List<Group> groups = measured.stream()
                .map(group -> new Group(
                        group.heading(), group.costs().stream().map(unit::of).toList()))
                .toList();
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
        PanelAxis axis = axis(all);
        List<PanelSheet.Panel> panels = groups.stream()
                .map(group -> new PanelSheet.Panel(
                        group.heading(),
                        "",
                        axis,
                        unit.name() + " for each unit (log scale), less is better",
                        OptionalDouble.empty(),
                        marks(group, models, units, without)))
                .toList();
        String title = title(what, all, units);
        String description = groups.stream()
                .map(group -> group.costs().stream()
                        .map(cost -> {
                            Told told = units.tell(cost.estimate());
                            return cost.model() + " " + Numbers.withInterval(told.estimate(), " " + told.unit());
                        })
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
    private static String title(String what, List<Cost> sorted, Units units) {
        Cost least = sorted.getFirst();
        Cost most = sorted.getLast();
        String first = "%s %s (%s)".formatted(what, units.tell(least.estimate()).value(), least.model());
        return sorted.size() == 1
                ? first
                : "%s to %s (%s)".formatted(first, units.tell(most.estimate()).value(), most.model());
    }

    private static List<Mark> marks(Group group, List<String> models, Units units, List<String> without) {
        List<Mark> marks = new ArrayList<>();
        for (int row = 0; row < models.size(); row++) {
            int at = row;
            marks.add(group.costs().stream()
                    .filter(cost -> cost.model().equals(models.get(at)))
                    .findFirst()
                    .<Mark>map(cost -> new Mark.Measured(
                            at,
                            Palette.of(cost.model()),
                            cost.estimate(),
                            units.tell(cost.estimate()).value(),
                            units.tell(cost.estimate()).interval(),
                            Optional.empty(),
                            OptionalDouble.empty(),
                            List.of()))
                    .orElseGet(() -> new Mark.Words(
                            at, without.contains(models.get(at)) ? "no straight line, so no slope" : "not measured")));
        }
        return marks;
    }

    private static PanelAxis axis(List<Cost> costs) {
        double low = costs.stream()
                .mapToDouble(cost -> cost.estimate().value())
                .min()
                .orElseThrow();
        double high = costs.stream()
                .mapToDouble(cost -> cost.estimate().value())
                .max()
                .orElseThrow();
        return PanelAxis.logarithmic(low / 1.5, high * 1.5, "");
    }
}
