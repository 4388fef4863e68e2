package org.concurrencybench.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.sample.FailedCase;
import org.concurrencybench.statistics.Estimate;

/**
 * Speed-up over serial of every model for each kind of work, side by side on one scale: where does which way of running the
 * work pay? Of a kind with many settings those stand here that most models were measured in; {@link SettingsChart} has all
 * others.
 *
 * <p>The scale is logarithmic because a speed-up is a ratio: twice as fast and half as fast lie equally far from 1.
 */
final class SpeedupChart {

    private static final String NAME = "speedup";

    private SpeedupChart() {}

    /** The chart, or nothing where no speed-up is known. */
    static Optional<Chart> of(Cases all, Typeface typeface, String footer) {
        Cases cases = MainSettings.of(all);
        List<Cases.Group> groups = cases.groups();
        if (groups.isEmpty()) {
            return Optional.empty();
        }
        List<Cases.Row> rows = cases.rows().stream()
                .filter(row -> !row.model().equals(CaseKey.REFERENCE_MODEL))
                .filter(row -> groups.stream().anyMatch(group -> holds(cases, group, row)))
                .toList();
        Map<String, List<KindsSheet.Block>> columns = new LinkedHashMap<>();
        for (Cases.Group group : groups) {
            columns.computeIfAbsent(group.kind(), _ -> new ArrayList<>()).add(block(cases, group, rows));
        }
        double confidence = groups.stream()
                .flatMap(group -> group.summaries().stream())
                .map(summary -> summary.score().confidence())
                .findFirst()
                .orElse(Estimate.DEFAULT_CONFIDENCE);
        List<Mark.Measured> measured = columns.values().stream()
                .flatMap(List::stream)
                .flatMap(block -> block.marks().stream())
                .flatMap(mark -> mark instanceof Mark.Measured one ? Stream.of(one) : Stream.empty())
                .toList();
        boolean ideal = measured.stream().anyMatch(mark -> mark.ideal().isPresent());
        String legend =
                ("Speed-up over one thread, kind by kind, on one logarithmic scale. Line at 1×: one thread; left of it, shaded, "
                                        + "is slower. Marker: speed-up with its %s interval%s; the pale bar only leads the eye to it.%s "
                                        + "Bold figures: the fastest, and all that cannot be told from it.")
                                .formatted(
                                        Numbers.percent(confidence),
                                        measured.stream()
                                                        .allMatch(mark ->
                                                                mark.estimate().isBounded())
                                                ? ""
                                                : "; hollow: one fork, so no interval",
                                        ideal ? " Upright bar: the ideal, what the hardware allows." : "")
                        + (measured.stream().anyMatch(mark -> mark.estimate().value() < KindsSheet.SLOWEST)
                                ? " Arrow: farther left than the scale goes."
                                : "")
                        + (rows.stream().allMatch(row -> Contest.competes(row.model()))
                                ? ""
                                : " gil-threads, which show what an interpreter lock does, do not compete.");
        return Optional.of(new Chart(
                Part.KINDS,
                NAME,
                "Speed-up over one thread for each kind of work, on one scale. Right of the line is faster than one "
                        + "thread" + (ideal ? "; the upright bar is what the hardware allows." : "."),
                "Speed-up over serial. " + describe(cases, groups, rows),
                new KindsSheet(
                        typeface,
                        new Frame.Words(title(groups), legend, footer, List.of()),
                        rows.stream()
                                .map(row -> new PanelSheet.RowLabel(Palette.of(row.model()), row.label()))
                                .toList(),
                        columns.entrySet().stream()
                                .map(column -> new KindsSheet.Column(column.getKey(), column.getValue()))
                                .toList())));
    }

