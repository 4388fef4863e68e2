package org.concurrencybench.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.sample.Direction;
import org.concurrencybench.statistics.Estimate;

/** What was measured, of one workload: the score of every model, fork by fork, in the unit of the measurement. */
final class TimeChart {

    /** Where the largest value is more than this many times the smallest, small ones would vanish on a linear scale. */
    private static final double WIDEST_LINEAR = 20;

    /** How far an interval may stretch the scale beyond the values; a longer one leaves the panel with an arrow. */
    private static final double STRETCH = 2;

    private TimeChart() {}

    /** One chart for each workload that has a measured case. */
    static List<Chart> of(Cases cases, Typeface typeface, String footer) {
        Map<String, List<Cases.Group>> byWorkload = new LinkedHashMap<>();
        for (Cases.Group group : cases.groups()) {
            byWorkload
                    .computeIfAbsent(group.workload(), workload -> new ArrayList<>())
                    .add(group);
        }
        List<Chart> charts = new ArrayList<>();
        Set<String> names = new HashSet<>();
        byWorkload.forEach((workload, groups) -> {
            if (groups.stream().anyMatch(group -> !group.summaries().isEmpty())) {
                charts.add(
                        chart(unique("time-" + Text.slug(workload), names), workload, groups, cases, typeface, footer));
            }
        });
        return charts;
    }

    private static String unique(String name, Set<String> taken) {
        String free = name;
        for (int number = 2; !taken.add(free); number++) {
            free = name + "-" + number;
        }
        return free;
    }

    private static Chart chart(
            String name, String workload, List<Cases.Group> groups, Cases all, Typeface typeface, String footer) {
        List<Cases.Row> rows = all.rows().stream()
                .filter(row -> groups.stream()
                        .anyMatch(group -> group.summaries().stream()
                                        .anyMatch(summary ->
                                                all.rowOf(summary.key()).equals(row))
                                || group.hasFailed(all, row)))
                .toList();
        List<PanelSheet.Panel> panels = new ArrayList<>();
        Set<Direction> directions = new HashSet<>();
        List<String> descriptions = new ArrayList<>();
        Optional<Double> confidence = Optional.empty();
        for (Cases.Group group : groups) {
            for (List<CaseSummary> alike : byUnit(group.summaries())) {
                CaseSummary first = alike.getFirst();
                directions.add(first.direction());
                confidence = Optional.of(first.score().confidence());
                panels.add(panel(group, alike, rows, all));
                descriptions.add(describe(group, alike, all));
            }
        }
        String what = directions.size() > 1
                ? "Scores"
                : quantity(directions.iterator().next());
        List<Mark.Measured> measured = panels.stream()
                .flatMap(panel -> panel.marks().stream())
                .flatMap(mark -> mark instanceof Mark.Measured one ? Stream.of(one) : Stream.empty())
                .toList();
        boolean ideal = measured.stream().anyMatch(mark -> mark.ideal().isPresent());
        String legend = "%s under each model. Marker: mean over forks with its %s interval%s.%s%s"
                .formatted(
                        what,
                        Numbers.percent(confidence.orElseThrow()),
                        measured.stream().allMatch(mark -> mark.estimate().isBounded())
                                ? ""
                                : "; hollow: one fork, so no interval",
                        measured.stream().allMatch(mark -> mark.forks().isEmpty()) ? "" : " Small dots: the forks.",
                        ideal ? " Upright bar: ideal, as serial and the hardware allow." : "");
        return new Chart(
                Part.CASES,
                name,
                what + " of " + workload + " under each model, fork by fork"
                        + (ideal ? "; the upright bar is the ideal." : "."),
                what + " of " + workload + ". " + String.join(" ", descriptions),
                new PanelSheet(typeface, title(what, workload, groups), legend, rows, panels, footer));
    }

    /** From where to where the scores go, if all of them can be compared; the least and the greatest with their models. */
    private static String title(String what, String workload, List<Cases.Group> groups) {
        List<CaseSummary> summaries =
                groups.stream().flatMap(group -> group.summaries().stream()).toList();
        if (byUnit(summaries).size() > 1 || summaries.size() < 2) {
            return what + " of " + workload;
        }
        if (groups.size() > 1) {
            return ratio(workload, groups).orElse(what + " of " + workload);
        }
        Comparator<CaseSummary> byScore =
                Comparator.comparingDouble(summary -> summary.score().value());
        CaseSummary least = summaries.stream().min(byScore).orElseThrow();
        CaseSummary most = summaries.stream().max(byScore).orElseThrow();
        return "%s: from %s%s to %s %s%s"
                .formatted(
                        workload,
                        Numbers.value(least.score()),
                        model(least),
                        Numbers.value(most.score()),
                        most.unit(),
                        model(most));
    }

