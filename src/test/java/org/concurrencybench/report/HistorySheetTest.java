package org.concurrencybench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.concurrencybench.sample.Direction;
import org.concurrencybench.sample.HistoryEntry;
import org.concurrencybench.sample.Params;
import org.concurrencybench.statistics.Estimate;
import org.junit.jupiter.api.Test;

class HistorySheetTest {

    private static final Typeface TYPEFACE = Typeface.find();

    @Test
    void theLatestCommitsAreListedByMachineAndMarkTheirChanges() {
        NumberTable numbers = sheet().numbers().orElseThrow();

        assertThat(numbers.groups()).hasSize(2);
        assertThat(numbers.groups().getFirst().heading()).endsWith(": the last 60 of 80 commits");
        assertThat(numbers.groups().getFirst().rows()).hasSize(60);
        assertThat(numbers.groups().getFirst().rows().getLast().name()).isEqualTo("commit79");
        assertThat(numbers.groups().getFirst().rows())
                .extracting(row -> row.cells().get(2))
                .filteredOn(change -> !change.isEmpty())
                .singleElement()
                .asString()
                .startsWith("+9");
    }

    @Test
    void noTextCoversAnotherOrLeavesThePictureWideOrNarrow() {
        Chart chart = new Chart(Part.CURVES, "history-1", "", "", sheet());

        assertThat(TextBoxes.of(chart, TYPEFACE)).hasSize(2);
        assertThat(TextBoxes.faults(chart, TYPEFACE)).isEmpty();
    }

    /** Eighty commits on two machines, the latter thirty of them twice as slow. */
    private static HistorySheet sheet() {
        List<HistoryEntry> entries = new ArrayList<>();
        for (String machine : List.of("a machine with a name that is not short, 2 cores", "another one")) {
            for (int i = 0; i < 80; i++) {
                double score = (i < 50 ? 10 : 20) + 0.01 * (i % 7);
                entries.add(new HistoryEntry(
                        "commit" + i,
                        Instant.ofEpochSecond(1_000_000L + i),
                        machine,
                        "JDK 25",
                        "org.acme.SumsBenchmark.run",
                        Params.parse("n=1"),
                        "work",
                        new Estimate(score, score * 0.99, score * 1.01, 0.95),
                        "ms/op",
                        Direction.LOWER,
                        5));
            }
        }
        return new HistorySheet(
                TYPEFACE, "SumsBenchmark.run over commits", History.of(entries).cases());
    }
}
