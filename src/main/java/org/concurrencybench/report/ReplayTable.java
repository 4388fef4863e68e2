package org.concurrencybench.report;

import java.util.List;

/** The textbook's programs in a table: published, here, ideal and, where it ran, CPython here. */
final class ReplayTable {

    private ReplayTable() {}

    static void write(Markup html, List<ReplayRow> rows) {
        boolean hasCPython = rows.stream().anyMatch(row -> row.cpython().isPresent());
        html.line(
                "<p>Published seconds were taken by their authors on machines of theirs: beside programs that sleep they mean "
                        + "something, beside programs that compute little. %s</p>",
                hasCPython
                        ? "CPython was run on this machine, timed around the same region."
                        : "There is no column for CPython, because it was not run: python3 or its program was not there.");
        html.line("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-labelledby=\"replay\">");
        html.line("<table>");
        html.line("<caption>The textbook's programs: seconds as published, here, and ideal</caption>");
        html.line("<thead><tr><th scope=\"col\">Row</th><th scope=\"col\">Program</th><th scope=\"col\">Way</th>"
                + "<th scope=\"col\" class=\"number\">Published</th><th scope=\"col\" class=\"number\">Here</th>"
                + "<th scope=\"col\" class=\"number\">Ideal</th>"
                + (hasCPython ? "<th scope=\"col\" class=\"number\">CPython here</th>" : "")
                + "</tr></thead>");
        html.line("<tbody>");
        for (ReplayRow row : rows) {
            html.line("<tr><td>%s</td><th scope=\"row\">%s</th><td>%s</td>", row.row(), row.program(), row.way());
            for (String cell : List.of(row.published(), row.hereText(), row.idealText())) {
                html.line("<td class=\"number\">%s</td>", cell);
            }
            html.line(
                    hasCPython ? "<td class=\"number\">%s</td></tr>" : "</tr>",
                    hasCPython ? new String[] {row.cpythonText()} : new String[0]);
        }
        html.line("</tbody>");
        html.line("</table>");
        html.line("</div>");
    }
}
