package org.concurrencybench.report;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.sample.FailedCase;
import org.concurrencybench.statistics.Estimate;

/**
 * The page of a run: one file without a script, a link to another file or anything fetched. Each text goes through
 * {@link Text#escape}; markup comes from here and from the drawn charts alone.
 */
final class HtmlPage {

    static final String STYLE = """
            :root {
              color-scheme: light dark;
              --paper: #fcfcfa; --card: #ffffff; --ink: #1d2125; --soft: #5a626b; --line: #e0e3e6; --accent: #0b5c94;
            }
            @media (prefers-color-scheme: dark) {
              :root {
                --paper: #14171a; --card: #1d2125; --ink: #e7e9ec; --soft: #a3abb4; --line: #343b42; --accent: #7fbde8;
              }
            }
            * { box-sizing: border-box; }
            html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
            body {
              margin: 0; background: var(--paper); color: var(--ink);
              font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif;
              overflow-wrap: anywhere;
            }
            main, header, footer { max-width: 80rem; margin: 0 auto; padding: 0 clamp(1rem, 4vw, 2.5rem); }
            header { padding-top: clamp(1.75rem, 5vw, 3.5rem); }
            footer { padding-bottom: 3rem; color: var(--soft); font-size: .875rem; }
            h1 {
              margin: 0 0 .35rem; font-size: clamp(1.6rem, 4.2vw, 2.5rem); line-height: 1.15; letter-spacing: -.02em;
              text-wrap: balance;
            }
            h2 { margin: 3rem 0 1rem; font-size: 1.3rem; line-height: 1.25; letter-spacing: -.01em; }
            p { margin: 0 0 .75rem; max-width: 46rem; }
            .taken { margin: 0; max-width: none; color: var(--soft); }
            .warning { border-left: 4px solid #c98600; padding: .5rem 1rem; background: var(--card); margin-top: 1.5rem; }
            .answers { display: grid; gap: 1rem; margin: 2rem 0 0; padding: 0; list-style: none;
              grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); }
            .answers li { background: var(--card); border: 1px solid var(--line); border-top: 3px solid var(--accent);
              border-radius: .5rem; padding: 1rem 1.25rem 1.1rem; }
            .answers h2 { margin: 0 0 .3rem; font-size: .8125rem; font-weight: 600; letter-spacing: .05em;
              text-transform: uppercase; color: var(--accent); }
            .answers p { margin: 0; }
            figure { margin: 0 0 2.25rem; }
            figcaption { margin-top: .6rem; color: var(--soft); font-size: .9rem; max-width: 46rem; }
            .chart { overflow-x: auto; background: #ffffff; border: 1px solid var(--line); border-radius: .5rem; }
            .chart svg { display: block; width: 100%; min-width: 46rem; max-width: 75rem; height: auto; margin: 0 auto; }
            .scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: .5rem; background: var(--card); }
            .chart:focus-visible, .scroll:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
            table { border-collapse: collapse; width: 100%; font-size: .9rem; font-variant-numeric: tabular-nums; }
            .cases { overflow-wrap: normal; }
            th, td { padding: .45rem .8rem; text-align: left; vertical-align: baseline; border-top: 1px solid var(--line); }
            thead th { border-top: 0; color: var(--soft); font-weight: 600; white-space: nowrap; }
            tbody th { font-weight: 500; }
            .cases tbody th[scope=row] { white-space: nowrap; }
            tbody th[scope=rowgroup] { padding-top: 1.1rem; font-weight: 600; }
            .kind { color: var(--accent); margin-right: .4em; }
            .params { color: var(--soft); font-weight: 400; }
            .number { text-align: right; white-space: nowrap; }
            .interval { color: var(--soft); white-space: nowrap; padding-left: 0; }
            .note { min-width: 10rem; color: var(--soft); }
            .facts th { width: 16rem; color: var(--soft); }
            .long { max-width: 30rem; min-width: 12rem; white-space: normal; overflow-wrap: anywhere; }
            dl { margin: 0 0 1.25rem; max-width: 46rem; }
            dt { font-weight: 600; }
            dd { margin: 0 0 .75rem; }
            ul.notes { padding-left: 1.2rem; max-width: 46rem; }
            ul.notes li { margin-bottom: .4rem; }
            @media (max-width: 34rem) {
              .facts th, .facts td { display: block; width: auto; border-top: 0; padding-block: 0; }
              .facts tr { display: block; border-top: 1px solid var(--line); padding-block: .5rem; }
              .facts tr:first-child { border-top: 0; }
            }
            @media print {
              :root { --paper: #fff; --card: #fff; --ink: #000; --soft: #444; --line: #bbb; --accent: #0b5c94; }
              body { font-size: 10pt; }
              main, header, footer { max-width: none; padding-inline: 0; }
              .chart, .scroll { overflow: visible; border: 0; }
              .chart svg { min-width: 0; }
              figure, .answers li, tr, dd { break-inside: avoid; }
              h2, thead, tbody th[scope=rowgroup] { break-after: avoid; }
              .cases { font-size: 8pt; }
              .cases th, .cases td { padding: .2rem .35rem; }
            }
            """;

