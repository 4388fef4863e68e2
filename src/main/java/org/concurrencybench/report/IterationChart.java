package org.concurrencybench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.sample.Phase;
import org.concurrencybench.sample.Sample;
import org.concurrencybench.statistics.Steadiness;

/**
 * Every sample of every case: by fork beside the case's interval, and over time with the warm-up and the part that had come to
 * rest. Where a case has too many samples for dots their quantiles are drawn, and the picture says so.
 */
final class IterationChart {

    /** Dots of one case; beyond, they would be a blot and a page of many megabytes. */
    static final int MOST_DOTS = 400;

    /** Dots of all cases together; a run of more gets quantiles for smaller cases too. */
    static final int MOST_DOTS_OF_PAGE = 20_000;

    /** Cases of one picture; a workload with more of them has several pictures. */
    private static final int STRIPS_OF_PICTURE = 30;

    /** Cases that have a strip at all; those beyond stand in the table alone, and the last picture says how many. */
    static final int MOST_STRIPS = 240;

    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    private IterationChart() {}

    static List<Chart> of(List<CaseSummary> summaries, List<Sample> samples, Typeface typeface, String footer) {
        Map<CaseKey, List<Sample>> byCase = new HashMap<>();
        for (Sample sample : samples) {
            byCase.computeIfAbsent(sample.key(), _ -> new ArrayList<>()).add(sample);
        }
        Cases cases = Cases.of(summaries, List.of());
        long all = summaries.stream()
                .mapToLong(
                        summary -> byCase.getOrDefault(summary.key(), List.of()).size())
                .filter(count -> count <= MOST_DOTS)
                .sum();
        // As many for each case as all of them may have, if there are too many.
        int most = (int) (all <= MOST_DOTS_OF_PAGE ? MOST_DOTS : (long) MOST_DOTS * MOST_DOTS_OF_PAGE / all);
        Map<String, List<IterationSheet.Strip>> byWorkload = new LinkedHashMap<>();
        int strips = 0;
        int left = 0;
        for (Cases.Group group : cases.groups()) {
            for (CaseSummary summary : group.summaries()) {
                List<Sample> own = byCase.getOrDefault(summary.key(), List.of());
                if (own.isEmpty()) {
                    continue;
                }
                if (strips == MOST_STRIPS) {
                    left++;
                } else {
                    strips++;
                    byWorkload
                            .computeIfAbsent(group.workload(), _ -> new ArrayList<>())
                            .add(strip(group, cases.rowOf(summary.key()), summary, own, most));
                }
            }
        }
        List<Chart> charts = new ArrayList<>();
        Map<String, Integer> names = new HashMap<>();
        for (Map.Entry<String, List<IterationSheet.Strip>> entry : byWorkload.entrySet()) {
            List<IterationSheet.Strip> own = entry.getValue().stream()
                    .sorted(Comparator.comparing(strip -> padded(strip.setting())))
                    .toList();
            for (int first = 0; first < own.size(); first += STRIPS_OF_PICTURE) {
                List<IterationSheet.Strip> some = own.subList(first, Math.min(own.size(), first + STRIPS_OF_PICTURE));
                strips -= some.size();
                String more = strips == 0 && left > 0
                        ? " %d more cases have no strip here: their numbers are in the table, their samples in the CSV."
                                .formatted(left)
                        : "";
                charts.add(chart(entry.getKey(), names, some, more, typeface, footer));
            }
        }
        return charts;
    }

    /** With numbers of one length, so that 2 comes before 10. */
    private static String padded(String setting) {
        return NUMBER.matcher(setting)
                .replaceAll(number -> "0".repeat(Math.max(0, 20 - number.group().length())) + number.group());
    }

    private static Chart chart(
            String workload,
            Map<String, Integer> names,
            List<IterationSheet.Strip> strips,
            String more,
            Typeface typeface,
            String footer) {
        String name = "iterations-" + Text.slug(workload);
        int number = names.merge(name, 1, Integer::sum);
        String title = "Every iteration of " + workload + rest(strips);
        boolean overTime =
                strips.stream().flatMap(strip -> strip.forks().stream()).anyMatch(fork -> fork.length() > 1);
        String legend = "Each fork's measured iterations, a short bar at their median; at the right end the score with"
                + " its interval."
                + (overTime
                        ? " Beside that all iterations in their order, a line for each fork, bold from where it stays within"
                                + " 5% of what it comes to; grey is warm-up, whose end is at one place for all forks. An arrow"
                                + " points at what lies beyond the scale."
                        : "")
                + (strips.stream().anyMatch(IterationSheet.Strip::isQuantiles)
                        ? " Bars stand for more samples than dots can show: 5% to 95%, 25% to 75%, and the median."
                        : "")
                + more;
        return new Chart(
                Part.CASES,
                number == 1 ? name : name + "-" + number,
                title + ". " + legend,
                title + ". " + strips.stream().map(IterationChart::describe).collect(Collectors.joining(" ")) + more,
                new IterationSheet(
                        typeface,
                        new Frame.Words(title + (number == 1 ? "" : " (" + number + ")"), legend, footer, List.of()),
                        strips));
    }

