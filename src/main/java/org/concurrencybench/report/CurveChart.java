package org.concurrencybench.report;

import java.awt.geom.Line2D;
import java.awt.geom.Point2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.statistics.Crossing;
import org.concurrencybench.statistics.Estimate;

/** Each {@link Curve} that was measured, as a chart with logarithmic axes. */
final class CurveChart {

    private CurveChart() {}

    static List<Chart> of(List<CaseSummary> summaries, Typeface typeface, String footer) {
        List<Chart> charts = new ArrayList<>();
        for (Curve curve : Curve.values()) {
            List<Curve.Panel> panels = curve.panels(summaries);
            if (!panels.isEmpty()) {
                CurveSheet.Words words = new CurveSheet.Words(
                        curve.title(),
                        "Marker: score with its interval; hollow: one fork, so no interval. " + curve.legend(),
                        curve.xLabel(),
                        curve.yLabel(),
                        footer);
                charts.add(new Chart(
                        Part.CURVES,
                        curve.fileName(),
                        curve.title() + ". " + curve.legend(),
                        describe(curve, panels, summaries),
                        new CurveSheet(
                                typeface,
                                words,
                                panels.stream()
                                        .flatMap(panel -> drawn(curve, panel, summaries))
                                        .toList())));
            }
        }
        return charts;
    }

    /** The panel, and for speed-ups over the number of units another one with the share of the ideal. */
    private static Stream<CurveSheet.Panel> drawn(Curve curve, Curve.Panel panel, List<CaseSummary> summaries) {
        CurveSheet.Panel measured = panel(curve, panel, summaries);
        return curve == Curve.SUM_OF_SQUARES ? Stream.of(measured, efficiency(panel)) : Stream.of(measured);
    }

    private static CurveSheet.Panel panel(Curve curve, Curve.Panel panel, List<CaseSummary> summaries) {
        List<CurveSheet.Series> series = new ArrayList<>();
        List<CurveSheet.Crossed> crossings = new ArrayList<>();
        List<CurveSheet.Guide> guides = new ArrayList<>();
        for (Curve.Line line : panel.lines()) {
            Palette.Look look = Palette.of(line.model());
            series.add(new CurveSheet.Series(
                    label(curve, line),
                    look,
                    line.points().stream()
                            .map(point -> new CurveSheet.Point(point.x(), point.y()))
                            .toList(),
                    line.pool().isPresent()));
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
                curve.yLabel());
    }

    private static String label(Curve curve, Curve.Line line) {
        return curve == Curve.FOOTPRINT && CurveLaws.hasSlope(line)
                ? line.label() + ": " + Findings.memory(Findings.slope(line)) + " each"
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
                "share of the ideal (log scale)");
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
        return curve.title() + ", in " + curve.yLabel() + ", over " + curve.xLabel() + ". "
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
