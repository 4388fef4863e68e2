package org.concurrencybench.report;

import java.util.List;
import org.concurrencybench.report.RunReport.About;
import org.concurrencybench.report.RunReport.Fact;

/** The last part of a run's page: what it was measured on, how each number was made, and how to measure it again. */
final class MachinePart {

    private final Markup html;
    private final RunReport report;

    private MachinePart(Markup html, RunReport report) {
        this.html = html;
        this.report = report;
    }

    static void write(Markup html, RunReport report) {
        MachinePart part = new MachinePart(html, report);
        for (About about : About.values()) {
            List<Fact> facts = report.facts().stream()
                    .filter(fact -> fact.about() == about)
                    .toList();
            if (about == About.REPEAT) {
                part.writeReadingHelp();
                facts.forEach(part::writeCommand);
            } else if (!facts.isEmpty()) {
                part.writeTable(about, facts);
            }
        }
    }

    private void writeTable(About about, List<Fact> facts) {
        boolean meant = facts.stream().anyMatch(fact -> !fact.meaning().isEmpty());
        html.line("<h3>%s</h3>", about.heading());
        html.line("<div class=\"facts\">");
        html.line("<table>");
        html.line("<caption>%s</caption>", about.heading());
        html.line("<tbody>");
        for (Fact fact : facts) {
            html.append("<tr><th scope=\"row\">%s</th><td>%s</td>", fact.name(), fact.value());
            html.line(meant ? "<td>%s</td></tr>" : "</tr>", meant ? new String[] {fact.meaning()} : new String[0]);
        }
        html.line("</tbody>");
        html.line("</table>");
        html.line("</div>");
    }

    private void writeCommand(Fact fact) {
        html.line("<h3>%s</h3>", fact.about().heading());
        html.line("<pre class=\"command\" tabindex=\"0\"><code>%s</code></pre>", fact.value());
        html.line("<p>It measures the same cases in the same order, on the machine where it is called; "
                + "a word in capitals stands for a directory there.</p>");
    }

    private void writeReadingHelp() {
        html.line("<h3>How each number was made</h3>");
        html.line("<dl>");
        term(
                "Fork",
                "A JVM that JMH starts to measure one case. Each fork compiles and lays out memory in its own way, so "
                        + "forks, not the iterations within them, are what the statistics count. Forks of all cases come in "
                        + "random order, so that whatever the machine does hits all of them.");
        term(
                "Score",
                "What one batch took, or the rate: in each fork the median of its measured iterations, and over the forks "
                        + "the geometric mean of these. Warm-up iterations are in no figure.");
        term(
                "Interval",
                "[low, high]: where the true value lies with the stated confidence, %s, by Student's t over the forks, on "
                                .formatted(confidence())
                        + "the logarithm of their scores. It is the narrower, the less the forks differ and the more of them "
                        + "there are. One fork has no interval, and its number is a look, not a measurement.");
        term(
                "Speed-up",
                "Serial's time over the model's time, for the same work: 2× is twice as fast as one thread, 0.5× half as "
                        + "fast. Its interval is Welch's, from the forks of both. Serial itself is 1× by definition.");
        term(
                "Ideal",
                "The speed-up that the hardware allows: bounded by the longest chain of sleeps, by the number of cores, "
                        + "or 1 where all work stands under one lock. It is reckoned, not measured; a little more is luck.");
        term("Efficiency", "The share of the ideal that is reached.");
        term(
                "Winner",
                "The model whose interval has no point in common with that of any other, serial among them; several "
                        + "settings of a kind count by the geometric mean of their speed-ups. Where intervals meet there is "
                        + "no clear winner.");
        term(
                "CPU and memory",
                "CPU time of one batch, and the most memory seen at once (a page that several processes share counts "
                        + "once), of the fork with all its child JVMs.");
        term(
                "Right answers",
                "Each batch's answer was checked outside of the timed region; a case with a wrong one failed and has no "
                        + "number.");
        html.line("</dl>");
        if (!report.notes().isEmpty()) {
            html.line("<ul class=\"notes\">");
            for (String note : report.notes()) {
                html.line("<li>%s</li>", note);
            }
            html.line("</ul>");
        }
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
