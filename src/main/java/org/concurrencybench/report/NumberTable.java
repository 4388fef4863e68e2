package org.concurrencybench.report;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The numbers that a chart shows, for those who cannot see it or want to copy them.
 *
 * @param columns names of the cells of each row
 * @param groups one for each panel
 */
record NumberTable(List<String> columns, List<Group> groups) {

    /** Letters; what is longer, a list of forks for one, may be wrapped. */
    private static final int MOST_IN_A_LINE = 28;

    NumberTable {
        columns = columns.stream().map(NumberTable::withoutScale).toList();
        groups = List.copyOf(groups);
    }

    /** Rows of one panel, under what stands above it. */
    record Group(String heading, List<Row> rows) {
        Group {
            heading = withoutScale(heading);
            rows = List.copyOf(rows);
        }
    }

    /**
     * One line.
     *
     * @param name what it is about
     * @param cells one for each column, empty where there is nothing to say
     */
    record Row(String name, List<String> cells) {
        Row {
            cells = List.copyOf(cells);
        }
    }

    /** {@code what}, after those of {@code places} that say anything. */
    static String heading(String what, String... places) {
        String place = Stream.of(places).filter(said -> !said.isEmpty()).collect(Collectors.joining(", "));
        return place.isEmpty() ? what : place + ": " + what;
    }

    /** How an axis is divided matters only where there is one. */
    private static String withoutScale(String label) {
        return label.replace(", log scale", "").replace(" (log scale)", "");
    }

    /** Writes it; a column in which no row says anything is left out. */
    void write(Markup html, String caption) {
        int[] used = IntStream.range(0, columns.size())
                .filter(column -> groups.stream()
                        .flatMap(group -> group.rows().stream())
                        .anyMatch(row -> !row.cells().get(column).isEmpty()))
                .toArray();
        html.line("<table>");
        html.line("<caption>%s</caption>", caption);
        html.append("<thead><tr><td></td>");
        for (int column : used) {
            html.append("<th scope=\"col\" class=\"number\">%s</th>", columns.get(column));
        }
        html.line("</tr></thead>");
        for (Group group : groups) {
            html.line("<tbody>");
            if (!group.heading().isEmpty()) {
                html.line(
                        "<tr><th scope=\"rowgroup\" colspan=\"%s\">%s</th></tr>",
                        Integer.toString(used.length + 1), group.heading());
            }
            for (Row row : group.rows()) {
                html.append("<tr><th scope=\"row\">%s</th>", row.name());
                for (int column : used) {
                    String cell = row.cells().get(column);
                    html.append("<td class=\"%s\">%s</td>", cell.length() > MOST_IN_A_LINE ? "many" : "number", cell);
                }
                html.line("</tr>");
            }
            html.line("</tbody>");
        }
        html.line("</table>");
    }
}
