package org.concurrencybench.report;

import java.util.List;
import java.util.stream.Stream;

/** The textbook's programs in a table: published, here, ideal and, where it ran, CPython here. */
final class ReplayTable {

    /** Columns of text before those of figures. */
    private static final int WORDS = 3;

    private ReplayTable() {}

    static void write(Markup html, Replay replay) {
        html.line("<p>%s</p>", replay.note());
        html.line("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-labelledby=\"replay\">");
        html.line("<table>");
        html.line("<caption>The textbook's programs: seconds as published, here, and ideal</caption>");
        html.append("<thead><tr>");
        List<String> heads = heads(replay);
        for (int i = 0; i < heads.size(); i++) {
            html.append("<th scope=\"col\"%s>".formatted(i < WORDS ? "" : " class=\"number\""))
                    .append("%s</th>", heads.get(i));
        }
        html.line("</tr></thead>");
        html.line("<tbody>");
        for (ReplayRow row : replay.rows()) {
            html.append("<tr><td>%s</td><th scope=\"row\">%s</th><td>%s</td>", row.row(), row.program(), row.way());
            for (String cell : figures(replay, row)) {
                html.append("<td class=\"number\">%s</td>", cell);
            }
            html.line("</tr>");
        }
        html.line("</tbody>");
        html.line("</table>");
        html.line("</div>");
    }

    /** The same as Markdown; nothing for a run that replays nothing. */
    static String markdown(Replay replay) {
        if (replay.rows().isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder(MarkdownText.prose(replay.note())).append("\n\n");
        List<String> heads = heads(replay);
        text.append(MarkdownText.row(heads));
        text.append("|---".repeat(WORDS))
                .append("|---:".repeat(heads.size() - WORDS))
                .append("|\n");
        for (ReplayRow row : replay.rows()) {
            text.append(MarkdownText.row(
                    Stream.concat(Stream.of(row.row(), row.program(), row.way()), figures(replay, row).stream())
                            .map(MarkdownText::cell)
                            .toList()));
        }
        return text.toString();
    }

    private static List<String> heads(Replay replay) {
        Stream<String> all = Stream.of("Row", "Program", "Way", "Published", "Here", "Ideal");
        return (replay.hasCPython() ? Stream.concat(all, Stream.of("CPython here")) : all).toList();
    }

    private static List<String> figures(Replay replay, ReplayRow row) {
        Stream<String> all = Stream.of(row.published(), row.hereText(), row.idealText());
        return (replay.hasCPython() ? Stream.concat(all, Stream.of(row.cpythonText())) : all).toList();
    }
}