    /** The highest that any model comes to, kind by kind; from the least of its settings to the best. */
    private static String title(List<Cases.Group> groups) {
        Map<String, List<Double>> best = new LinkedHashMap<>();
        for (Cases.Group group : groups) {
            group.summaries().stream()
                    .filter(summary -> !summary.key().isReference())
                    .filter(summary -> Contest.competes(summary.key().model()))
                    .flatMap(summary -> summary.speedup().stream())
                    .map(Estimate::value)
                    .max(Double::compare)
                    .ifPresent(highest -> best.computeIfAbsent(group.kind(), _ -> new ArrayList<>())
                            .add(highest));
        }
        return best.isEmpty()
                ? "Speed-up over one thread"
                : "Best speed-up over one thread: "
                        + Text.enumeration(best.entrySet().stream()
                                .map(kind -> kind.getKey() + " " + range(kind.getValue()))
                                .toList());
    }

    private static String range(List<Double> speedups) {
        String least = Numbers.plain(Collections.min(speedups)) + "×";
        String most = Numbers.plain(Collections.max(speedups)) + "×";
        return least.equals(most) ? most : least + " to " + most;
    }

    private static boolean holds(Cases cases, Cases.Group group, Cases.Row row) {
        return Stream.concat(
                        group.summaries().stream().map(CaseSummary::key),
                        group.failures().stream().map(FailedCase::key))
                .anyMatch(key -> cases.rowOf(key).equals(row));
    }

    private static KindsSheet.Block block(Cases cases, Cases.Group group, List<Cases.Row> rows) {
        List<Mark> marks = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            if (holds(cases, group, rows.get(row))) {
                marks.add(mark(cases, group, rows.get(row), row));
            }
        }
        Set<String> ahead = ahead(Contest.over(List.of(group), cases));
        Set<Integer> leaders = new HashSet<>();
        for (int row = 0; row < rows.size(); row++) {
            if (ahead.contains(Text.clean(rows.get(row).label()))) {
                leaders.add(row);
            }
        }
        return new KindsSheet.Block(group.title(), marks, leaders);
    }

    /** The best, and those that the intervals do not tell from it. */
    static Set<String> ahead(Contest contest) {
        return contest.ranking().stream()
                .filter(entry -> !contest.best().beats(entry))
                .map(entry -> entry.candidate().model())
                .collect(Collectors.toSet());
    }

    private static Mark mark(Cases cases, Cases.Group group, Cases.Row row, int index) {
        Optional<CaseSummary> summary = group.summaries().stream()
                .filter(candidate -> cases.rowOf(candidate.key()).equals(row))
                .findFirst();
        if (summary.isEmpty()) {
            return new Mark.Words(index, group.absence(cases, row));
        }
        Optional<Estimate> speedup = summary.get().speedup();
        if (speedup.isEmpty()) {
            return new Mark.Words(index, "no speed-up");
        }
        return new Mark.Measured(
                index,
                Palette.of(row.model()),
                speedup.get(),
                Numbers.value(speedup.get()) + "×",
                speedup.get().isBounded() ? Numbers.interval(speedup.get()) : "no interval",
                Optional.of(1.0),
                positive(summary.get().ideal()),
                List.of());
    }

    private static String describe(Cases cases, List<Cases.Group> groups, List<Cases.Row> rows) {
        return groups.stream()
                .map(group -> group.kind() + ", " + group.title() + ": " + describe(cases, group, rows) + ".")
                .collect(Collectors.joining(" "));
    }

    private static String describe(Cases cases, Cases.Group group, List<Cases.Row> rows) {
        return rows.stream()
                .map(row -> group.summaries().stream()
                        .filter(summary -> cases.rowOf(summary.key()).equals(row))
                        .findFirst()
                        .map(summary -> row.label() + " " + describe(summary))
                        .orElseGet(() -> row.label() + " " + group.absence(cases, row)))
                .collect(Collectors.joining("; "));
    }

    static String describe(CaseSummary summary) {
        String speedup = summary.speedup()
                .map(estimate -> Numbers.withInterval(estimate, "×"))
                .orElse("no speed-up");
        OptionalDouble ideal = positive(summary.ideal());
        return ideal.isPresent() ? speedup + ", ideal " + Numbers.ideal(ideal.getAsDouble()) + "×" : speedup;
    }

    static OptionalDouble positive(OptionalDouble value) {
        return value.isPresent() && value.getAsDouble() > 0 && Double.isFinite(value.getAsDouble())
                ? value
                : OptionalDouble.empty();
    }
}
