package org.concurrencybench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.sample.FailedCase;
import org.concurrencybench.statistics.Estimate;

/**
 * A run as {@code report.md}: the answer, the table and links to the charts, for the summary of a CI job. GitHub cuts such a
 * summary off at 1 MiB, so the table ends before that and says so.
 */
public final class RunMarkdown {

    /** Name of the file beside the page. */
    static final String FILE = "report.md";

    /** Characters, of which none takes more than three bytes. */
    static final int LONGEST = 300_000;

    private static final int MOST_ROWS = 500;
    private static final int MOST_GROUPS = 100;
    private static final int MOST_MODELS = 12;

    private static final String HEAD = """
            | workload | model | score | interval | speed-up | interval | ideal | forks | note |
            |---|---|---:|---|---:|---|---:|---:|---|
            """;

    private RunMarkdown() {}

    static String of(RunReport report, List<Chart> charts, List<String> warnings) {
        StringBuilder text = new StringBuilder("# Which way of running work is fastest?\n\nRun ")
                .append(MarkdownText.prose(report.run()))
                .append(" on ")
                .append(MarkdownText.prose(report.machine()))
                .append(", ")
                .append(MarkdownText.prose(report.takenOn()))
                .append(".\n\n");
        warnings.forEach(
                warning -> text.append("> ").append(MarkdownText.prose(warning)).append("\n\n"));
        report.advice()
                .forEach(line ->
                        text.append("- ").append(MarkdownText.prose(line)).append('\n'));
        for (Answer answer : Answers.of(report.summaries())) {
            text.append("- ").append(MarkdownText.prose(answer.sentence())).append('\n');
        }
        List<String> findings = Findings.of(report.summaries());
        if (!findings.isEmpty()) {
            text.append("\n").append(Findings.READING).append("\n\n");
            findings.forEach(finding ->
                    text.append("- ").append(MarkdownText.prose(finding)).append('\n'));
        }
        String overview = overview(report.summaries());
        if (!overview.isEmpty()) {
            text.append("\n## Speed-up over one thread\n\n").append(overview);
        }
        terms(text, "The ways of running work", report.glossary().models());
        terms(text, Part.LESSONS.heading(), report.glossary().lessons());
        String replay = ReplayTable.markdown(report.replay());
        if (!replay.isEmpty()) {
            text.append("\n## ").append(Part.TEXTBOOK.heading()).append("\n\n").append(replay);
        }
        text.append("\n## Each case\n\n").append(HEAD);
        int rows = 0;
        for (Cases.Group group : Cases.of(report.summaries(), report.failures()).groups()) {
            for (CaseSummary summary : group.summaries()) {
                if (rows < MOST_ROWS && text.length() < LONGEST) {
                    text.append(row(group, summary));
                    rows++;
                }
            }
        }
        if (rows < report.summaries().size()) {
            text.append("\nThe first %d of %d cases; all of them stand in `summary.csv`.\n"
                    .formatted(rows, report.summaries().size()));
        }
        if (!report.failures().isEmpty()) {
            text.append("\n## Failed cases\n\n");
            for (FailedCase failure : report.failures()) {
                if (text.length() < LONGEST) {
                    text.append("- %s, fork %d: %s\n"
                            .formatted(
                                    MarkdownText.code(failure.key().label()),
                                    failure.fork(),
                                    MarkdownText.prose(failure.reason())));
                }
            }
        }
        return text.append(links(charts)).toString();
    }

