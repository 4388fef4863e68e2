package org.concurrencybench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.concurrencybench.comparison.CaseComparison;
import org.concurrencybench.comparison.Comparison;
import org.concurrencybench.comparison.Verdict;

/** A comparison as a terminal's table, as Markdown for a pull request, and as JUnit's XML for a CI server. */
public final class ComparisonText {

    private static final List<String> HEADING = List.of("verdict", "change", "interval", "forks", "case");

    private ComparisonText() {}

    /** Plain text; what a reader has to know first stands first, then what matters most. */
    public static String table(Comparison comparison) {
        StringBuilder text = new StringBuilder();
        comparison
                .warnings()
                .forEach(line -> text.append("! ").append(Text.clean(line)).append('\n'));
        List<List<String>> rows = new ArrayList<>(List.of(HEADING));
        comparison.cases().forEach(one -> rows.add(cells(one)));
        int[] widths = new int[HEADING.size() - 1];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        for (int i = 0; i < rows.size(); i++) {
            StringBuilder line = new StringBuilder("  ");
            for (int column = 0; column < widths.length; column++) {
                String cell = rows.get(i).get(column);
                String padding = " ".repeat(widths[column] - cell.length());
                line.append(column == 1 ? padding + cell : cell + padding).append("  ");
            }
            text.append(line.append(rows.get(i).getLast()).toString().stripTrailing())
                    .append('\n');
            String note = i == 0 ? "" : Text.clean(comparison.cases().get(i - 1).note());
            if (!note.isEmpty()) {
                text.append(" ".repeat(widths[0] + 4)).append(note).append('\n');
            }
        }
        comparison
                .notes()
                .forEach(line -> text.append("  ").append(Text.clean(line)).append('\n'));
        return text.append('\n')
                .append(ChangeText.summary(comparison))
                .append('\n')
                .toString();
    }

    /** For a comment: a sentence, the cases that matter, and the others folded away. */
    public static String markdown(Comparison comparison) {
        StringBuilder text = new StringBuilder("### Benchmarks: ")
                .append(comparison.verdict().label())
                .append("\n\n")
                .append(MarkdownText.code(comparison.candidate()))
                .append(" against ")
                .append(MarkdownText.code(comparison.baseline()))
                .append(": ")
                .append(ChangeText.summary(comparison))
                .append(".\n");
        comparison
                .warnings()
                .forEach(line -> text.append("\n> **Note:** ")
                        .append(MarkdownText.prose(line))
                        .append('\n'));
        List<CaseComparison> first = comparison.cases().stream()
                .filter(one -> one.verdict() != Verdict.UNCHANGED)
                .toList();
        List<CaseComparison> rest = comparison.cases().stream()
                .filter(one -> one.verdict() == Verdict.UNCHANGED)
                .toList();
        appendMarkdown(text, first);
        if (!rest.isEmpty()) {
            text.append("\n<details><summary>").append(rest.size()).append(" unchanged</summary>\n");
            appendMarkdown(text, rest);
            text.append("\n</details>\n");
        }
        comparison
                .notes()
                .forEach(line ->
                        text.append('\n').append(MarkdownText.prose(line)).append('\n'));
        return text.toString();
    }

    /**
     * A test for each case.
     *
     * @param fails which cases are failures to the server; others that were not judged, or not decided, are skipped tests
     */
    public static String junit(Comparison comparison, Predicate<CaseComparison> fails) {
        StringBuilder tests = new StringBuilder();
        int failures = 0;
        int errors = 0;
        int skipped = 0;
        for (CaseComparison one : comparison.cases()) {
            int dot = one.benchmark().lastIndexOf('.');
            String name = one.label().substring(dot + 1) + " (" + one.mode() + ")";
            String says = Stream.of(
                            one.verdict().label(), ChangeText.change(one), one.pooled() ? "(pooled)" : "", one.note())
                    .filter(part -> !part.isEmpty())
                    .collect(Collectors.joining(" "));
            String outcome = "";
            if (fails.test(one)) {
                outcome = "failure";
                failures++;
            } else if (one.verdict() == Verdict.FAILED) {
                outcome = "error";
                errors++;
            } else if (one.verdict() != Verdict.UNCHANGED
                    && one.verdict() != Verdict.IMPROVED
                    && one.verdict() != Verdict.REGRESSED) {
                outcome = "skipped";
                skipped++;
            }
            tests.append("  <testcase classname=\"%s\" name=\"%s\">\n"
                    .formatted(Text.escape(dot < 0 ? "" : one.benchmark().substring(0, dot)), Text.escape(name)));
            tests.append(
                    outcome.isEmpty()
                            ? "    <system-out>%s</system-out>\n".formatted(Text.escape(says))
                            : "    <%s message=\"%s\"/>\n".formatted(outcome, Text.escape(says)));
            tests.append("  </testcase>\n");
        }
        List<String> lines = new ArrayList<>();
        comparison.warnings().forEach(line -> lines.add(Text.escape("! " + line)));
        comparison.notes().forEach(line -> lines.add(Text.escape(line)));
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuite name="%s" tests="%d" failures="%d" errors="%d" skipped="%d">
                %s  <system-out>%s</system-out>
                </testsuite>
                """.formatted(
                        Text.escape("benchmarks of " + comparison.candidate() + " against " + comparison.baseline()),
                        comparison.cases().size(),
                        failures,
                        errors,
                        skipped,
                        tests,
                        String.join("\n", lines));
    }

    private static List<String> cells(CaseComparison one) {
        return List.of(
                one.verdict().label(),
                one.change().map(change -> ChangeText.percent(change.value())).orElse(""),
                ChangeText.interval(one),
                ChangeText.forks(one),
                Text.clean(one.label()) + " (" + Text.clean(one.mode()) + ")");
    }

    private static void appendMarkdown(StringBuilder text, List<CaseComparison> cases) {
        if (cases.isEmpty()) {
            return;
        }
        text.append("\n| verdict | case | change | interval | forks | |\n|---|---|---:|---|---|---|\n");
        for (CaseComparison one : cases) {
            List<String> cells = cells(one);
            String verdict = one.verdict() == Verdict.REGRESSED ? "**regressed**" : cells.get(0);
            text.append("| %s | %s | %s | %s | %s | %s |\n"
                    .formatted(
                            verdict,
                            MarkdownText.cell(cells.get(4)),
                            cells.get(1),
                            // Figures alone; only their brackets could be taken for a link's.
                            cells.get(2).replace("[", "\\[").replace("]", "\\]"),
                            cells.get(3),
                            MarkdownText.proseCell(one.note())));
        }
    }
}
