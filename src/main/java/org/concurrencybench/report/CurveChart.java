package org.concurrencybench.report;

import java.awt.geom.Line2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
                        describe(curve, panels),
                        new CurveSheet(
                                typeface,
                                words,
                                panels.stream()
                                        .map(panel -> panel(curve, panel))
                                        .toList())));
            }
        }
        return charts;
    }

    private static CurveSheet.Panel panel(Curve curve, Curve.Panel panel) {
        List<CurveSheet.Series> series = new ArrayList<>();
        List<CurveSheet.Crossed> crossings = new ArrayList<>();
        for (Curve.Line line : panel.lines()) {
            Palette.Look look = Palette.of(line.label());
            series.add(new CurveSheet.Series(
                    line.label(),
                    look,
                    line.points().stream()
                            .map(point -> new CurveSheet.Point(point.x(), point.y()))
                            .toList()));
            if (curve == Curve.POOL_MAP_WORK && crossing(line) instanceof Crossing.At(Estimate size)) {
                crossings.add(new CurveSheet.Crossed(size, look));
            }
        }
        return new CurveSheet.Panel(
                panel.setting(),
                series,
                ideal(curve, panel),
                curve.isSpeedup() ? Optional.of(1.0) : Optional.empty(),
                crossings);
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

    private static String describe(Curve curve, List<Curve.Panel> panels) {
        return curve.title() + ", in " + curve.yLabel() + ", over " + curve.xLabel() + ". "
                + panels.stream()
                        .map(panel -> panel.setting() + ": "
                                + panel.lines().stream()
                                        .map(CurveChart::describe)
                                        .collect(Collectors.joining("; ")))
                        .collect(Collectors.joining(". "))
                + ".";
    }

    private static String describe(Curve.Line line) {
        return line.label() + " "
                + line.points().stream()
                        .map(point -> LogScale.label(point.x()) + ": " + Numbers.withInterval(point.y(), ""))
                        .collect(Collectors.joining(", "));
    }
}
