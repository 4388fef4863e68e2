package org.concurrencybench.report;

import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.statistics.Crossing;
import org.concurrencybench.statistics.Estimate;

/** Each {@link Curve} that was measured, as a chart. */
final class CurveChart {

    private CurveChart() {}

    static List<Chart> of(List<CaseSummary> summaries, Typeface typeface, String footer) {
        List<Chart> charts = new ArrayList<>();
        for (Curve curve : Curve.values()) {
            List<Curve.Panel> panels = curve.panels(summaries);
            if (!panels.isEmpty()) {
                boolean hollow = panels.stream()
                        .flatMap(panel -> panel.points().stream())
                        .anyMatch(point -> !point.y().isBounded());
                String legend = curve.subject() + ". Marker: score with its interval"
                        + (hollow ? "; hollow: one fork, so no interval. " : ". ");
                String title = title(curve, panels);
                charts.add(new Chart(
                        Part.CURVES,
                        curve.fileName(),
                        title + ". " + curve.legend(),
                        describe(curve, panels, summaries),
                        new CurveSheet(
                                typeface,
                                new CurveSheet.Words(
                                        title, legend + curve.legend(), curve.xLabel(), curve.yLabel(), footer),
                                panels.stream()
                                        .flatMap(panel -> drawn(curve, panel, summaries))
                                        .toList())));
                if (curve == Curve.FOOTPRINT) {
                    charts.add(together(curve, panels, legend, typeface, footer));
                }
            }
        }
        return charts;
    }

    /** The lines that have axes of their own elsewhere, beside each other on logarithmic ones. */
    private static Chart together(
            Curve curve, List<Curve.Panel> panels, String legend, Typeface typeface, String footer) {
        String title = range(curve, panels);
        List<CurveSheet.Panel> logarithmic = panels.stream()
                .map(panel -> new CurveSheet.Panel(
                        panel.setting(),
                        panel.lines().stream()
                                .map(line -> series(line, line.label()))
                                .toList(),
                        List.of(),
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        curve.yLabel() + " (log scale)",
                        false))
                .toList();
        return new Chart(
                Part.CURVES,
                curve.fileName() + "-log",
                title + ". Both axes logarithmic.",
                title + ".",
                new CurveSheet(
                        typeface,
                        new CurveSheet.Words(
                                title,
                                legend + "Flat is what there is without any unit, steep is what units take.",
                                curve.xLabel() + " (log scale)",
                                curve.yLabel() + " (log scale)",
                                footer),
                        logarithmic));
    }

    private static CurveSheet.Series series(Curve.Line line, String label) {
        return new CurveSheet.Series(
                label,
                Palette.of(line.model()),
                line.points().stream()
                        .map(point -> new CurveSheet.Point(point.x(), point.y()))
                        .toList(),
                line.pool().isPresent());
    }

    /** What the curves come to: a slope, a crossing, or where they begin and end. */
    private static String title(Curve curve, List<Curve.Panel> panels) {
        Optional<String> found = switch (curve) {
            case FOOTPRINT -> slopes(panels);
            case POOL_MAP_WORK -> firstCrossing(panels);
            default -> Optional.empty();
        };
        return found.orElseGet(() -> range(curve, panels));
    }

    private static String range(Curve curve, List<Curve.Panel> panels) {
        return curve.subject() + ": from " + extreme(curve, panels, Comparator.naturalOrder()) + " to "
                + extreme(curve, panels, Comparator.reverseOrder());
    }

    private static Optional<String> slopes(List<Curve.Panel> panels) {
        List<Curve.Line> sorted = panels.stream()
                .flatMap(panel -> panel.lines().stream())
                .filter(CurveLaws::hasSlope)
                .sorted(Comparator.comparingDouble(line -> Findings.slope(line).value()))
                .toList();
        if (sorted.isEmpty()) {
            return Optional.empty();
        }
        String least = "One more waiting unit takes " + slope(sorted.getFirst());
        return Optional.of(sorted.size() == 1 ? least : least + " to " + slope(sorted.getLast()));
    }

    private static String slope(Curve.Line line) {
        return Scale.MEMORY.plain(Findings.slope(line).value()) + " (" + line.label() + ")";
    }

    private static Optional<String> firstCrossing(List<Curve.Panel> panels) {
        record Pays(String label, double size) {}
        return panels.stream()
                .flatMap(panel -> panel.lines().stream())
                .flatMap(line -> crossing(line) instanceof Crossing.At(Estimate size)
                        ? Stream.of(new Pays(line.label(), size.value()))
                        : Stream.empty())
                .min(Comparator.comparingDouble(Pays::size))
                .map(first -> "A pool pays from calls of about %s squares on (%s)"
                        .formatted(Numbers.plain(first.size()), first.label()));
    }

    /** The first of all points by its value, with its line and its place. */
    private static String extreme(Curve curve, List<Curve.Panel> panels, Comparator<Double> order) {
        record At(String label, Curve.Point point) {}
        At first = panels.stream()
                .flatMap(panel -> panel.lines().stream())
                .flatMap(line -> line.points().stream().map(point -> new At(line.label(), point)))
                .min(Comparator.comparing(at -> at.point().y().value(), order))
                .orElseThrow();
        return "%s %s (%s, %s %s)"
                .formatted(
                        Numbers.value(first.point().y()),
                        curve.unit(),
                        first.label(),
                        LogScale.label(first.point().x()),
                        curve.xLabel().replace(" (log scale)", ""));
    }

