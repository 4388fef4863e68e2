package org.concurrencybench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.statistics.Estimate;

/**
 * Where the time of a cold child JVM goes: its phases one after another, as wide as they are long. They are counted beside the
 * time of the whole, as cases of their own that carry the parameter {@code phase}.
 */
final class PhasesChart {

    private static final String NAME = "child-jvm-phases";
    private static final String WORKLOAD = "child-jvm-phases";
    private static final String PHASE = "phase";

    /** The phases in the order of a child's life; others follow in the order of their names. */
    private static final List<String> ORDER =
            List.of("spawn", "jvm-up", "transfer-in", "compute", "transfer-out", "end");

    private PhasesChart() {}

    /** The chart, or nothing where the run has no such cases. */
    static Optional<Chart> of(List<CaseSummary> summaries, Typeface typeface, String footer) {
        Map<CaseKey, List<CaseSummary>> byWhole = new LinkedHashMap<>();
        Map<CaseKey, CaseSummary> wholes = new LinkedHashMap<>();
        for (CaseSummary summary : summaries) {
            if (summary.key().workload().equals(WORKLOAD)) {
                if (summary.key().params().get(PHASE).isPresent()) {
                    byWhole.computeIfAbsent(whole(summary.key()), _ -> new ArrayList<>())
                            .add(summary);
                } else {
                    wholes.put(summary.key(), summary);
                }
            }
        }
        List<PhasesSheet.Bar> bars = new ArrayList<>();
        byWhole.forEach((key, phases) -> {
            List<PhasesSheet.Phase> parts = phases.stream()
                    .sorted((a, b) -> Integer.compare(rank(a), rank(b)))
                    .flatMap(phase -> phase(phase).stream())
                    .toList();
            if (!parts.isEmpty()) {
                bars.add(new PhasesSheet.Bar(
                        setting(key, byWhole.keySet()),
                        parts,
                        Optional.ofNullable(wholes.get(key)).flatMap(PhasesChart::millis)));
            }
        });
        if (bars.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Chart(
                Part.CHILD_JVMS,
                NAME,
                "The life of one cold child JVM, from the call that starts it to its exit, phase by phase.",
                "Phases of a cold child JVM. "
                        + bars.stream().map(PhasesChart::describe).collect(Collectors.joining(" ")),
                new PhasesSheet(
                        typeface,
                        new Frame.Words(
                                headline(bars.getFirst()),
                                "Where the time of a cold child JVM goes. Each phase as wide as it is long, with its mean over forks and its interval; the whole was taken by "
                                        + "itself, and means of parts need not add up to it. spawn: until the process exists; "
                                        + "jvm-up: until main begins; transfer-in: until the batch is read; compute: until the tasks "
                                        + "have ended; transfer-out: until the answer is read; end: until the exit is seen.",
                                footer,
                                List.of()),
                        bars)));
    }

    private static CaseKey whole(CaseKey key) {
        return new CaseKey(
                key.benchmark(),
                key.workload(),
                key.kind(),
                key.model(),
                key.params().without(PHASE));
    }

    private static int rank(CaseSummary summary) {
        int rank = ORDER.indexOf(name(summary));
        return rank < 0 ? ORDER.size() : rank;
    }

    private static String name(CaseSummary summary) {
        return summary.key().params().get(PHASE).orElse("");
    }

    private static Optional<PhasesSheet.Phase> phase(CaseSummary summary) {
        return millis(summary).map(millis -> new PhasesSheet.Phase(Text.clean(name(summary)), millis));
    }

    private static Optional<Estimate> millis(CaseSummary summary) {
        OptionalDouble millis = SpeedupChart.positive(Reason.millis(summary));
        return millis.isPresent()
                ? Optional.of(Curve.times(
                        summary.score(), millis.getAsDouble() / summary.score().value()))
                : Optional.empty();
    }

    /** The parameters that tell one bar from the others; empty where there is one. */
    private static String setting(CaseKey key, Set<CaseKey> all) {
        Set<String> names = new TreeSet<>();
        all.forEach(other -> names.addAll(other.params().asMap().keySet()));
        names.removeIf(name ->
                all.stream().map(other -> other.params().get(name)).distinct().count() == 1);
        Map<String, String> telling = new TreeMap<>();
        names.forEach(name -> key.params().get(name).ifPresent(value -> telling.put(name, value)));
        return telling.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    /** What takes most of it. */
    private static String headline(PhasesSheet.Bar bar) {
        return bar.phases().stream()
                .max((a, b) -> Double.compare(a.millis().value(), b.millis().value()))
                .map(most -> "%s of the life of a cold child JVM is %s".formatted(bar.share(most), most.name()))
                .orElse("");
    }

    private static String describe(PhasesSheet.Bar bar) {
        return (bar.setting().isEmpty() ? "" : bar.setting() + ": ")
                + bar.phases().stream()
                        .map(phase -> "%s %s (%s)"
                                .formatted(phase.name(), Numbers.withInterval(phase.millis(), " ms"), bar.share(phase)))
                        .collect(Collectors.joining("; "))
                + bar.whole()
                        .map(whole -> "; the whole " + Numbers.withInterval(whole, " ms"))
                        .orElse("")
                + ".";
    }
}