    private final RunReport report;
    private final List<ChartFiles> charts;
    private final List<String> warnings;
    private final Cases cases;
    private final StringBuilder html = new StringBuilder();

    HtmlPage(RunReport report, List<ChartFiles> charts, List<String> warnings) {
        this.report = report;
        this.charts = charts;
        this.warnings = warnings;
        this.cases = Cases.of(report.summaries(), report.failures());
    }

    String render() {
        line("<!DOCTYPE html>");
        line("<html lang=\"en\">");
        line("<head>");
        line("<meta charset=\"utf-8\">");
        line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        line("<title>%s: which way of running work is fastest?</title>", report.run());
        // The browser's own request for an icon would be the only one that this page makes.
        line("<link rel=\"icon\" href=\"data:,\">");
        html.append("<style>\n").append(STYLE).append("</style>\n");
        line("</head>");
        line("<body>");
        appendHeader();
        line("<main>");
        appendAnswers();
        appendReplay();
        appendFindings();
        appendCharts();
        appendCases();
        appendFailures();
        appendFacts();
        appendReadingHelp();
        line("</main>");
        line("<footer><p>Run %s, %s, %s.</p></footer>", report.run(), report.machine(), report.takenOn());
        line("</body>");
        line("</html>");
        return html.toString();
    }

    private void appendHeader() {
        line("<header>");
        line("<h1>Which way of running work is fastest?</h1>");
        line(
                "<p class=\"taken\">Run <strong>%s</strong> on %s, %s</p>",
                report.run(), report.machine(), report.takenOn());
        for (String warning : warnings) {
            line("<p class=\"warning\">%s</p>", warning);
        }
        line("</header>");
    }

    private void appendAnswers() {
        List<Answer> answers = Answers.of(report.summaries());
        if (answers.isEmpty()) {
            return;
        }
        line("<section aria-label=\"Answers\">");
        line("<ul class=\"answers\">");
        for (Answer answer : answers) {
            // The sentence stands alone elsewhere; under its heading it need not name the kind again.
            int colon = answer.sentence().indexOf(": ");
            String rest = answer.sentence().substring(colon + 2);
            line(
                    "<li><h2>%s</h2><p>%s</p></li>",
                    answer.kind(), rest.substring(0, 1).toUpperCase(Locale.ROOT) + rest.substring(1));
        }
        line("</ul>");
        line("</section>");
    }

    private void appendReplay() {
        if (report.replay().isEmpty()) {
            return;
        }
        boolean hasCPython =
                report.replay().stream().anyMatch(row -> row.cpython().isPresent());
        line("<section aria-labelledby=\"replay\">");
        line("<h2 id=\"replay\">The textbook's programs: published, here, ideal</h2>");
        line(
                "<p>Published seconds were taken by their authors on machines of theirs: beside programs that sleep they mean "
                        + "something, beside programs that compute little. %s</p>",
                hasCPython
                        ? "CPython was run on this machine, timed around the same region."
                        : "There is no column for CPython, because it was not run: python3 or its program was not there.");
        line("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-labelledby=\"replay\">");
        line("<table>");
        line("<thead><tr><th scope=\"col\">Row</th><th scope=\"col\">Program</th><th scope=\"col\">Way</th>"
                + "<th scope=\"col\" class=\"number\">Published</th><th scope=\"col\" class=\"number\">Here</th>"
                + "<th scope=\"col\" class=\"number\">Ideal</th>"
                + (hasCPython ? "<th scope=\"col\" class=\"number\">CPython here</th>" : "")
                + "</tr></thead>");
        line("<tbody>");
        for (ReplayRow row : report.replay()) {
            line("<tr><td>%s</td><th scope=\"row\">%s</th><td>%s</td>", row.row(), row.program(), row.way());
            for (String cell : List.of(row.published(), row.hereText(), row.idealText())) {
                line("<td class=\"number\">%s</td>", cell);
            }
            line(
                    hasCPython ? "<td class=\"number\">%s</td></tr>" : "</tr>",
                    hasCPython ? new String[] {row.cpythonText()} : new String[0]);
        }
        line("</tbody>");
        line("</table>");
        line("</div>");
        line("</section>");
    }

