package org.concurrencybench.report;

import java.util.ArrayList;
import java.util.List;
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
    /** What stands in the main element. */
    private final Markup html = new Markup();

    private final Extent.Embedding embedding = new Extent.Embedding();

    HtmlPage(RunReport report, List<ChartFiles> charts, List<String> warnings) {
        this.report = report;
        this.charts = charts;
        this.warnings = warnings;
        this.cases = Cases.of(report.summaries(), report.failures());
    }

    String render() {
        List<Part> written = new ArrayList<>();
        for (Part part : Part.values()) {
            int before = html.bytes();
            append(part);
            if (html.bytes() > before) {
                written.add(part);
            }
        }
        ChartStyles styles = new ChartStyles();
        String main = styles.adopt(html.toString());
        Markup page = new Markup();
        page.line("<!DOCTYPE html>");
        page.line("<html lang=\"en\">");
        page.raw(PageStyle.head(report.run() + ": which way of running work is fastest?", styles));
        page.line("<body>");
        page.line("<a class=\"skip\" href=\"#main\">To the answers</a>");
        appendHeader(page, written);
        page.line("<main id=\"main\" tabindex=\"-1\">");
        page.raw(main);
        page.line("</main>");
        page.line("<footer><p>Run %s, %s, %s.</p></footer>", report.run(), report.machine(), report.takenOn());
        page.line("</body>");
        page.line("</html>");
        return page.toString();
    }

    private void appendHeader(Markup page, List<Part> written) {
        page.line("<header>");
        page.line("<h1>Which way of running work is fastest?</h1>");
        page.line(
                "<p class=\"taken\">Run <strong>%s</strong> on %s, %s</p>",
                report.run(), report.machine(), report.takenOn());
        for (String warning : warnings) {
            page.line("<p class=\"warning\">%s</p>", warning);
        }
        page.line("<nav aria-label=\"Contents\">");
        page.line("<ul>");
        for (Part part : written) {
            page.line("<li><a href=\"#%s\">%s</a></li>", part.id(), part.heading());
        }
        page.line("</ul>");
        page.line("</nav>");
        page.line("</header>");
    }

    private void append(Part part) {
        switch (part) {
            case OWN -> section(part, !report.advice().isEmpty(), () -> OwnPart.write(html, report.advice()));
            case ANSWERS -> appendAnswers();
            case CURVES -> {
                List<String> findings = Findings.of(report.summaries());
                section(part, !findings.isEmpty(), () -> appendFindings(findings));
            }
            case LESSONS -> section(part, !report.glossary().lessons().isEmpty(), this::appendLessons);
            case CASES -> section(part, true, this::appendCases);
            case TEXTBOOK ->
                section(part, !report.replay().rows().isEmpty(), () -> ReplayTable.write(html, report.replay()));
            case MACHINE -> section(part, true, () -> MachinePart.write(html, report));
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
        ofPart.forEach(chart -> embedding.append(html, chart));
        if (hasText) {
            text.run();
        }
        html.line("</section>");
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
        html.line("<section id=\"answers\" aria-label=\"Answers\">");
        AnswerCards.write(html, answers, report.glossary());
        html.line("</section>");
    }

    private void appendLessons() {
        html.line("<ul class=\"notes\">");
        for (Glossary.Term lesson : report.glossary().lessons()) {
            html.line("<li><strong>%s</strong>: %s.</li>", lesson.name(), lesson.meaning());
        }
        html.line("</ul>");
    }

    private void appendFindings(List<String> findings) {
        html.line("<p>%s</p>", Findings.READING);
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
        html.line("<caption>Failed cases and the reason of each</caption>");
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
}
