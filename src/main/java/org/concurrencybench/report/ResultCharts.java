package org.concurrencybench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.concurrencybench.sample.MeasuredCase.Scores;
import org.concurrencybench.sample.ScoreUnit;
import org.concurrencybench.statistics.Estimate;
import org.concurrencybench.statistics.ForkScores;

/** The charts of results from elsewhere: rows within groups, and curves. Time and rate never share one. */
final class ResultCharts {

    /** More rows than this are no picture but a list. */
    private static final int MOST_ROWS = 40;

    private static final int MOST_PANELS = 6;
    private static final int MOST_LINES = 12;
    private static final int MOST_POINTS = 60;
    private static final int MOST_CHARTS = 12;

    /** More series than this are told apart by their names alone. */
    private static final int MOST_LOOKS = 20;

    private static final int LONGEST_KEY = 60;
    private static final String POOLED =
            "Broken line: pooled, JMH's interval over all iterations as if forks did not differ, which is too narrow where they do.";

    private final Typeface typeface;
    private final String footer;
    private final List<Chart> charts = new ArrayList<>();
    private final Map<String, Palette.Look> looks;
    private int leftOut;

    private ResultCharts(Typeface typeface, String footer, Map<String, Palette.Look> looks) {
        this.typeface = typeface;
        this.footer = footer;
        this.looks = looks;
    }

    /** The charts, and how many results of {@code placement} are in none of them though they have a place. */
    record Drawn(List<Chart> charts, int leftOut) {}

    static Drawn of(Placement placement, Typeface typeface, String footer) {
        ResultCharts drawing = new ResultCharts(typeface, footer, looks(placement));
        Set<NamedResult.Quantity> quantities = new LinkedHashSet<>();
        placement.curves().forEach(curves -> quantities.add(curves.quantity()));
        placement.panels().forEach(panel -> quantities.add(panel.quantity()));
        for (NamedResult.Quantity quantity : quantities) {
            drawing.addCurves(quantity, placement);
            drawing.addScores(quantity, placement);
        }
        return new Drawn(List.copyOf(drawing.charts), drawing.leftOut);
    }

    /** The same name has the same look in every chart. */
    private static Map<String, Palette.Look> looks(Placement placement) {
        Set<String> names = new LinkedHashSet<>();
        placement.curves().forEach(curves -> names.addAll(curves.lines().keySet()));
        Set<String> rows = new LinkedHashSet<>();
        placement.panels().stream()
                .filter(panel -> panel.rows().size() > 1)
                .forEach(panel -> panel.rows().forEach(row -> rows.add(row.label())));
        // A curve is known by its look alone; a row has its name beside it.
        if (rows.size() > MOST_LOOKS) {
            rows.removeIf(row -> !Palette.isModel(row));
        }
        names.addAll(rows);
        return Palette.ofAll(names);
    }

    private Palette.Look look(String name) {
        return looks.getOrDefault(name, Palette.PLAIN);
    }

    private void addScores(NamedResult.Quantity quantity, Placement placement) {
        List<List<Placement.Panel>> pages = new ArrayList<>();
        int rows = MOST_ROWS;
        for (Placement.Panel panel : placement.panels()) {
            if (panel.quantity().equals(quantity)) {
                for (Placement.Panel part : parts(panel)) {
                    if (rows + part.rows().size() > MOST_ROWS) {
                        pages.add(new ArrayList<>());
                        rows = 0;
                    }
                    pages.getLast().add(part);
                    rows += part.rows().size();
                }
            }
        }
        for (int page = 0; page < pages.size(); page++) {
            if (charts.size() < MOST_CHARTS) {
                charts.add(scores(quantity, pages.get(page), page + 1, pages.size()));
            } else {
                leftOut += pages.get(page).stream()
                        .mapToInt(panel -> panel.rows().size())
                        .sum();
            }
        }
    }

    private static List<Placement.Panel> parts(Placement.Panel panel) {
        List<Placement.Panel> parts = new ArrayList<>();
        for (int from = 0; from < panel.rows().size(); from += MOST_ROWS) {
            parts.add(new Placement.Panel(
                    panel.heading() + (from > 0 ? ", continued" : ""),
                    panel.quantity(),
                    panel.unit(),
                    panel.rows()
                            .subList(
                                    from,
                                    Math.min(from + MOST_ROWS, panel.rows().size()))));
        }
        return parts;
    }

    private Chart scores(NamedResult.Quantity quantity, List<Placement.Panel> panels, int page, int pages) {
        String title = quantity.label() + (pages > 1 ? ", part %d of %d".formatted(page, pages) : "");
        boolean pooled = panels.stream()
                .flatMap(panel -> panel.rows().stream())
                .anyMatch(row -> row.result().isPooled());
        boolean byFork = panels.stream()
                .flatMap(panel -> panel.rows().stream())
                .anyMatch(row -> !row.result().isPooled());
        String legend = (byFork
                        ? "Marker: score with its %s interval over forks; hollow: no interval; small dots: the forks. "
                                .formatted(Numbers.percent(Estimate.DEFAULT_CONFIDENCE))
                        : "Marker: score. ")
                + (pooled ? POOLED + " " : "")
                + "Each group has a scale of its own.";
        List<ScoreSheet.Group> groups = panels.stream()
                .map(panel -> new ScoreSheet.Group(
                        panel.heading(),
                        panel.unit() + ", " + quantity.better(),
                        panel.rows().stream()
                                .map(row -> new ScoreSheet.Row(
                                        row.label(),
                                        look(row.label()),
                                        row.score(),
                                        row.result().isPooled(),
                                        forks(row, panel.unit())))
                                .toList()))
                .toList();
        return new Chart(
                Part.CASES,
                "scores-" + Text.slug(quantity.label()) + (pages > 1 ? "-" + page : ""),
                title + ", " + quantity.better() + ", in groups of what belongs together.",
                title + ", " + quantity.better() + ". " + describe(panels),
                new ScoreSheet(
                        typeface,
                        new Frame.Words(title + " (" + quantity.better() + ")", legend, footer, List.of()),
                        groups));
    }

