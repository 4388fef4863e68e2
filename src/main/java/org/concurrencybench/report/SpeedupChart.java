package org.concurrencybench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.sample.FailedCase;
import org.concurrencybench.statistics.Estimate;

/**
 * Speed-up over serial of every model in every group, on one scale: where does which way of running the work pay?
 *
 * <p>The scale is logarithmic because a speed-up is a ratio: twice as fast and half as fast lie equally far from 1.
 */
final class SpeedupChart {

    private static final String NAME = "speedup";

    /** How far an interval may stretch the scale beyond the values; a longer one leaves the panel with an arrow. */
    private static final double STRETCH = 3;

    private SpeedupChart() {}

    /** The chart, or nothing where no speed-up is known. */
    static Optional<Chart> of(Cases cases, Typeface typeface, String footer) {
        List<Estimate> speedups = cases.groups().stream()
                .flatMap(group -> group.summaries().stream())
                .filter(summary -> !summary.key().isReference())
                .flatMap(summary -> summary.speedup().stream())
                .toList();
        if (speedups.isEmpty()) {
            return Optional.empty();
        }
        // Work that serial does not do, a start of threads for one, has no speed-up to show; nor has a model of such
        // alone.
        List<Cases.Group> groups = cases.groups().stream()
                .filter(group -> !group.failures().isEmpty() || hasSpeedup(group))
                .toList();
        List<Cases.Row> rows = cases.rows().stream()
                .filter(row -> !row.model().equals(CaseKey.REFERENCE_MODEL))
                .filter(row -> groups.stream().anyMatch(group -> holds(cases, group, row)))
                .toList();
        PanelAxis axis = axis(cases, speedups);
        List<PanelSheet.Panel> panels = groups.stream()
                .map(group -> new PanelSheet.Panel(
                        group.kind(),
                        group.title(),
                        axis,
                        "speed-up (×, log scale)",
                        OptionalDouble.of(1),
                        marks(cases, group, rows)))
                .toList();
        double confidence = speedups.getFirst().confidence();
        String legend = ("Marker: speed-up with its %s interval; hollow: one fork, so no interval. "
                        + "Line at 1: serial, right of it is faster. Upright bar: ideal, what the hardware allows.")
                .formatted(Numbers.percent(confidence));
        PanelSheet sheet = new PanelSheet(
                typeface, "How much faster than one thread? Speed-up over serial", legend, rows, panels, footer);
        return Optional.of(new Chart(
                Part.KINDS,
                NAME,
                "Speed-up over serial for each kind of work. Right of the line is faster than one thread; "
                        + "the upright bar is what the hardware allows.",
                "Speed-up over serial. " + describe(cases),
                sheet));
    }

    private static boolean hasSpeedup(Cases.Group group) {
        return group.summaries().stream()
                .anyMatch(summary ->
                        summary.key().isReference() || summary.speedup().isPresent());
    }

    private static boolean holds(Cases cases, Cases.Group group, Cases.Row row) {
        return Stream.concat(
                        group.summaries().stream().map(CaseSummary::key),
                        group.failures().stream().map(FailedCase::key))
                .anyMatch(key -> cases.rowOf(key).equals(row));
    }

    private static PanelAxis axis(Cases cases, List<Estimate> speedups) {
        double low = 1;
        double high = 1;
        for (Estimate speedup : speedups) {
            low = Math.min(low, speedup.value());
            high = Math.max(high, speedup.value());
        }
        for (Cases.Group group : cases.groups()) {
            for (CaseSummary summary : group.summaries()) {
                double ideal = positive(summary.ideal()).orElse(1);
                low = Math.min(low, ideal);
                high = Math.max(high, ideal);
            }
        }
        double lowest = low / STRETCH;
        double highest = high * STRETCH;
        for (Estimate speedup : speedups) {
            if (speedup.isBounded()) {
                low = Math.min(low, Math.max(speedup.low(), lowest));
                high = Math.max(high, Math.min(speedup.high(), highest));
            }
        }
        // Some room even where all models are alike.
        return PanelAxis.logarithmic(Math.min(low, 0.9), Math.max(high, 1.1), "×");
    }

    private static List<Mark> marks(Cases cases, Cases.Group group, List<Cases.Row> rows) {
        List<Mark> marks = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            marks.add(mark(cases, group, rows.get(row), row));
        }
        return marks;
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
            return new Mark.Words(index, group.reference().isEmpty() ? "no serial to compare" : "no speed-up");
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

    private static String describe(Cases cases) {
        return cases.groups().stream()
                .map(group -> group.kind() + ", " + group.title() + ": " + describe(cases, group) + ".")
                .collect(Collectors.joining(" "));
    }

    private static String describe(Cases cases, Cases.Group group) {
        return cases.rows().stream()
                .filter(row -> !row.model().equals(CaseKey.REFERENCE_MODEL))
                .map(row -> group.summaries().stream()
                        .filter(summary -> cases.rowOf(summary.key()).equals(row))
                        .findFirst()
                        .map(summary -> row.label() + " " + describe(summary))
                        .orElseGet(() -> row.label() + " " + group.absence(cases, row)))
                .collect(Collectors.joining("; "));
    }

    private static String describe(CaseSummary summary) {
        String speedup = summary.speedup()
                .map(estimate -> Numbers.withInterval(estimate, "×"))
                .orElse("no speed-up");
        OptionalDouble ideal = positive(summary.ideal());
        return ideal.isPresent() ? speedup + ", ideal " + Numbers.ideal(ideal.getAsDouble()) + "×" : speedup;
    }

    private static OptionalDouble positive(OptionalDouble value) {
        return value.isPresent() && value.getAsDouble() > 0 && Double.isFinite(value.getAsDouble())
                ? value
                : OptionalDouble.empty();
    }
}