    /** Settings are different work, so of several the one in which the models lie farthest apart. */
    private static Optional<String> ratio(String workload, List<Cases.Group> groups) {
        Comparator<CaseSummary> byScore =
                Comparator.comparingDouble(summary -> summary.score().value());
        return groups.stream()
                .filter(group -> group.summaries().size() > 1)
                .map(group -> group.summaries().stream().sorted(byScore).toList())
                .filter(sorted -> sorted.getFirst().score().value() > 0)
                .max(Comparator.comparingDouble(TimeChart::apart))
                .map(sorted -> "%s: models lie up to %s× apart%s"
                        .formatted(
                                workload,
                                Numbers.plain(apart(sorted)),
                                sorted.getFirst().key().model().isEmpty()
                                        ? ""
                                        : " (%s and %s)"
                                                .formatted(
                                                        sorted.getFirst().key().model(),
                                                        sorted.getLast().key().model())));
    }

    private static double apart(List<CaseSummary> sorted) {
        return sorted.getLast().score().value() / sorted.getFirst().score().value();
    }

    private static String model(CaseSummary summary) {
        return summary.key().model().isEmpty() ? "" : " (" + summary.key().model() + ")";
    }

    private static String quantity(Direction direction) {
        return switch (direction) {
            case LOWER -> "Time per batch";
            case HIGHER -> "Rate";
        };
    }

    /** Scores in another unit or direction do not belong onto one axis, even within a group. */
    private static Collection<List<CaseSummary>> byUnit(List<CaseSummary> summaries) {
        return summaries.stream()
                .collect(Collectors.groupingBy(
                        summary -> List.of(summary.unit(), summary.direction()),
                        LinkedHashMap::new,
                        Collectors.toList()))
                .values();
    }

    private static PanelSheet.Panel panel(
            Cases.Group group, List<CaseSummary> summaries, List<Cases.Row> rows, Cases all) {
        List<Mark> marks = new ArrayList<>();
        for (int index = 0; index < rows.size(); index++) {
            Cases.Row row = rows.get(index);
            int at = index;
            marks.add(summaries.stream()
                    .filter(summary -> all.rowOf(summary.key()).equals(row))
                    .findFirst()
                    .map(summary -> mark(at, summary, group))
                    .orElseGet(() -> new Mark.Words(at, group.absence(all, row))));
        }
        CaseSummary first = summaries.getFirst();
        PanelAxis axis = axis(marks);
        String better = switch (first.direction()) {
            case LOWER -> "less is better";
            case HIGHER -> "more is better";
        };
        String unit = first.unit().isEmpty() ? "unit not given" : first.unit();
        return new PanelSheet.Panel(
                group.kind(),
                group.title(),
                axis,
                unit + (axis.logarithmic() ? ", log scale, " : ", ") + better,
                OptionalDouble.empty(),
                marks);
    }

    private static Mark mark(int row, CaseSummary summary, Cases.Group group) {
        return new Mark.Measured(
                row,
                Palette.of(summary.key().model()),
                summary.score(),
                Numbers.value(summary.score()),
                summary.score().isBounded() ? Numbers.interval(summary.score()) : "",
                Optional.empty(),
                // Serial is what the ideal is reckoned from.
                summary.key().isReference() ? OptionalDouble.empty() : ideal(summary, group),
                summary.forks().asList());
    }

    /** The score at which the ideal speed-up would be reached. */
    private static OptionalDouble ideal(CaseSummary summary, Cases.Group group) {
        Optional<CaseSummary> reference = group.reference()
                .filter(serial -> serial.unit().equals(summary.unit()) && serial.direction() == summary.direction());
        if (reference.isEmpty()
                || summary.ideal().isEmpty()
                || !(summary.ideal().getAsDouble() > 0)) {
            return OptionalDouble.empty();
        }
        double serial = reference.get().score().value();
        double ideal = summary.ideal().getAsDouble();
        double score = switch (summary.direction()) {
            case LOWER -> serial / ideal;
            case HIGHER -> serial * ideal;
        };
        return Double.isFinite(score) ? OptionalDouble.of(score) : OptionalDouble.empty();
    }

    private static PanelAxis axis(List<Mark> marks) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Mark mark : marks) {
            if (mark instanceof Mark.Measured measured) {
                List<Double> values = new ArrayList<>(measured.forks());
                values.add(measured.estimate().value());
                measured.ideal().ifPresent(values::add);
                for (double value : values) {
                    low = Math.min(low, value);
                    high = Math.max(high, value);
                }
            }
        }
        double highest = high * STRETCH;
        double lowest = low / STRETCH;
        for (Mark mark : marks) {
            if (mark instanceof Mark.Measured measured && measured.estimate().isBounded()) {
                Estimate estimate = measured.estimate();
                high = Math.max(high, Math.min(estimate.high(), highest));
                low = Math.min(low, Math.max(estimate.low(), lowest));
            }
        }
        return low > 0 && high / low > WIDEST_LINEAR
                ? PanelAxis.logarithmic(low, high, "")
                : PanelAxis.linear(low, high);
    }

    private static String describe(Cases.Group group, List<CaseSummary> summaries, Cases all) {
        return summaries.stream()
                .map(summary -> all.rowOf(summary.key()).label() + " "
                        + Numbers.withInterval(summary.score(), " " + summary.unit()))
                .collect(Collectors.joining("; ", group.kind() + ", " + group.title() + ": ", "."));
    }
}
