package org.concurrencybench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.concurrencybench.statistics.Estimate;
import org.junit.jupiter.api.Test;

class ReplayTableTest {

    private static final ReplayRow PUBLISHED = row(OptionalDouble.of(2.8357343673706055), Optional.empty());

    private static ReplayRow row(OptionalDouble published, Optional<Estimate> cpython) {
        return new ReplayRow(
                "21",
                "sum-of-squares tasks=<100000>",
                "child-jvms-cold / processes",
                published,
                Optional.of(new Estimate(0.06, 0.059, 0.061, 0.95)),
                OptionalDouble.empty(),
                "none: why <not>",
                cpython);
    }

    private static String html(Replay replay) {
        Markup html = new Markup();
        ReplayTable.write(html, replay);
        return html.toString();
    }

    @Test
    void withoutCPythonItHasNoColumnAndSaysWhy() {
        String table = html(new Replay(List.of(PUBLISHED), "the run was stopped before it"));

        assertThat(table)
                .contains("no column for CPython, because it was not run: the run was stopped before it.")
                .doesNotContain("CPython here")
                .contains("<td class=\"number\">2.8357343673706055 s</td>")
                .contains("<td class=\"number\">none: why &lt;not&gt;</td></tr>")
                .contains("tasks=&lt;100000&gt;");
    }

    @Test
    void withCPythonEachRowHasItsTimeOrSaysThatThereIsNone() {
        ReplayRow measured = row(OptionalDouble.empty(), Optional.of(new Estimate(8, 7.9, 8.1, 0.95)));

        String table = html(new Replay(List.of(PUBLISHED, measured), ""));

        assertThat(table)
                .contains(
                        "CPython was run on this machine, timed around the same region (but that ", "have ended here).")
                .contains("<th scope=\"col\" class=\"number\">CPython here</th></tr>")
                .contains("<td class=\"number\">not measured</td></tr>")
                .contains("<td class=\"number\">8.00 s [7.90, 8.10]</td></tr>")
                .contains("<td class=\"number\">nothing</td>");
        assertThat(html(new Replay(List.of(measured), "it was stopped")))
                .contains("have ended here), but not all of it: it was stopped.");
    }

    @Test
    void theMarkdownHoldsTheSameRowsWithEveryDigit() {
        ReplayRow measured = row(OptionalDouble.of(9.5448899269104), Optional.of(new Estimate(8, 7.9, 8.1, 0.95)));

        String markdown = ReplayTable.markdown(new Replay(List.of(measured), ""));

        assertThat(markdown.lines())
                .contains(
                        "| Row | Program | Way | Published | Here | Ideal | CPython here |",
                        "|---|---|---|---:|---:|---:|---:|")
                .anyMatch(line -> line.startsWith("| `21` | `sum-of-squares tasks=<100000>` |")
                        && line.contains("| `9.5448899269104 s` |")
                        && line.endsWith("| `8.00 s [7.90, 8.10]` |"));
        assertThat(ReplayTable.markdown(Replay.NONE)).isEmpty();
    }

    @Test
    void theSummaryOfACiJobHoldsTheTable() {
        RunReport report = new RunReport(
                "run",
                "machine",
                "today",
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new Replay(List.of(PUBLISHED), ""));

        assertThat(RunMarkdown.of(report, List.of(), List.of()))
                .contains("\n## The textbook's programs: published, here, ideal\n\n")
                .contains("`2.8357343673706055 s`");
    }
}
