package org.concurrencybench.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.concurrencybench.statistics.Estimate;

/**
 * {@code summary.csv}: one row for each case, in the spelling of {@link SampleCsv}. A figure that is not known is an empty
 * field, and so are both ends of an interval that says nothing.
 */
public final class SummaryCsv {

    /** The columns, in the order in which they are written. */
    public static final List<String> HEADER = List.of(
            "benchmark",
            "workload",
            "kind",
            "model",
            "params",
            "forks",
            "samples",
            "score",
            "score_low",
            "score_high",
            "unit",
            "direction",
            "speedup",
            "speedup_low",
            "speedup_high",
            "ideal",
            "efficiency",
            "cpu_ms",
            "rss_mb",
            "note");

    private SummaryCsv() {}

    /**
     * Writes all of {@code summaries}, in their order, over what was there; whole or not at all.
     *
     * @throws IllegalArgumentException for a control character in a name or a note; nothing is written
     * @throws IOException where the directory cannot be written to; an earlier file is then as it was
     */
    public static void write(Path file, List<CaseSummary> summaries) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADER);
        summaries.forEach(summary -> rows.add(row(summary)));
        byte[] bytes = Csv.encode(rows);
        AtomicFile.write(file, out -> out.write(bytes));
    }

    private static List<String> row(CaseSummary summary) {
        CaseKey key = summary.key();
        return Stream.of(
                        Stream.of(
                                Csv.text("benchmark", key.benchmark()),
                                Csv.text("workload", key.workload()),
                                Csv.text("kind", key.kind()),
                                Csv.text("model", key.model()),
                                Csv.text("params", key.params().toCell()),
                                Integer.toString(summary.forks().count()),
                                Integer.toString(summary.samples())),
                        interval(Optional.of(summary.score())),
                        Stream.of(
                                Csv.text("unit", summary.unit()),
                                summary.direction().label()),
                        interval(summary.speedup()),
                        Stream.of(
                                Csv.number(summary.ideal()),
                                Csv.number(summary.efficiency()),
                                Csv.number(summary.cpuMillis()),
                                Csv.number(summary.rssMebibytes()),
                                Csv.text("note", summary.note())))
                .flatMap(fields -> fields)
                .toList();
    }

    /** Value and both ends. */
    private static Stream<String> interval(Optional<Estimate> estimate) {
        Optional<Estimate> bounded = estimate.filter(Estimate::isBounded);
        return Stream.of(
                field(estimate.map(Estimate::value)),
                field(bounded.map(Estimate::low)),
                field(bounded.map(Estimate::high)));
    }

    private static String field(Optional<Double> number) {
        return Csv.number(number.map(OptionalDouble::of).orElse(OptionalDouble.empty()));
    }
}
