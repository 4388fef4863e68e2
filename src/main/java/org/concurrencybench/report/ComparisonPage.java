package org.concurrencybench.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.concurrencybench.comparison.CaseComparison;
import org.concurrencybench.comparison.Comparison;

/** The page of a comparison: one file, nothing fetched, with the chart in it; each text goes through {@link Text#escape}. */
public final class ComparisonPage {

    private ComparisonPage() {}

    /**
     * Writes the page, and the chart as SVG and PNG where a change was judged and this machine has fonts.
     *
     * @param directory is created, with its parents
     * @throws IOException where a file cannot be written
     */
    public static WrittenReport write(Path directory, Comparison comparison) throws IOException {
        Files.createDirectories(directory);
        List<String> warnings = new ArrayList<>();
        List<Path> charts = new ArrayList<>();
        Optional<ChartFiles> drawn = draw(comparison, warnings);
        if (drawn.isPresent()) {
            charts.addAll(ReportWriter.put(directory, drawn.get()));
        }
        Path page = ReportWriter.put(
                directory.resolve(ReportWriter.PAGE), page(comparison, drawn).getBytes(StandardCharsets.UTF_8));
        return new WrittenReport(page, charts, warnings);
    }

    private static Optional<ChartFiles> draw(Comparison comparison, List<String> warnings) throws IOException {
        Optional<Typeface> typeface = ReportWriter.typeface(warnings);
        Optional<Chart> chart = typeface.flatMap(found -> ForestChart.of(comparison, found));
        return chart.isEmpty() ? Optional.empty() : Optional.of(ChartFiles.draw(chart.get(), typeface.orElseThrow()));
    }

    private static String page(Comparison comparison, Optional<ChartFiles> chart) {
        ChartStyles styles = new ChartStyles();
        Markup drawing = new Markup();
        chart.ifPresent(drawn -> ChartFigure.write(drawing, drawn));
        String figure = styles.adopt(drawing.toString());
        StringBuilder html = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n")
                .append(PageStyle.head("What got slower?", styles))
                .append("<body>\n<a class=\"skip\" href=\"#main\">To the verdicts</a>\n")
                .append("<header>\n<h1>What got slower?</h1>\n");
        html.append("<p class=\"taken\">Candidate <strong>%s</strong> against baseline <strong>%s</strong></p>\n"
                .formatted(Text.escape(candidate(comparison)), Text.escape(baseline(comparison))));
        comparison
                .warnings()
                .forEach(line -> html.append("<p class=\"warning\">%s</p>\n".formatted(Text.escape(line))));
        html.append("</header>\n<main id=\"main\" tabindex=\"-1\">\n");
        html.append("<section aria-label=\"Verdicts\">\n<p>%s.</p>\n"
                .formatted(Text.escape(ChangeText.summary(comparison))));
        html.append(figure);
        html.append("""
                </section>
                <section aria-labelledby="cases">
                <h2 id="cases">All cases</h2>
                <div class="scroll" tabindex="0" role="group" aria-labelledby="cases">
                <table class="cases comparison">
                <caption>Every case: its verdict, the change and the change's interval</caption>
                <thead><tr><th scope="col">Verdict</th><th scope="col">Case</th><th scope="col" class="number">Change</th>\
                <th scope="col">Interval</th><th scope="col">Forks</th><th scope="col">Note</th></tr></thead>
                <tbody>
                """);
        comparison.cases().forEach(one -> html.append(row(one)));
        html.append("</tbody>\n</table>\n</div>\n");
        comparison.notes().forEach(line -> html.append("<p>%s</p>\n".formatted(Text.escape(line))));
        html.append("""
                </section>
                <section aria-labelledby="reading">
                <h2 id="reading">How to read this</h2>
                <p>The change is that of the score: candidate over baseline, less 1. A verdict follows from its whole interval: \
                regressed or improved where all of it lies beyond the threshold, unchanged where all of it lies within, \
                undecided where it crosses the threshold, so that more forks are needed.</p>
                </section>
                </main>
                </body>
                </html>
                """);
        return html.toString();
    }

    /** The baseline's name; of a file, only the directories that tell it from the candidate's, since pages are passed on. */
    static String baseline(Comparison comparison) {
        return comparison.baseline().substring(alike(comparison.baseline(), comparison.candidate()));
    }

    /** The candidate's name in the same way. */
    static String candidate(Comparison comparison) {
        return comparison.candidate().substring(alike(comparison.baseline(), comparison.candidate()));
    }

    /** How many letters of two absolute paths are directories that they share. */
    private static int alike(String one, String other) {
        if (!Path.of(one).isAbsolute() || !Path.of(other).isAbsolute()) {
            return 0;
        }
        int first = 0;
        while (first < Math.min(one.length(), other.length()) && one.charAt(first) == other.charAt(first)) {
            first++;
        }
        // Of the same file the name is left.
        return Math.max(0, one.replace('\\', '/').lastIndexOf('/', first - 1) + 1);
    }

    private static String row(CaseComparison one) {
        return ("<tr><th scope=\"row\">%s</th><td class=\"long\">%s</td><td class=\"number\">%s</td>"
                        + "<td class=\"interval\">%s</td><td>%s</td><td class=\"note\">%s</td></tr>\n")
                .formatted(
                        one.verdict().label(),
                        Text.escape(one.label() + " (" + one.mode() + ")"),
                        one.change()
                                .map(change -> ChangeText.percent(change.value()))
                                .orElse(""),
                        ChangeText.interval(one),
                        ChangeText.forks(one),
                        Text.escape(one.note()));
    }
}
