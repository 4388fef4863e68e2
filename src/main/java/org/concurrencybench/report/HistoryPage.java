package org.concurrencybench.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.concurrencybench.sample.HistoryEntry;

/** The page of a history: one file, nothing fetched, a chart for each benchmark; each text goes through {@link Text#escape}. */
public final class HistoryPage {

    private HistoryPage() {}

    /** A change with the line that it is in. */
    private record Found(History.Case one, History.Line line, History.Change change) {

        HistoryEntry first() {
            return line.entries().get(change.at());
        }
    }

    /**
     * Writes the page, and each chart as SVG and PNG where this machine has fonts.
     *
     * @param directory is created, with its parents
     * @throws IOException where a file cannot be written
     */
    public static WrittenReport write(Path directory, History history) throws IOException {
        Files.createDirectories(directory);
        List<String> warnings = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        List<ChartFiles> drawings = new ArrayList<>();
        Optional<Typeface> typeface = ReportWriter.typeface(warnings);
        if (typeface.isPresent()) {
            for (Chart chart : charts(history, typeface.get())) {
                ChartFiles drawn = ChartFiles.draw(chart, typeface.get());
                files.addAll(ReportWriter.put(directory, drawn));
                drawings.add(drawn);
            }
        }
        Path page = ReportWriter.put(
                directory.resolve(ReportWriter.PAGE), page(history, drawings).getBytes(StandardCharsets.UTF_8));
        return new WrittenReport(page, files, warnings);
    }

    /** What changed, one line each, for a terminal. */
    public static String text(History history) {
        List<Found> found = found(history);
        String lines = found.stream()
                .map(one -> "  %7s  %s  %s  %s%n"
                        .formatted(
                                ChangeText.percent(one.change().worsening()),
                                one.first().commit(),
                                one.first().date(),
                                Text.clean(
                                        one.one().benchmark() + " " + one.one().label())))
                .collect(Collectors.joining());
        return "%s%d change%s in %d cases%n"
                .formatted(
                        lines,
                        found.size(),
                        found.size() == 1 ? "" : "s",
                        history.cases().size());
    }

    private static List<Found> found(History history) {
        List<Found> all = new ArrayList<>();
        for (History.Case one : history.cases()) {
            for (History.Line line : one.lines()) {
                line.changes().forEach(change -> all.add(new Found(one, line, change)));
            }
        }
        return all.stream()
                .sorted((a, b) -> b.first().date().compareTo(a.first().date()))
                .toList();
    }

    private static List<Chart> charts(History history, Typeface typeface) {
        Map<String, List<History.Case>> byBenchmark = new LinkedHashMap<>();
        history.cases()
                .forEach(one -> byBenchmark
                        .computeIfAbsent(one.benchmark(), _ -> new ArrayList<>())
                        .add(one));
        List<Chart> charts = new ArrayList<>();
        byBenchmark.forEach((benchmark, cases) -> charts.add(new Chart(
                Part.CURVES,
                "history-" + (charts.size() + 1),
                benchmark + " over commits.",
                describe(cases),
                new HistorySheet(typeface, simple(benchmark) + " over commits", cases))));
        return charts;
    }

    /** Class and method. */
    private static String simple(String benchmark) {
        String[] parts = benchmark.split("\\.", -1);
        return parts.length < 2 ? benchmark : parts[parts.length - 2] + "." + parts[parts.length - 1];
    }

    private static String describe(List<History.Case> cases) {
        return cases.stream()
                .flatMap(one -> one.lines().stream()
                        .map(line -> "%s on %s: %d commits, %s"
                                .formatted(
                                        one.label(),
                                        line.label(),
                                        line.entries().size(),
                                        line.changes().isEmpty()
                                                ? "no change"
                                                : line.changes().stream()
                                                        .map(change -> "%s from %s on"
                                                                .formatted(
                                                                        ChangeText.percent(change.worsening()),
                                                                        line.entries()
                                                                                .get(change.at())
                                                                                .commit()))
                                                        .collect(Collectors.joining(", ")))))
                .collect(Collectors.joining("; "));
    }

    private static String page(History history, List<ChartFiles> drawings) {
        ChartStyles styles = new ChartStyles();
        Markup drawn = new Markup();
        drawings.forEach(chart -> ChartFigure.write(drawn, chart));
        String figures = styles.adopt(drawn.toString());
        StringBuilder html = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n")
                .append(PageStyle.head("What changed over time?", styles))
                .append("<body>\n<a class=\"skip\" href=\"#main\">To the changes</a>\n")
                .append("<header>\n<h1>What changed over time?</h1>\n</header>\n<main id=\"main\" tabindex=\"-1\">\n")
                .append("<section aria-label=\"Changes\">\n")
                .append(table(found(history)))
                .append("</section>\n");
        if (!figures.isEmpty()) {
            html.append("<section aria-label=\"Charts\">\n").append(figures).append("</section>\n");
        }
        return html.append("""
                        <section aria-labelledby="reading">
                        <h2 id="reading">How to read this</h2>
                        <p>A change is a commit from which on a case's scores differ from those before it by more than chance: \
                        E-divisive means (Matteson and James 2014, doi:10.1080/01621459.2013.849605), each cut significant at 1%. \
                        Fewer than three commits are no level. Scores of different machines, JDKs or kinds of work are never \
                        joined into one line.</p>
                        </section>
                        </main>
                        </body>
                        </html>
                        """).toString();
    }

    private static String table(List<Found> found) {
        if (found.isEmpty()) {
            return "<p>No case changed.</p>\n";
        }
        StringBuilder html = new StringBuilder("""
                <h2 id="changes">Changes, the latest first</h2>
                <div class="scroll" tabindex="0" role="group" aria-labelledby="changes">
                <table class="cases">
                <caption>Every commit from which on a case is slower or faster</caption>
                <thead><tr><th scope="col" class="number">Change (above 0 is worse)</th><th scope="col">Commit</th>\
                <th scope="col">Date</th><th scope="col">Case</th><th scope="col">Machine</th></tr></thead>
                <tbody>
                """);
        for (Found one : found) {
            html.append(
                    ("<tr><th scope=\"row\" class=\"number\">%s</th><td>%s</td><td>%s</td><td class=\"long\">%s</td>"
                                    + "<td class=\"note\">%s</td></tr>\n")
                            .formatted(
                                    ChangeText.percent(one.change().worsening()),
                                    Text.escape(
                                            HistorySheet.shortened(one.first().commit())),
                                    LocalDate.ofInstant(one.first().date(), ZoneOffset.UTC),
                                    Text.escape(one.one().benchmark() + " "
                                            + one.one().label()),
                                    Text.escape(one.line().label())));
        }
        return html.append("</tbody>\n</table>\n</div>\n").toString();
    }
}