    /** In how many cases all forks were steady, where there are iterations enough to tell: as the table's notes have it. */
    private static String rest(List<IterationSheet.Strip> strips) {
        List<List<Steadiness>> told = strips.stream()
                .map(strip -> labels(strip.forks()))
                .filter(labels -> !labels.contains(Steadiness.NOT_JUDGED))
                .toList();
        long steady = told.stream().filter(IterationChart::areSteady).count();
        return told.isEmpty()
                ? ""
                : ": all forks steady in %d of %d %s"
                        .formatted(steady, told.size(), told.size() == 1 ? "case" : "cases that can be judged");
    }

    private static List<Steadiness> labels(List<IterationSheet.Fork> forks) {
        return forks.stream().map(fork -> Steadiness.of(fork.measured())).toList();
    }

    private static boolean areSteady(List<Steadiness> labels) {
        return labels.stream().allMatch(label -> label == Steadiness.STEADY);
    }

    private static IterationSheet.Strip strip(
            Cases.Group group, Cases.Row row, CaseSummary summary, List<Sample> samples, int most) {
        Map<Integer, List<Sample>> byFork = new TreeMap<>();
        samples.forEach(sample ->
                byFork.computeIfAbsent(sample.fork(), _ -> new ArrayList<>()).add(sample));
        List<IterationSheet.Fork> forks = byFork.values().stream()
                .map(IterationChart::fork)
                .filter(fork -> !fork.measured().isEmpty())
                .toList();
        return new IterationSheet.Strip(
                row.label(),
                group.setting(),
                Palette.of(summary.key().model()),
                summary.score(),
                summary.unit(),
                settled(forks),
                summary.note(),
                forks,
                samples.size() > most);
    }

    private static IterationSheet.Fork fork(List<Sample> samples) {
        List<Double> warmup = scores(samples, Phase.WARMUP);
        List<Double> measured = scores(samples, Phase.MEASUREMENT);
        List<Double> series = new ArrayList<>(warmup);
        series.addAll(measured);
        return new IterationSheet.Fork(samples.getFirst().fork(), warmup, measured, Steadiness.restsFrom(series));
    }

    private static List<Double> scores(List<Sample> samples, Phase phase) {
        return samples.stream()
                .filter(sample -> sample.phase() == phase)
                .sorted(Comparator.comparingInt(Sample::iteration))
                .map(Sample::score)
                .toList();
    }

    /** From when on forks that are steady had come to rest; of others the note tells what they are. */
    private static String settled(List<IterationSheet.Fork> forks) {
        List<Steadiness> labels = labels(forks);
        if (labels.stream().allMatch(label -> label == Steadiness.NOT_JUDGED)) {
            return "too few iterations to see whether it rests";
        }
        if (!areSteady(labels)) {
            return "";
        }
        if (forks.stream().anyMatch(fork -> fork.restsFrom() >= fork.length())) {
            return "steady but for single iterations";
        }
        int after = forks.stream()
                .mapToInt(fork -> fork.restsFrom() - fork.warmup().size())
                .max()
                .orElse(0);
        return after <= 0
                ? "steady, at rest when the warm-up ends"
                : "steady, within 5%% from measured iteration %d on".formatted(after + 1);
    }

    private static String describe(IterationSheet.Strip strip) {
        int samples =
                strip.forks().stream().mapToInt(fork -> fork.measured().size()).sum();
        return "%s%s: %s over %d forks and %d measured iterations, from %s to %s%s%s."
                .formatted(
                        strip.title(),
                        strip.setting().isEmpty() ? "" : " (" + strip.setting() + ")",
                        Numbers.withInterval(strip.score(), " " + strip.unit()),
                        strip.forks().size(),
                        samples,
                        Numbers.plain(strip.lowest()),
                        Numbers.plain(strip.highest()),
                        strip.settled().isEmpty() ? "" : "; " + strip.settled(),
                        strip.note().isEmpty() ? "" : "; " + strip.note());
    }
}
