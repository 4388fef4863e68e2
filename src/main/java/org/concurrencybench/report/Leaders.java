package org.concurrencybench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.concurrencybench.sample.Direction;
import org.concurrencybench.statistics.Estimate;

/**
 * Which series leads in each group, as far as intervals tell: one leads where its interval has no point in common with that
 * of any other. Curves are judged at the largest x that all of their lines have.
 */
final class Leaders {

    private Leaders() {}

    /** One contender in a group. */
    private record Contender(String label, NamedResult result, Estimate score) {}

    /** A sentence for each group of at least two. */
    static List<String> of(Placement placement) {
        List<String> sentences = new ArrayList<>();
        for (Placement.Curves curves : placement.curves()) {
            Map<Double, List<Contender>> byX = new TreeMap<>(Comparator.reverseOrder());
            curves.lines()
                    .forEach((label, points) ->
                            points.forEach(point -> byX.computeIfAbsent(point.x(), _ -> new ArrayList<>())
                                    .add(new Contender(label, point.result(), point.score()))));
            byX.entrySet().stream()
                    .filter(at -> at.getValue().size() == curves.lines().size())
                    .findFirst()
                    .flatMap(at -> sentence(
                            "%s at %s=%s".formatted(curves.heading(), curves.x(), LogScale.label(at.getKey())),
                            curves.unit(),
                            curves.quantity(),
                            at.getValue()))
                    .ifPresent(sentences::add);
        }
        for (Placement.Panel panel : placement.panels()) {
            List<Contender> contenders = panel.rows().stream()
                    .map(row -> new Contender(row.label(), row.result(), row.score()))
                    .toList();
            // Benchmarks without a rival share a panel, and nothing else.
            if (!panel.heading().equals(Placement.ALONE)) {
                sentence(panel.heading(), panel.unit(), panel.quantity(), contenders)
                        .ifPresent(sentences::add);
            }
        }
        return List.copyOf(sentences);
    }

    private static Optional<String> sentence(
            String where, String unit, NamedResult.Quantity quantity, List<Contender> contenders) {
        if (contenders.size() < 2) {
            return Optional.empty();
        }
        Comparator<Contender> byScore =
                Comparator.comparingDouble(contender -> contender.score().value());
        List<Contender> ranked = contenders.stream()
                .sorted(quantity.direction() == Direction.LOWER ? byScore : byScore.reversed())
                .toList();
        Contender best = ranked.getFirst();
        List<Contender> rivals = ranked.stream()
                .skip(1)
                .filter(other -> other.score().overlaps(best.score()))
                .toList();
        String pooled = best.result().isPooled() ? " (pooled)" : "";
        if (rivals.isEmpty()) {
            Contender next = ranked.get(1);
            return Optional.of("%s: %s leads with %s%s; next is %s with %s."
                    .formatted(
                            where,
                            best.label(),
                            Numbers.withInterval(best.score(), " " + unit),
                            pooled,
                            next.label(),
                            Numbers.withInterval(next.score(), " " + unit)));
        }
        boolean unbounded = !best.score().isBounded()
                || rivals.stream().allMatch(other -> !other.score().isBounded());
        return Optional.of("%s: no clear leader; %s has %s, and %s."
                .formatted(
                        where,
                        best.label(),
                        Numbers.withInterval(best.score(), " " + unit) + pooled,
                        unbounded
                                ? "without intervals (one fork) nothing can be told"
                                : rivals.size() == 1
                                        ? "the interval of %s overlaps"
                                                .formatted(rivals.getFirst().label())
                                        : "%d intervals overlap".formatted(rivals.size())));
    }
}