    /**
     * A table of speed-ups over serial: a row for each setting of a workload, a column for each model, the ideal. What stands
     * in bold has an interval that no other of its row touches. Nothing where nothing was compared with serial.
     *
     * @param summaries of a run; points of curves are left out
     */
    public static String overview(List<CaseSummary> summaries) {
        Cases cases = Cases.of(Curve.rest(summaries), List.of());
        List<Cases.Group> groups = cases.groups().stream()
                .filter(group -> !compared(group).isEmpty())
                .limit(MOST_GROUPS)
                .toList();
        List<Cases.Row> models = cases.rows().stream()
                .filter(row -> groups.stream()
                        .anyMatch(group -> compared(group).stream()
                                .anyMatch(summary -> cases.rowOf(summary.key()).equals(row))))
                .limit(MOST_MODELS)
                .toList();
        if (groups.isEmpty()) {
            return "";
        }
        StringBuilder text = new StringBuilder("| kind | workload | ");
        models.forEach(model -> text.append(MarkdownText.cell(model.label())).append(" | "));
        text.append("ideal |\n|---|---|")
                .append("---:|".repeat(models.size() + 1))
                .append('\n');
        for (Cases.Group group : groups) {
            List<String> cells =
                    new ArrayList<>(List.of(MarkdownText.cell(group.kind()), MarkdownText.cell(group.title())));
            for (Cases.Row model : models) {
                cells.add(compared(group).stream()
                        .filter(summary -> cases.rowOf(summary.key()).equals(model))
                        .findFirst()
                        .map(summary -> speedup(summary, group))
                        .orElse(""));
            }
            cells.add(compared(group).stream()
                    .flatMapToDouble(summary -> summary.ideal().stream())
                    .sorted()
                    .mapToObj(ideal -> Numbers.ideal(ideal) + "×")
                    .distinct()
                    .collect(Collectors.joining(" or ")));
            text.append(MarkdownText.row(cells));
        }
        return text.toString();
    }

    private static List<CaseSummary> compared(Cases.Group group) {
        return group.summaries().stream()
                .filter(summary ->
                        summary.speedup().isPresent() && !summary.key().isReference())
                .toList();
    }

    private static String speedup(CaseSummary summary, Cases.Group group) {
        Estimate own = summary.speedup().orElseThrow();
        // Serial takes part, at exactly 1.
        boolean leads = own.isBounded()
                && own.low() > 1
                && compared(group).stream()
                        .filter(other -> !other.key().equals(summary.key()))
                        .map(other -> other.speedup().orElseThrow())
                        .allMatch(other -> other.high() < own.low());
        String value = Numbers.value(own) + "×";
        return (leads ? "**" + value + "**" : value) + (own.isBounded() ? " " + Numbers.interval(own) : "");
    }

    /** To the page and each chart; their names are ours and need no escaping. */
    static String links(List<Chart> charts) {
        StringBuilder text = new StringBuilder("\n## Charts\n\n- [the page with everything](index.html)\n");
        for (Chart chart : charts) {
            text.append("- [%s](%s.svg)\n".formatted(linked(chart), chart.name()));
        }
        return text.toString();
    }

    /** Its title, where Markdown finds nothing in it to act on; otherwise its file's name. */
    private static String linked(Chart chart) {
        String title = chart.title();
        return MarkdownText.isHarmless(title) && !title.contains("[") && !title.contains("]") ? title : chart.name();
    }

    private static void terms(StringBuilder text, String heading, List<Glossary.Term> terms) {
        if (terms.isEmpty()) {
            return;
        }
        text.append("\n## ").append(heading).append("\n\n");
        for (Glossary.Term term : terms) {
            text.append("- %s: %s\n".formatted(MarkdownText.code(term.name()), MarkdownText.prose(term.meaning())));
        }
    }

    private static String row(Cases.Group group, CaseSummary summary) {
        List<String> cells = new ArrayList<>();
        cells.add(MarkdownText.cell(group.title()));
        String parallelism = summary.key()
                .params()
                .get(CaseKey.PARALLELISM)
                .map(count -> " ×" + count)
                .orElse("");
        cells.add(MarkdownText.cell(summary.key().model() + parallelism));
        cells.add(MarkdownText.cell(ScoreText.value(summary)));
        cells.add(ScoreText.interval(summary));
        cells.add(summary.speedup().map(speedup -> Numbers.value(speedup) + "×").orElse(""));
        cells.add(
                summary.key().isReference()
                        ? ""
                        : summary.speedup().map(RunMarkdown::interval).orElse(""));
        OptionalDouble ideal = summary.ideal();
        cells.add(ideal.isPresent() ? Numbers.ideal(ideal.getAsDouble()) + "×" : "");
        cells.add(Integer.toString(summary.forks().count()));
        cells.add(MarkdownText.cell(summary.note()));
        return MarkdownText.row(cells);
    }

    private static String interval(Estimate estimate) {
        return estimate.isBounded() ? Numbers.interval(estimate) : "none";
    }
}