    private static List<Double> forks(Placement.Row row, String unit) {
        if (row.result().measured().scores() instanceof Scores.ByFork byFork
                && byFork.forks().size() > 1) {
            double factor = ScoreUnit.of(row.result().measured().unit()).factor()
                    / ScoreUnit.of(unit).factor();
            return ForkScores.ofIterations(byFork.forks()).asList().stream()
                    .limit(MOST_ROWS)
                    .map(score -> score * factor)
                    .toList();
        }
        return List.of();
    }

    private static String describe(List<Placement.Panel> panels) {
        return panels.stream()
                .map(panel -> panel.heading() + ": "
                        + panel.rows().stream()
                                .map(row -> row.label() + " " + Numbers.withInterval(row.score(), " " + panel.unit()))
                                .collect(Collectors.joining("; ")))
                .collect(Collectors.joining(". ", "", "."));
    }

    private void addCurves(NamedResult.Quantity quantity, Placement placement) {
        Map<List<String>, List<Placement.Curves>> sheets = new LinkedHashMap<>();
        placement.curves().stream()
                .filter(curves -> curves.quantity().equals(quantity))
                .forEach(curves -> sheets.computeIfAbsent(List.of(curves.x(), curves.unit()), _ -> new ArrayList<>())
                        .add(curves));
        int number = 0;
        for (List<Placement.Curves> alike : sheets.values()) {
            for (int from = 0; from < alike.size(); from += MOST_PANELS) {
                List<Placement.Curves> panels = alike.subList(from, Math.min(from + MOST_PANELS, alike.size()));
                if (charts.size() < MOST_CHARTS) {
                    number++;
                    charts.add(curves(quantity, panels, number));
                } else {
                    panels.forEach(panel -> panel.lines().values().forEach(points -> leftOut += points.size()));
                }
            }
        }
    }

    private Chart curves(NamedResult.Quantity quantity, List<Placement.Curves> panels, int number) {
        Placement.Curves first = panels.getFirst();
        String title = "%s over %s (%s)".formatted(quantity.label(), first.x(), quantity.better());
        boolean pooled = panels.stream()
                .flatMap(panel -> panel.lines().values().stream())
                .flatMap(List::stream)
                .anyMatch(point -> point.result().isPooled());
        String legend = "Marker: score with its interval; hollow: no interval."
                + (pooled ? " The intervals are pooled: over all iterations as if forks did not differ." : "");
        List<CurveSheet.Panel> drawn = panels.stream().map(this::panel).toList();
        return new Chart(
                Part.CASES,
                "curves-" + Text.slug(quantity.label()) + "-" + number,
                title + ". " + legend,
                title + ", in " + first.unit() + ". " + describeCurves(panels),
                new CurveSheet(
                        typeface,
                        new CurveSheet.Words(
                                title,
                                legend,
                                shortened(first.x()) + " (log scale)",
                                shortened(first.unit()) + " (log scale)",
                                footer),
                        drawn));
    }

    private CurveSheet.Panel panel(Placement.Curves curves) {
        List<CurveSheet.Series> series = new ArrayList<>();
        curves.lines().forEach((label, points) -> {
            if (series.size() < MOST_LINES) {
                series.add(new CurveSheet.Series(
                        shortened(label),
                        look(label),
                        thinned(points).stream()
                                .map(point -> new CurveSheet.Point(point.x(), point.score()))
                                .toList(),
                        false));
                leftOut += points.size() - thinned(points).size();
            } else {
                leftOut += points.size();
            }
        });
        return new CurveSheet.Panel(
                shortened(curves.heading()),
                series,
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                shortened(curves.unit()) + " (log scale)",
                false);
    }

    /** So many points that each can be seen, the first and the last among them. */
    private static List<Placement.Point> thinned(List<Placement.Point> points) {
        if (points.size() <= MOST_POINTS) {
            return points;
        }
        List<Placement.Point> thinned = new ArrayList<>();
        for (int i = 0; i < MOST_POINTS; i++) {
            thinned.add(points.get((int) ((long) i * (points.size() - 1) / (MOST_POINTS - 1))));
        }
        return thinned;
    }

    private static String shortened(String text) {
        String clean = Text.clean(text);
        return clean.codePointCount(0, clean.length()) <= LONGEST_KEY
                ? clean
                : clean.substring(0, clean.offsetByCodePoints(0, LONGEST_KEY - 1)) + "…";
    }

    private static String describeCurves(List<Placement.Curves> panels) {
        return panels.stream()
                .map(panel -> panel.heading() + ": "
                        + panel.lines().entrySet().stream()
                                .map(line -> line.getKey() + " "
                                        + thinned(line.getValue()).stream()
                                                .map(point -> LogScale.label(point.x()) + ": "
                                                        + Numbers.withInterval(point.score(), ""))
                                                .collect(Collectors.joining(", ")))
                                .collect(Collectors.joining("; ")))
                .collect(Collectors.joining(". ", "", "."));
    }
}