    private void appendFindings() {
        List<String> findings = Findings.of(report.summaries());
        if (findings.isEmpty()) {
            return;
        }
        line("<section aria-labelledby=\"findings\">");
        line("<h2 id=\"findings\">What the curves come to</h2>");
        line("<ul class=\"notes\">");
        for (String finding : findings) {
            line("<li>%s</li>", finding);
        }
        line("</ul>");
        line("</section>");
    }

    private void appendCharts() {
        if (charts.isEmpty()) {
            return;
        }
        line("<section aria-labelledby=\"charts\">");
        line("<h2 id=\"charts\">Charts</h2>");
        for (ChartFiles chart : charts) {
            line("<figure>");
            line("<div class=\"chart\" tabindex=\"0\" role=\"group\" aria-label=\"%s\">", "Chart, scrolls sideways");
            html.append(chart.svg());
            line("</div>");
            line("<figcaption>%s</figcaption>", chart.chart().caption());
            line("</figure>");
        }
        line("</section>");
    }

    private void appendCases() {
        List<CaseSummary> summaries = report.summaries();
        if (summaries.isEmpty()) {
            line("<p>No case was measured.</p>");
            return;
        }
        List<Column> columns = Column.all().stream()
                .filter(column -> column.always()
                        || summaries.stream()
                                .anyMatch(
                                        summary -> !column.cell().apply(summary).isEmpty()))
                .toList();
        line("<section aria-labelledby=\"cases\">");
        line("<h2 id=\"cases\">All cases</h2>");
        line("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-labelledby=\"cases\">");
        line("<table class=\"cases\">");
        html.append("<thead><tr><th scope=\"col\">Model</th>");
        for (Column column : columns) {
            append("<th scope=\"col\" class=\"%s\">%s</th>", column.style(), column.name());
        }
        line("</tr></thead>");
        for (Cases.Group group : cases.groups()) {
            if (!group.summaries().isEmpty()) {
                appendGroup(group, columns);
            }
        }
        line("</table>");
        line("</div>");
        line("</section>");
    }

    private void appendGroup(Cases.Group group, List<Column> columns) {
        line("<tbody>");
        html.append("<tr><th scope=\"rowgroup\" colspan=\"").append(columns.size() + 1);
        line(
                "\"><span class=\"kind\">%s</span> %s <span class=\"params\">%s</span></th></tr>",
                group.kind(), group.workload(), group.parameters());
        for (CaseSummary summary : group.summaries()) {
            String model = summary.key().model();
            html.append("<tr>");
            append("<th scope=\"row\">%s</th>", model.isEmpty() ? "(no model)" : model);
            for (Column column : columns) {
                append("<td class=\"%s\">%s</td>", column.style(), column.cell().apply(summary));
            }
            line("</tr>");
        }
        line("</tbody>");
    }

    private void appendFailures() {
        if (report.failures().isEmpty()) {
            return;
        }
        line("<section aria-labelledby=\"failures\">");
        line("<h2 id=\"failures\">Failed cases</h2>");
        line("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-labelledby=\"failures\">");
        line("<table>");
        line("<thead><tr><th scope=\"col\">Case</th><th scope=\"col\" class=\"number\">Fork</th>"
                + "<th scope=\"col\">Reason</th></tr></thead>");
        line("<tbody>");
        for (FailedCase failure : report.failures()) {
            line(
                    "<tr><th scope=\"row\" class=\"long\">%s</th><td class=\"number\">%s</td><td class=\"long\">%s</td></tr>",
                    failure.key().label(), Integer.toString(failure.fork()), failure.reason());
        }
        line("</tbody>");
        line("</table>");
        line("</div>");
        line("</section>");
    }

    private void appendFacts() {
        if (report.facts().isEmpty()) {
            return;
        }
        line("<section aria-labelledby=\"facts\">");
        line("<h2 id=\"facts\">Where and how it was measured</h2>");
        line("<div class=\"scroll\">");
        line("<table class=\"facts\">");
        line("<tbody>");
        for (RunReport.Fact fact : report.facts()) {
            line("<tr><th scope=\"row\">%s</th><td>%s</td></tr>", fact.name(), fact.value());
        }
        line("</tbody>");
        line("</table>");
        line("</div>");
        line("</section>");
    }