    /** The panel, and for speed-ups over the number of units another one with the share of the ideal. */
    private static Stream<CurveSheet.Panel> drawn(Curve curve, Curve.Panel panel, List<CaseSummary> summaries) {
        if (curve == Curve.FOOTPRINT) {
            // On one logarithmic scale straight lines of any slope look alike.
            return panel.lines().stream()
                    .map(line -> panel(curve, new Curve.Panel(heading(curve, panel, line), List.of(line)), summaries));
        }
        CurveSheet.Panel measured = panel(curve, panel, summaries);
        return curve == Curve.SUM_OF_SQUARES ? Stream.of(measured, efficiency(panel)) : Stream.of(measured);
    }

    private static String heading(Curve curve, Curve.Panel panel, Curve.Line line) {
        String setting = panel.setting();
        return setting.contains("=") ? setting + ", " + label(curve, line) : label(curve, line);
    }

    private static CurveSheet.Panel panel(Curve curve, Curve.Panel panel, List<CaseSummary> summaries) {
        List<CurveSheet.Series> series = new ArrayList<>();
        List<CurveSheet.Crossed> crossings = new ArrayList<>();
        List<CurveSheet.Guide> guides = new ArrayList<>();
        for (Curve.Line line : panel.lines()) {
            Palette.Look look = Palette.of(line.model());
            series.add(series(line, label(curve, line)));
            List<Point2D.Double> law = CurveLaws.of(curve, line, summaries);
            if (!law.isEmpty()) {
                guides.add(new CurveSheet.Guide(look, law));
            }
            if (curve == Curve.POOL_MAP_WORK && crossing(line) instanceof Crossing.At(Estimate size)) {
                crossings.add(new CurveSheet.Crossed(size, look, Findings.squares(size)));
            }
        }
        return new CurveSheet.Panel(
                panel.setting(),
                series,
                ideal(curve, panel),
                curve.isSpeedup() ? Optional.of(1.0) : Optional.empty(),
                crossings,
                guides,
                curve.yLabel(),
                curve == Curve.FOOTPRINT);
    }

    private static String label(Curve curve, Curve.Line line) {
        return curve == Curve.FOOTPRINT && CurveLaws.hasSlope(line)
                ? line.label() + ": " + Scale.MEMORY.withInterval(Findings.slope(line)) + " each"
                : line.label();
    }

    private static CurveSheet.Panel efficiency(Curve.Panel panel) {
        return new CurveSheet.Panel(
                panel.setting() + ": efficiency",
                panel.lines().stream()
                        .map(line -> new CurveSheet.Series(
                                line.label(),
                                Palette.of(line.model()),
                                line.points().stream()
                                        .filter(point -> point.summary().ideal().orElse(0) > 0)
                                        .map(point -> new CurveSheet.Point(point.x(), efficiency(point)))
                                        .toList(),
                                line.pool().isPresent()))
                        .filter(series -> !series.points().isEmpty())
                        .toList(),
                List.of(),
                Optional.of(1.0),
                List.of(),
                List.of(),
                "share of the ideal (log scale)",
                false);
    }

    private static Estimate efficiency(Curve.Point point) {
        return Curve.times(point.y(), 1 / point.summary().ideal().orElse(1));
    }

    /** Where a line of speed-ups comes to 1. */
    static Crossing crossing(Curve.Line line) {
        return Crossing.of(line.points().stream()
                .map(point -> new Crossing.Point(point.x(), point.y()))
                .toList());
    }

    private static List<Line2D.Double> ideal(Curve curve, Curve.Panel panel) {
        Map<Double, Double> ideals = new TreeMap<>();
        panel.points()
                .forEach(point -> curve.ideal(point).ifPresent(ideal -> ideals.merge(point.x(), ideal, Math::max)));
        List<Line2D.Double> lines = new ArrayList<>();
        Map.Entry<Double, Double> last = null;
        for (Map.Entry<Double, Double> next : ideals.entrySet()) {
            if (last != null) {
                lines.add(new Line2D.Double(last.getKey(), last.getValue(), next.getKey(), next.getValue()));
            }
            last = next;
        }
        return lines;
    }

    private static String describe(Curve curve, List<Curve.Panel> panels, List<CaseSummary> summaries) {
        return curve.subject() + ", in " + curve.yLabel() + ", over " + curve.xLabel() + ". "
                + panels.stream()
                        .map(panel -> panel.setting() + ": "
                                + panel.lines().stream()
                                        .map(CurveChart::describe)
                                        .collect(Collectors.joining("; ")))
                        .collect(Collectors.joining(". "))
                + "."
                + (curve == Curve.SUM_OF_SQUARES ? " " + String.join(" ", Findings.scaling(summaries)) : "");
    }

    private static String describe(Curve.Line line) {
        return line.label() + " "
                + line.points().stream()
                        .map(point -> LogScale.label(point.x()) + ": " + Numbers.withInterval(point.y(), ""))
                        .collect(Collectors.joining(", "));
    }
}
