package org.concurrencybench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.statistics.Estimate;

/** What speed costs: time against memory and against CPU time, a point for each model, in one setting of each workload. */
final class CostChart {

    private static final String NAME = "cost";

    /** Workloads; more panels than these nobody compares. */
    private static final int MOST_WORKLOADS = 6;

    private CostChart() {}

    /** What is paid. */
    private enum Currency {
        MEMORY("memory", "memory of the process tree, MiB (log scale)", "MiB", CaseSummary::rssMebibytes),
        CPU("CPU time", "CPU time of a batch, ms (log scale)", "ms of CPU", CaseSummary::cpuMillis);

        private final String words;
        private final String axis;
        private final String unit;

        @SuppressWarnings("ImmutableEnumChecker") // a method reference
        private final Function<CaseSummary, OptionalDouble> amount;

        Currency(String words, String axis, String unit, Function<CaseSummary, OptionalDouble> amount) {
            this.words = words;
            this.axis = axis;
            this.unit = unit;
            this.amount = amount;
        }
    }

    /** The chart, or nothing where neither memory nor CPU time was measured. */
    static Optional<Chart> of(Cases all, Typeface typeface, String footer) {
        Cases cases = MainSettings.of(all);
        Map<String, Cases.Group> byWorkload = new LinkedHashMap<>();
        for (Cases.Group group : cases.groups()) {
            byWorkload.putIfAbsent(group.kind() + "/" + group.workload(), group);
        }
        List<Cases.Group> groups =
                byWorkload.values().stream().limit(MOST_WORKLOADS).toList();
        List<CostSheet.Row> rows = new ArrayList<>();
        for (Currency currency : Currency.values()) {
            List<CostSheet.Panel> panels = groups.stream()
                    .map(group -> panel(group, cases, currency))
                    .filter(panel -> panel.dots().size() > 1)
                    .toList();
            if (!panels.isEmpty()) {
                rows.add(new CostSheet.Row("Time against " + currency.words, currency.axis, panels));
            }
        }
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        String description = groups.stream()
                .map(group -> "%s, %s: %s.".formatted(group.kind(), group.title(), describe(group, cases)))
                .collect(Collectors.joining(" "));
        boolean hollow = rows.stream()
                .flatMap(row -> row.panels().stream())
                .flatMap(panel -> panel.dots().stream())
                .anyMatch(dot -> !dot.y().isBounded());
        return Optional.of(new Chart(
                Part.COST,
                NAME,
                "Time against memory and against CPU time; down is faster, left is cheaper.",
                "Time, memory and CPU time of each model. " + description,
                new CostSheet(
                        typeface,
                        new Frame.Words(
                                title(groups),
                                "Time against memory and against CPU time, a point for each model; down is faster, left is "
                                        + "cheaper. Bar: interval of the time"
                                        + (hollow ? "; hollow: one fork, so none. " : ". ")
                                        + "Markers that would hide each other stand side by side, with a line to their place. "
                                        + "Memory is the largest of all samples, CPU time their mean, both of the whole process "
                                        + "tree and without an interval.",
                                footer,
                                List.of()),
                        rows)));
    }

    /**
     * The most CPU time that any model takes, in multiples of what serial takes for the same work. Memory is a maximum over samples,
     * heap that nobody has collected yet included: good for a place in the picture, not for a headline.
     */
    private static String title(List<Cases.Group> groups) {
        return groups.stream()
                .flatMap(group -> multiples(group, Currency.CPU))
                .max(Comparator.comparingDouble(Multiple::times))
                .map(most -> "Time and what it costs: up to %s× serial's %s (%s)"
                        .formatted(Numbers.plain(most.times()), Currency.CPU.words, most.model()))
                .orElse("Time against memory and against CPU time");
    }

    /** What a model takes, as a multiple of what serial takes. */
    private record Multiple(String model, double times) {}

    private static Stream<Multiple> multiples(Cases.Group group, Currency currency) {
        OptionalDouble serial = group.reference()
                .map(reference -> SpeedupChart.positive(currency.amount.apply(reference)))
                .orElse(OptionalDouble.empty());
        return group.summaries().stream()
                .filter(summary -> !summary.key().isReference())
                .filter(summary -> Contest.competes(summary.key().model()))
                .flatMap(summary -> {
                    OptionalDouble amount = SpeedupChart.positive(currency.amount.apply(summary));
                    return serial.isPresent() && amount.isPresent()
                            ? Stream.of(
                                    new Multiple(summary.key().model(), amount.getAsDouble() / serial.getAsDouble()))
                            : Stream.empty();
                });
    }

    private static CostSheet.Panel panel(Cases.Group group, Cases cases, Currency currency) {
        List<CostSheet.Dot> dots = new ArrayList<>();
        for (CaseSummary summary : group.summaries()) {
            OptionalDouble amount = SpeedupChart.positive(currency.amount.apply(summary));
            Optional<Estimate> time = millis(summary);
            if (amount.isPresent()
                    && time.isPresent()
                    && Contest.competes(summary.key().model())) {
                dots.add(new CostSheet.Dot(
                        Text.clean(cases.rowOf(summary.key()).label()),
                        Palette.of(summary.key().model()),
                        amount.getAsDouble(),
                        time.get()));
            }
        }
        return new CostSheet.Panel(group.kind(), group.title(), dots);
    }

    /** The time in milliseconds. */
    private static Optional<Estimate> millis(CaseSummary summary) {
        OptionalDouble millis = SpeedupChart.positive(Reason.millis(summary));
        return millis.isPresent()
                ? Optional.of(Curve.times(
                        summary.score(), millis.getAsDouble() / summary.score().value()))
                : Optional.empty();
    }

    private static String describe(Cases.Group group, Cases cases) {
        return group.summaries().stream()
                .map(summary -> {
                    StringBuilder words = new StringBuilder(
                            Text.clean(cases.rowOf(summary.key()).label()));
                    words.append(' ').append(Numbers.withInterval(summary.score(), " " + summary.unit()));
                    for (Currency currency : Currency.values()) {
                        OptionalDouble amount = currency.amount.apply(summary);
                        if (amount.isPresent()) {
                            words.append(", %s %s".formatted(Numbers.plain(amount.getAsDouble()), currency.unit));
                        }
                    }
                    return words.toString();
                })
                .collect(Collectors.joining("; "));
    }
}