    private void appendReadingHelp() {
        line("<section aria-labelledby=\"reading\">");
        line("<h2 id=\"reading\">How to read this</h2>");
        line("<dl>");
        term(
                "Fork",
                "A JVM that JMH starts to measure one case. Each fork compiles and lays out memory in its own way, so "
                        + "forks, not the iterations within them, are what the statistics count.");
        term("Score", "The mean over forks of what a batch took, or of the rate, in the unit beside it.");
        term(
                "Interval",
                "[low, high]: where the true value lies with the stated confidence, %s. It is the narrower, the "
                                .formatted(confidence())
                        + "less the forks differ and the more of them there are. One fork has no interval, and its number is a look, "
                        + "not a measurement.");
        term(
                "Speed-up",
                "Serial's time over the model's time, for the same work: 2× is twice as fast as one thread, 0.5× "
                        + "half as fast. Serial itself is 1× by definition.");
        term(
                "Ideal",
                "The speed-up that the hardware allows: bounded by the longest chain of sleeps, by the number of "
                        + "cores, or 1 where all work stands under one lock.");
        term("Efficiency", "The share of the ideal that is reached.");
        line("</dl>");
        if (!report.notes().isEmpty()) {
            line("<ul class=\"notes\">");
            for (String note : report.notes()) {
                line("<li>%s</li>", note);
            }
            line("</ul>");
        }
        line("</section>");
    }

    private String confidence() {
        return report.summaries().stream()
                .map(summary -> Numbers.percent(summary.score().confidence()))
                .distinct()
                .reduce((a, b) -> a + " or " + b)
                .orElse("95%");
    }

    private void term(String term, String meaning) {
        line("<dt>%s</dt><dd>%s</dd>", term, meaning);
    }

    private void line(String markup, String... texts) {
        append(markup, texts);
        html.append('\n');
    }

    /** The only way for text to get into the page: each {@code %s} of our markup receives one escaped text. */
    private void append(String markup, String... texts) {
        String rest = markup;
        for (String text : texts) {
            int place = rest.indexOf("%s");
            html.append(rest, 0, place).append(Text.escape(text));
            rest = rest.substring(place + 2);
        }
        html.append(rest);
    }

    /**
     * A column of the table of cases.
     *
     * @param style class of its cells
     * @param always whether it stands there even if no case fills it
     * @param cell its text for a case, empty where there is nothing to say
     */
    private record Column(String name, String style, boolean always, Function<CaseSummary, String> cell) {

        private static final String NUMBER = "number";
        private static final String INTERVAL = "interval";

        static List<Column> all() {
            return List.of(
                    new Column(
                            "Parallelism",
                            NUMBER,
                            false,
                            summary -> summary.key()
                                    .params()
                                    .get(CaseKey.PARALLELISM)
                                    .orElse("")),
                    new Column("Score", NUMBER, true, summary -> Numbers.value(summary.score()) + " " + summary.unit()),
                    new Column("Interval", INTERVAL, true, summary -> interval(summary.score())),
                    new Column(
                            "Speed-up",
                            NUMBER,
                            true,
                            summary -> summary.speedup()
                                    .map(speedup -> Numbers.value(speedup) + "×")
                                    .orElse("")),
                    // Serial is 1 by definition, not by measurement.
                    new Column(
                            "Interval",
                            INTERVAL,
                            true,
                            summary -> summary.key().isReference()
                                    ? ""
                                    : summary.speedup().map(Column::interval).orElse("")),
                    new Column("Ideal", NUMBER, true, summary -> number(summary.ideal(), Numbers::ideal, "×")),
                    new Column(
                            "Efficiency", NUMBER, false, summary -> number(summary.efficiency(), Numbers::percent, "")),
                    new Column(
                            "Forks",
                            NUMBER,
                            true,
                            summary -> Integer.toString(summary.forks().count())),
                    new Column("CPU", NUMBER, false, summary -> number(summary.cpuMillis(), Numbers::plain, " ms")),
                    new Column(
                            "Memory", NUMBER, false, summary -> number(summary.rssMebibytes(), Numbers::plain, " MiB")),
                    new Column("Note", "note", false, CaseSummary::note));
        }

        private static String interval(Estimate estimate) {
            return estimate.isBounded() ? Numbers.interval(estimate) : "none";
        }

        private static String number(OptionalDouble number, DoubleFunction<String> format, String unit) {
            return number.isPresent() ? format.apply(number.getAsDouble()) + unit : "";
        }
    }
}
