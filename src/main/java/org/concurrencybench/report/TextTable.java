package org.concurrencybench.report;

import java.util.ArrayList;
import java.util.List;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.sample.FailedCase;
import org.concurrencybench.statistics.Estimate;

/** The cases as a table for a terminal: plain text, no colours, columns aligned over all groups. */
public final class TextTable {

    private static final String INDENT = "  ";
    private static final String BETWEEN = "  ";
    private static final int WIDTH = 140;

    /** Nobody scrolls through more; the page and {@code summary.csv} have them. */
    private static final int MOST_ROWS = 500;

    private static final List<Column> COLUMNS = List.of(
            new Column("model", 38, false),
            new Column("par", 6, true),
            new Column("score", 24, true),
            new Column("interval", 24, false),
            new Column("speed-up", 10, true),
            new Column("interval", 24, false),
            new Column("ideal", 7, true),
            new Column("note", 40, false));

    private TextTable() {}

    /**
     * Renders every case, grouped by what it computes, and after them the failures with their reasons.
     *
     * @param unicode whether the terminal shows {@code ×}; otherwise all is ASCII but for what the names themselves hold
     * @return lines that each end in a newline; empty if there is nothing to show
     */
    public static String render(List<CaseSummary> summaries, List<FailedCase> failures, boolean unicode) {
        Cases cases = Cases.of(summaries, failures);
        List<TableBlock> blocks = TableBlock.of(cases, summaries);
        List<List<List<String>>> rowsByGroup = blocks.stream()
                .map(block -> block.rows().stream()
                        .map(row -> cells(row.name(), row.summary(), unicode))
                        .toList())
                .toList();
        int[] widths = widths(rowsByGroup);
        StringBuilder text = new StringBuilder();
        if (!summaries.isEmpty()) {
            appendRow(text, COLUMNS.stream().map(Column::name).toList(), widths);
        }
        int rows = 0;
        for (int i = 0; i < rowsByGroup.size(); i++) {
            if (rowsByGroup.get(i).isEmpty()) {
                continue;
            }
            if (rows >= MOST_ROWS) {
                text.append("\nand %d more cases; summary.csv has all of them\n".formatted(summaries.size() - rows));
                break;
            }
            text.append('\n');
            appendWrapped(text, blocks.get(i).heading(), "", INDENT);
            rowsByGroup.get(i).forEach(row -> appendRow(text, row, widths));
            rows += rowsByGroup.get(i).size();
        }
        if (!failures.isEmpty()) {
            text.append(text.isEmpty() ? "" : "\n").append("failed\n");
            for (FailedCase failure : failures) {
                appendWrapped(
                        text,
                        "%s, fork %d: %s".formatted(failure.key().label(), failure.fork(), failure.reason()),
                        INDENT,
                        INDENT + INDENT);
            }
        }
        return text.toString();
    }

    private static List<String> cells(String name, CaseSummary summary, boolean unicode) {
        String times = unicode ? "×" : "x";
        String note = Text.clean(summary.note());
        return List.of(
                Text.clean(name),
                Text.clean(summary.key().params().get(CaseKey.PARALLELISM).orElse("-")),
                score(summary, unicode),
                ScoreText.isBound(summary) ? "-" : interval(summary.score()),
                summary.speedup().map(speedup -> Numbers.value(speedup) + times).orElse("-"),
                // Serial is 1 by definition, not by measurement.
                summary.key().isReference()
                        ? ""
                        : summary.speedup().map(TextTable::interval).orElse(""),
                summary.ideal().isPresent() ? Numbers.ideal(summary.ideal().getAsDouble()) + times : "-",
                unicode ? note : note.replace("±", "+-"));
    }

    private static String score(CaseSummary summary, boolean unicode) {
        if (ScoreText.isBound(summary)) {
            return Text.clean(
                    unicode
                            ? ScoreText.value(summary)
                            : ScoreText.value(summary).replace("≥", ">="));
        }
        return Text.clean(Numbers.value(summary.score()) + " " + summary.unit());
    }

    private static String interval(Estimate estimate) {
        return estimate.isBounded() ? Numbers.interval(estimate) : "-";
    }

    /** As wide as the widest cell, up to the column's maximum; longer cells go on below. */
    private static int[] widths(List<List<List<String>>> rowsByGroup) {
        int[] widths = new int[COLUMNS.size()];
        for (int column = 0; column < widths.length; column++) {
            int at = column;
            int widest = rowsByGroup.stream()
                    .flatMap(List::stream)
                    .mapToInt(row -> length(row.get(at)))
                    .max()
                    .orElse(0);
            widths[column] = Math.min(
                    Math.max(widest, COLUMNS.get(column).name().length()),
                    COLUMNS.get(column).maximum());
        }
        int last = widths.length - 1;
        int others = INDENT.length();
        for (int column = 0; column < last; column++) {
            others += widths[column] + BETWEEN.length();
        }
        widths[last] = Math.max(16, Math.min(widths[last], WIDTH - others));
        return widths;
    }

    private static void appendRow(StringBuilder text, List<String> cells, int[] widths) {
        List<List<String>> wrapped = new ArrayList<>();
        int height = 1;
        for (int column = 0; column < cells.size(); column++) {
            List<String> lines = wrap(cells.get(column), widths[column]);
            wrapped.add(lines);
            height = Math.max(height, lines.size());
        }
        for (int line = 0; line < height; line++) {
            StringBuilder row = new StringBuilder(INDENT);
            for (int column = 0; column < cells.size(); column++) {
                List<String> lines = wrapped.get(column);
                String cell = line < lines.size() ? lines.get(line) : "";
                String padding = " ".repeat(Math.max(0, widths[column] - length(cell)));
                row.append(column == 0 ? "" : BETWEEN)
                        .append(COLUMNS.get(column).right() ? padding + cell : cell + padding);
            }
            text.append(row.toString().stripTrailing()).append('\n');
        }
    }

    private static void appendWrapped(StringBuilder text, String line, String indent, String indentAfter) {
        List<String> lines = wrap(Text.clean(line), WIDTH - indentAfter.length());
        for (int i = 0; i < lines.size(); i++) {
            text.append(i == 0 ? indent : indentAfter).append(lines.get(i)).append('\n');
        }
    }

    /** Broken at a space where there is one, anywhere where there is none. */
    private static List<String> wrap(String text, int width) {
        List<String> lines = new ArrayList<>();
        String rest = text.strip();
        while (length(rest) > width) {
            int end = rest.offsetByCodePoints(0, width);
            int space = rest.lastIndexOf(' ', end);
            int cut = space > 0 ? space : end;
            lines.add(rest.substring(0, cut).strip());
            rest = rest.substring(cut).strip();
        }
        lines.add(rest);
        return lines;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** A column of the table; numbers stand at its right. */
    private record Column(String name, int maximum, boolean right) {}
}
