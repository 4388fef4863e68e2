package org.concurrencybench.report;

import java.util.List;
import java.util.Locale;
import org.concurrencybench.sample.FailedCase;

/**
 * The page of a run: one file without a script, a link to another file or anything fetched. Each text goes through
 * {@link Text#escape}; markup comes from here and from the drawn charts alone.
 */
final class HtmlPage {

    private final RunReport report;
    private final List<ChartFiles> charts;
    private final List<String> warnings;
    private final Cases cases;
    private final Markup html = new Markup();

    HtmlPage(RunReport report, List<ChartFiles> charts, List<String> warnings) {
        this.report = report;
        this.charts = charts;
        this.warnings = warnings;
        this.cases = Cases.of(report.summaries(), report.failures());
    }

    String render() {
        html.line("<!DOCTYPE html>");
        html.line("<html lang=\"en\">");
        html.line("<head>");
        html.line("<meta charset=\"utf-8\">");
        html.line("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        html.line("<title>%s: which way of running work is fastest?</title>", report.run());
        // The browser's own request for an icon would be the only one that this page makes.
        html.line("<link rel=\"icon\" href=\"data:,\">");
        html.raw(PageStyle.element());
        html.line("</head>");
        html.line("<body>");
        appendHeader();
        html.line("<main>");
        for (Part part : Part.values()) {
            append(part);
        }
        html.line("</main>");
        html.line("<footer><p>Run %s, %s, %s.</p></footer>", report.run(), report.machine(), report.takenOn());
        html.line("</body>");
        html.line("</html>");
        return html.toString();
    }

    private void appendHeader() {
        html.line("<header>");
        html.line("<h1>Which way of running work is fastest?</h1>");
        html.line(
                "<p class=\"taken\">Run <strong>%s</strong> on %s, %s</p>",
                report.run(), report.machine(), report.takenOn());
        for (String warning : warnings) {
            html.line("<p class=\"warning\">%s</p>", warning);
        }
        html.line("</header>");
    }

    private void append(Part part) {
        switch (part) {
            case ANSWERS -> appendAnswers();
            case CURVES -> {
                List<String> findings = Findings.of(report.summaries());
                section(part, !findings.isEmpty(), () -> appendFindings(findings));
            }
            case CASES -> section(part, true, this::appendCases);
            case TEXTBOOK -> section(part, !report.replay().isEmpty(), () -> ReplayTable.write(html, report.replay()));
            case MACHINE -> {
                section(part, !report.facts().isEmpty(), this::appendFacts);
                appendReadingHelp();
            }
            case KINDS, MAP, COST, CHILD_JVMS, TIMELINES -> section(part, false, () -> {});
        }
    }

    /** A heading, what there is to say, and the part's charts; nothing at all where there is neither text nor chart. */
    private void section(Part part, boolean hasText, Runnable text) {
        List<ChartFiles> ofPart =
                charts.stream().filter(drawn -> drawn.chart().part() == part).toList();
        if (!hasText && ofPart.isEmpty()) {
            return;
        }
        html.line("<section aria-labelledby=\"%s\">", part.id());
        html.line("<h2 id=\"%s\">%s</h2>", part.id(), part.heading());
        ofPart.forEach(this::appendChart);
        if (hasText) {
            text.run();
        }
        html.line("</section>");
    }

    private void appendChart(ChartFiles chart) {
        html.line("<figure>");
        html.line("<div class=\"chart\" tabindex=\"0\" role=\"group\" aria-label=\"%s\">", "Chart, scrolls sideways");
        html.raw(chart.svg());
        html.line("</div>");
        html.line("<figcaption>%s</figcaption>", chart.chart().caption());
        html.line("</figure>");
    }

    private void appendCases() {
        if (report.summaries().isEmpty()) {
            html.line("<p>No case was measured.</p>");
        } else {
            CaseTable.write(html, report.summaries(), cases);
        }
        appendFailures();
    }

    private void appendAnswers() {
        List<Answer> answers = Answers.of(report.summaries());
        if (answers.isEmpty()) {
            return;
        }
        html.line("<section aria-label=\"Answers\">");
        html.line("<ul class=\"answers\">");
        for (Answer answer : answers) {
            // The sentence stands alone elsewhere; under its heading it need not name the kind again.
            int colon = answer.sentence().indexOf(": ");
            String rest = answer.sentence().substring(colon + 2);
            html.line(
                    "<li><h2>%s</h2><p>%s</p></li>",
                    answer.kind(), rest.substring(0, 1).toUpperCase(Locale.ROOT) + rest.substring(1));
        }
        html.line("</ul>");
        html.line("</section>");
    }

    private void appendFindings(List<String> findings) {
        html.line("<ul class=\"notes\">");
        for (String finding : findings) {
            html.line("<li>%s</li>", finding);
        }
        html.line("</ul>");
    }

    private void appendFailures() {
        if (report.failures().isEmpty()) {
            return;
        }
        html.line("<h3 id=\"failures\">Failed cases</h3>");
        html.line("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-labelledby=\"failures\">");
        html.line("<table>");
        html.line("<thead><tr><th scope=\"col\">Case</th><th scope=\"col\" class=\"number\">Fork</th>"
                + "<th scope=\"col\">Reason</th></tr></thead>");
        html.line("<tbody>");
        for (FailedCase failure : report.failures()) {
            html.line(
                    "<tr><th scope=\"row\" class=\"long\">%s</th><td class=\"number\">%s</td><td class=\"long\">%s</td></tr>",
                    failure.key().label(), Integer.toString(failure.fork()), failure.reason());
        }
        html.line("</tbody>");
        html.line("</table>");
        html.line("</div>");
    }

    private void appendFacts() {
        html.line("<div class=\"scroll\">");
        html.line("<table class=\"facts\">");
        html.line("<tbody>");
        for (RunReport.Fact fact : report.facts()) {
            html.line("<tr><th scope=\"row\">%s</th><td>%s</td></tr>", fact.name(), fact.value());
        }
        html.line("</tbody>");
        html.line("</table>");
        html.line("</div>");
    }

    private void appendReadingHelp() {
        html.line("<section aria-labelledby=\"reading\">");
        html.line("<h2 id=\"reading\">How to read this</h2>");
        html.line("<dl>");
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
        html.line("</dl>");
        if (!report.notes().isEmpty()) {
            html.line("<ul class=\"notes\">");
            for (String note : report.notes()) {
                html.line("<li>%s</li>", note);
            }
            html.line("</ul>");
        }
        html.line("</section>");
    }

    private String confidence() {
        return report.summaries().stream()
                .map(summary -> Numbers.percent(summary.score().confidence()))
                .distinct()
                .reduce((a, b) -> a + " or " + b)
                .orElse("95%");
    }

    private void term(String term, String meaning) {
        html.line("<dt>%s</dt><dd>%s</dd>", term, meaning);
    }
}
