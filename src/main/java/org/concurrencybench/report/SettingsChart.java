package org.concurrencybench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.CaseSummary;

/** The settings that {@link SpeedupChart} has no room for, a line each: every model's speed-up, and who is ahead. */
final class SettingsChart {

    private static final String NAME = "speedup-settings";

    /** A picture of more is taller than anybody scrolls; the table has all of them. */
    private static final int MOST_LINES = 120;

    private SettingsChart() {}

    /** The chart, or nothing where the other one shows all settings. */
    static Optional<Chart> of(Cases all, Typeface typeface, String footer) {
        Set<CaseKey.Group> shown =
                MainSettings.of(all).groups().stream().map(Cases.Group::key).collect(Collectors.toSet());
        Cases cases = MainSettings.named(all.groups().stream()
                .filter(MainSettings::hasSpeedup)
                .filter(group -> !shown.contains(group.key()))
                .filter(group -> Contest.over(List.of(group), all).isHeld())
                .toList());
        List<Cases.Group> others = cases.groups();
        if (others.isEmpty()) {
            return Optional.empty();
        }
        List<Cases.Group> drawn = others.subList(0, Math.min(MOST_LINES, others.size()));
        String rest = others.size() > drawn.size()
                ? " %d more settings stand in the table of cases alone.".formatted(others.size() - drawn.size())
                : "";
        List<SettingsSheet.Line> lines =
                drawn.stream().map(group -> line(group, cases)).toList();
        return Optional.of(new Chart(
                Part.KINDS,
                NAME,
                "Every other setting that has a serial case, a line each, with whoever is ahead at the right." + rest,
                "Speed-up over serial, other settings. "
                        + lines.stream().map(SettingsChart::describe).collect(Collectors.joining(" ")),
                new SettingsSheet(
                        typeface,
                        new Frame.Words(
                                title(lines),
                                "A marker for each model at its speed-up over serial, on a logarithmic scale; line at 1×: "
                                        + "serial"
                                        + (lines.stream()
                                                        .anyMatch(line ->
                                                                line.ideal().isPresent())
                                                ? "; upright bar: the highest ideal"
                                                : "")
                                        + ". Then the fastest with its interval, unless others cannot be told from it."
                                        + rest,
                                footer,
                                keys(lines)),
                        lines)));
    }

    private static String title(List<SettingsSheet.Line> lines) {
        return "Other settings: "
                + Standings.inWords(
                        lines.stream().map(SettingsSheet.Line::winner).toList());
    }

    private static List<Frame.Key> keys(List<SettingsSheet.Line> lines) {
        return lines.stream()
                .flatMap(line -> line.dots().stream())
                .map(SettingsSheet.Dot::model)
                .distinct()
                .map(model -> new Frame.Key(Palette.of(model), model))
                .toList();
    }

    private static SettingsSheet.Line line(Cases.Group group, Cases cases) {
        List<SettingsSheet.Dot> dots = group.summaries().stream()
                .filter(summary -> !summary.key().isReference())
                .filter(summary -> summary.speedup().isPresent())
                .map(summary -> new SettingsSheet.Dot(
                        summary.key().model(), summary.speedup().orElseThrow()))
                .toList();
        OptionalDouble ideal = group.summaries().stream()
                .filter(summary -> !summary.key().isReference())
                .map(CaseSummary::ideal)
                .map(SpeedupChart::positive)
                .flatMapToDouble(OptionalDouble::stream)
                .max();
        Contest contest = Contest.over(List.of(group), cases);
        Contest.Entry best = contest.best();
        List<Contest.Entry> rivals = contest.rivals();
        String standing;
        if (rivals.isEmpty()) {
            standing = best.isSerial()
                    ? "serial"
                    : best.candidate().model() + " "
                            + Numbers.withInterval(best.candidate().speedup(), "×");
        } else {
            standing = "undecided: " + best.candidate().model() + " or "
                    + (rivals.size() == 1 ? rivals.getFirst().candidate().model() : rivals.size() + " others");
        }
        return new SettingsSheet.Line(
                group.kind(),
                group.title(),
                dots,
                ideal,
                rivals.isEmpty() ? Optional.of(best.model()) : Optional.empty(),
                standing);
    }

    private static String describe(SettingsSheet.Line line) {
        List<String> words = new ArrayList<>();
        line.dots().stream()
                .sorted(Comparator.comparingDouble(
                        (SettingsSheet.Dot dot) -> -dot.speedup().value()))
                .forEach(dot -> words.add(dot.model() + " " + Numbers.withInterval(dot.speedup(), "×")));
        return "%s, %s: %s.".formatted(line.kind(), line.title(), String.join("; ", words));
    }
}
