package org.concurrencybench.report;

import java.util.List;

/** The part of the page that speaks of a user's own code. */
final class OwnPart {

    private OwnPart() {}

    static void write(Markup html, List<String> advice) {
        html.line("<ul class=\"notes\">");
        advice.forEach(line -> html.line("<li>%s</li>", line));
        html.line("</ul>");
    }
}
