package org.concurrencybench.report;

import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.statistics.Estimate;

/** The table of all cases, by workload and parameters; a column that no case fills is left out. */
final class CaseTable {

    private CaseTable() {}

    static void write(Markup html, List<CaseSummary> summaries, Cases cases) {
        List<Column> columns = Column.all().stream()
                .filter(column -> column.always()
                        || summaries.stream()
                                .anyMatch(
                                        summary -> !column.cell().apply(summary).isEmpty()))
                .toList();
        html.line("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-labelledby=\"cases\">");
        html.line("<table class=\"cases\">");
        html.line(
                "<caption>Every case: its score, its speed-up over serial, their intervals, and what it took</caption>");
        html.append("<thead><tr><th scope=\"col\">Model</th>");
        for (Column column : columns) {
            html.append("<th scope=\"col\" class=\"%s\">%s</th>", column.style(), column.name());
        }
        html.line("</tr></thead>");
        int rows = 0;
        for (Cases.Group group : cases.groups()) {
            // Whole groups: half of one would compare with a serial that is not there.
            int size = group.summaries().size();
            if (size > 0 && (rows == 0 || rows + size <= Extent.MOST_ROWS) && html.bytes() < Extent.MOST_BYTES) {
                rows += writeGroup(html, group, columns);
            }
        }
        html.line("</table>");
        html.line("</div>");
        if (rows < summaries.size()) {
            html.line(
                    "<p>And %s more cases, which stand in <code>summary.csv</code> with all of their figures.</p>",
                    Integer.toString(summaries.size() - rows));
        }
    }

    /** Gives how many rows it has room for. */
    private static int writeGroup(Markup html, Cases.Group group, List<Column> columns) {
        html.line("<tbody>");
        html.line(
                "<tr><th scope=\"rowgroup\" colspan=\"%s\"><span class=\"kind\">%s</span> %s <span class=\"params\">%s</span></th></tr>",
                Integer.toString(columns.size() + 1), group.kind(), group.workload(), group.parameters());
        int rows = 0;
        for (CaseSummary summary : group.summaries()) {
            if (rows == Extent.MOST_ROWS || html.bytes() > Extent.MOST_BYTES) {
                break;
            }
            rows++;
            String model = summary.key().model();
            html.append("<tr>");
            html.append("<th scope=\"row\">%s</th>", model.isEmpty() ? "(no model)" : model);
            for (Column column : columns) {
                html.append(
                        "<td class=\"%s\">%s</td>",
                        column.style(), column.cell().apply(summary));
            }
            html.line("</tr>");
        }
        html.line("</tbody>");
        return rows;
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
                    new Column("Score", NUMBER, true, ScoreText::value),
                    new Column("95% sure", INTERVAL, true, ScoreText::interval),
                    new Column(
                            "Speed-up",
                            NUMBER,
                            true,
                            summary -> summary.speedup()
                                    .map(speedup -> Numbers.value(speedup) + "×")
                                    .orElse("")),
                    // Serial is 1 by definition, not by measurement.
                    new Column(
                            "95% sure",
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
