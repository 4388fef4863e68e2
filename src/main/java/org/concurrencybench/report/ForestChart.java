package org.concurrencybench.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.concurrencybench.comparison.CaseComparison;
import org.concurrencybench.comparison.Comparison;
import org.concurrencybench.comparison.Verdict;
import org.concurrencybench.sample.Direction;
import org.concurrencybench.statistics.Estimate;

/**
 * How much slower is each case, and how sure is that? One row for each case, worst first, with the band within which a
 * change does not matter. To the right is slower for all of them: the change of a rate is drawn with its sign turned.
 */
final class ForestChart {

    private static final String NAME = "change";

    /** A picture of more is taller than any screen shows; the table has all of them. */
    private static final int MOST_ROWS = 60;

    private static final int LABEL_WIDTH = 420;

    /** How many thresholds a change may be to fix the scale: beside one of 600 % nobody would see one of 6 %. */
    private static final double WIDEST = 10;

    /** How many thresholds an interval may stretch the scale beyond the values; a longer one ends in an arrow. */
    private static final double STRETCH = 3;

    private ForestChart() {}

    /** The chart, or nothing where no change was judged. */
    static Optional<Chart> of(Comparison comparison, Typeface typeface) {
        List<CaseComparison> shown = comparison.cases().stream()
                .filter(one -> one.verdict().isOfAChange() && one.change().isPresent())
                .limit(MOST_ROWS)
                .toList();
        if (shown.isEmpty()) {
            return Optional.empty();
        }
        double threshold = 100 * comparison.settings().threshold();
        double widest = widest(shown, threshold);
        Map<String, String> names = names(shown);
        List<PanelSheet.RowLabel> rows = new ArrayList<>();
        List<Mark> marks = new ArrayList<>();
        for (CaseComparison one : shown) {
            Estimate change = slowdown(one);
            marks.add(new Mark.Measured(
                    marks.size(),
                    Palette.of(one.verdict()),
                    within(widest, change),
                    one.verdict().label() + " " + ChangeText.percent(change.value() / 100)
                            + (one.pooled() ? ", pooled" : ""),
                    change.isBounded()
                            ? "[%s, %s]"
                                    .formatted(
                                            ChangeText.percent(change.low() / 100),
                                            ChangeText.percent(change.high() / 100))
                            : "no interval",
                    Optional.empty(),
                    OptionalDouble.empty(),
                    List.of()));
            rows.add(new PanelSheet.RowLabel(
                    Palette.of(one.verdict()),
                    names.getOrDefault(one.benchmark(), one.benchmark())
                            + one.label().substring(one.benchmark().length()) + " (" + one.mode() + ")"));
        }
        String legend =
                ("Marker: change of the score with its interval, turned so that right is slower. Shaded: within the "
                                + "threshold of %s. An interval beyond it is a verdict, one across its edge is undecided. "
                                + "A change beyond the scale stands at its end, with its own figure.")
                        .formatted(ChangeText.share(comparison.settings().threshold()));
        PanelSheet sheet = new PanelSheet(
                typeface,
                title(comparison),
                "Candidate against baseline, worst first. " + legend,
                rows,
                LABEL_WIDTH,
                List.of(new PanelSheet.Panel(
                        "change",
                        shown.size() < comparison.cases().size()
                                ? "%d of %d cases"
                                        .formatted(
                                                shown.size(), comparison.cases().size())
                                : "",
                        axis(marks, threshold),
                        "faster <   change in %   > slower",
                        OptionalDouble.of(0),
                        OptionalDouble.of(threshold),
                        marks)),
                "Baseline %s, candidate %s"
                        .formatted(ComparisonPage.baseline(comparison), ComparisonPage.candidate(comparison)));
        return Optional.of(new Chart(
                Part.CASES,
                NAME,
                "Change of each case, worst first. Right of the shaded band is slower by more than matters.",
                shown.stream()
                        .map(one -> one.label() + " " + one.verdict().label() + " " + ChangeText.change(one))
                        .collect(Collectors.joining("; ", "Change, candidate against baseline: ", ".")),
                sheet));
    }

    /** How many of each verdict. */
    private static String title(Comparison comparison) {
        Map<Verdict, Long> counts = comparison.cases().stream()
                .collect(Collectors.groupingBy(
                        CaseComparison::verdict, () -> new EnumMap<>(Verdict.class), Collectors.counting()));
        return "Of %d %s %s"
                .formatted(
                        comparison.cases().size(),
                        comparison.cases().size() == 1 ? "case" : "cases",
                        Text.enumeration(counts.entrySet().stream()
                                .map(entry ->
                                        entry.getValue() + " " + entry.getKey().label())
                                .toList()));
    }

    /** Largest change that is drawn where it belongs, in per cent: half of them at least are. */
    private static double widest(List<CaseComparison> shown, double threshold) {
        double[] sizes = shown.stream()
                .mapToDouble(one -> Math.abs(slowdown(one).value()))
                .sorted()
                .toArray();
        return Math.max(WIDEST * threshold, 2 * sizes[sizes.length / 2]);
    }

    private static Estimate within(double widest, Estimate change) {
        double value = Math.clamp(change.value(), -widest, widest);
        return new Estimate(value, Math.min(value, change.low()), Math.max(value, change.high()), change.confidence());
    }

    /** Class and method for each benchmark, as long as these tell them apart; the table has the full name. */
    private static Map<String, String> names(List<CaseComparison> shown) {
        Map<String, String> names = new HashMap<>();
        for (CaseComparison one : shown) {
            String[] parts = one.benchmark().split("\\.", -1);
            names.put(
                    one.benchmark(),
                    parts.length < 2 ? one.benchmark() : parts[parts.length - 2] + "." + parts[parts.length - 1]);
        }
        return names.values().stream().distinct().count() == names.size() ? names : Map.of();
    }

    /** In per cent, above 0 for slower. */
    private static Estimate slowdown(CaseComparison one) {
        Estimate change = one.change().orElseThrow();
        return one.direction() == Direction.LOWER
                ? new Estimate(100 * change.value(), 100 * change.low(), 100 * change.high(), change.confidence())
                : new Estimate(-100 * change.value(), -100 * change.high(), -100 * change.low(), change.confidence());
    }

    private static PanelAxis axis(List<Mark> marks, double threshold) {
        double low = -1.5 * threshold;
        double high = 1.5 * threshold;
        for (Mark mark : marks) {
            if (mark instanceof Mark.Measured measured) {
                low = Math.min(low, measured.estimate().value());
                high = Math.max(high, measured.estimate().value());
            }
        }
        double lowest = low - STRETCH * threshold;
        double highest = high + STRETCH * threshold;
        for (Mark mark : marks) {
            if (mark instanceof Mark.Measured measured && measured.estimate().isBounded()) {
                low = Math.min(low, Math.max(measured.estimate().low(), lowest));
                high = Math.max(high, Math.min(measured.estimate().high(), highest));
            }
        }
        double margin = (high - low) * 0.05;
        return new PanelAxis(low - margin, high + margin, false, "%");
    }
}
