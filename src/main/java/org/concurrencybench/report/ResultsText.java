package org.concurrencybench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Results from elsewhere as plain text for a terminal, and as Markdown for a CI job's summary. */
public final class ResultsText {

    private static final int MOST_LINES = 200;
    private static final int MOST_ROWS = 500;
    private static final int MOST_LEADERS = 20;
    private static final int LONGEST_LABEL = 60;

    private ResultsText() {}

    /** How they are arranged, the groups with their scores, and what leads. */
    public static String terminal(Results results) {
        Placement placement = Placement.of(results);
        StringBuilder text = new StringBuilder();
        text.append(ResultsPage.extent(results, placement)).append('\n');
        placement.taken().stream()
                .limit(MOST_LEADERS)
                .forEach(sentence ->
                        text.append("  ").append(Text.clean(sentence)).append('\n'));
        text.append("  (--series, --group and --x choose among %s)\n"
                .formatted(Text.clean(Text.enumeration(results.names()))));
        List<String> lines = new ArrayList<>();
        for (Placement.Panel panel : placement.panels()) {
            lines.add("");
            lines.add(Text.clean(panel.heading()) + " (" + Text.clean(panel.unit()) + ", "
                    + panel.quantity().better() + ")");
            List<String> labels =
                    panel.rows().stream().map(row -> Text.clean(row.label())).toList();
            List<String> scores =
                    panel.rows().stream().map(row -> Numbers.value(row.score())).toList();
            for (int i = 0; i < labels.size(); i++) {
                lines.add(line(
                        labels,
                        scores,
                        i,
                        panel.rows().get(i).result(),
                        panel.rows().get(i)));
            }
        }
        for (Placement.Curves curves : placement.curves()) {
            lines.add("");
            lines.add("%s over %s (%s, %s)"
                    .formatted(
                            Text.clean(curves.heading()),
                            Text.clean(curves.x()),
                            Text.clean(curves.unit()),
                            curves.quantity().better()));
            curves.lines()
                    .forEach((label, points) -> lines.add("  " + Text.clean(label) + ": "
                            + points.stream()
                                    .map(point ->
                                            LogScale.label(point.x()) + " → " + Numbers.withInterval(point.score(), ""))
                                    .collect(Collectors.joining(", "))));
        }
        lines.stream().limit(MOST_LINES).forEach(line -> text.append(line).append('\n'));
        if (lines.size() > MOST_LINES) {
            text.append("and %d more lines; all of it is on the page\n".formatted(lines.size() - MOST_LINES));
        }
        List<String> leaders = Leaders.of(placement);
        if (!leaders.isEmpty()) {
            text.append('\n');
        }
        leaders.stream()
                .limit(MOST_LEADERS)
                .forEach(sentence -> text.append(Text.clean(sentence)).append('\n'));
        if (leaders.size() > MOST_LEADERS) {
            text.append("and %d more groups\n".formatted(leaders.size() - MOST_LEADERS));
        }
        placement.unplaced().stream()
                .limit(MOST_LEADERS)
                .forEach(one -> text.append("in no chart: %s, because it %s\n"
                        .formatted(Text.clean(ResultsPage.label(one.result())), Text.clean(one.why()))));
        if (placement.unplaced().size() > MOST_LEADERS) {
            text.append("and %d more\n".formatted(placement.unplaced().size() - MOST_LEADERS));
        }
        return text.toString();
    }

    private static String line(
            List<String> labels, List<String> scores, int index, NamedResult result, Placement.Row row) {
        int widest = Math.min(
                LONGEST_LABEL, labels.stream().mapToInt(String::length).max().orElse(0));
        int widestScore = scores.stream().mapToInt(String::length).max().orElse(0);
        return "  " + labels.get(index)
                + " ".repeat(Math.max(0, widest - labels.get(index).length()) + 2)
                + " ".repeat(widestScore - scores.get(index).length())
                + scores.get(index) + "  " + ResultsPage.interval(row.score()) + (result.isPooled() ? " pooled" : "");
    }

    /** The same for GitHub; links lead to the charts beside it. */
    static String markdown(Results results, Placement placement, List<Chart> charts, List<String> warnings) {
        StringBuilder text = new StringBuilder("# ")
                .append(MarkdownText.prose(results.title()))
                .append("\n\n")
                .append(ResultsPage.extent(results, placement))
                .append(".\n\n");
        warnings.forEach(
                warning -> text.append("> ").append(MarkdownText.prose(warning)).append("\n\n"));
        placement.taken().stream()
                .limit(MOST_LEADERS)
                .forEach(sentence ->
                        text.append("- ").append(MarkdownText.prose(sentence)).append('\n'));
        List<String> leaders = Leaders.of(placement);
        if (!leaders.isEmpty()) {
            text.append("\n## What leads\n\n");
            leaders.stream()
                    .limit(MOST_LEADERS)
                    .forEach(sentence -> text.append("- ")
                            .append(MarkdownText.prose(sentence))
                            .append('\n'));
        }
        if (leaders.size() > MOST_LEADERS) {
            text.append("- and %d more groups\n".formatted(leaders.size() - MOST_LEADERS));
        }
        boolean runs = results.sources().size() > 1;
        boolean speedups = !placement.speedups().isEmpty();
        text.append("\n## Results\n\n").append(head(runs, speedups));
        placement.results().stream()
                .limit(MOST_ROWS)
                .takeWhile(_ -> text.length() < RunMarkdown.LONGEST)
                .forEach(result -> text.append(row(result, placement, runs, speedups)));
        int more = placement.results().size() - MOST_ROWS;
        if (more > 0) {
            text.append("\nThe first %d of %d; the others stand in the files.\n"
                    .formatted(MOST_ROWS, placement.results().size()));
        }
        return text.append(RunMarkdown.links(charts)).toString();
    }

    private static String head(boolean runs, boolean speedups) {
        return "| benchmark |" + (runs ? " run |" : "") + " parameters | score | interval |"
                + (speedups ? " over serial | interval |" : "") + " forks | better |\n"
                + "|---|" + (runs ? "---|" : "") + "---|---:|---|" + (speedups ? "---:|---|" : "") + "---:|---|\n";
    }

    private static String row(NamedResult result, Placement placement, boolean runs, boolean speedups) {
        List<String> cells = new ArrayList<>();
        cells.add(MarkdownText.cell(result.benchmark()));
        if (runs) {
            cells.add(MarkdownText.cell(result.run()));
        }
        cells.add(MarkdownText.cell(ResultsPage.parameters(result)));
        cells.add(Numbers.value(result.score()) + " "
                + MarkdownText.cell(result.measured().unit()));
        cells.add(result.score().isBounded() ? Numbers.interval(result.score()) : "none");
        if (speedups) {
            var speedup = placement.speedups().get(result);
            cells.add(speedup == null ? "" : Numbers.value(speedup) + "×");
            cells.add(speedup == null || speedup.low() == speedup.high() ? "" : ResultsPage.interval(speedup));
        }
        cells.add(result.forks());
        cells.add(result.quantity().better().replace(" is better", ""));
        return MarkdownText.row(cells);
    }
}
