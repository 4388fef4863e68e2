package org.concurrencybench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.statistics.Estimate;

/**
 * Every result in its place: a row of a panel, a point of a curve, or among those that have none.
 *
 * @param results all of them, in the order of their files
 * @param taken what was taken for series, groups and x, a sentence each
 * @param panels groups that are shown as rows
 * @param curves groups that are shown as curves
 * @param unplaced those that lack a name that was chosen
 * @param speedups over the result of the same group that is called serial, where there is one
 */
record Placement(
        List<NamedResult> results,
        List<String> taken,
        List<Panel> panels,
        List<Curves> curves,
        List<Unplaced> unplaced,
        IdentityHashMap<NamedResult, Estimate> speedups) {

    static final String ALONE = "Benchmarks without a rival";

    /** The most classes that a sentence names. */
    private static final int MOST_NAMED = 6;

    /**
     * A group.
     *
     * @param unit of all its scores
     */
    record Panel(String heading, NamedResult.Quantity quantity, String unit, List<Row> rows) {}

    /**
     * @param label its series
     * @param score in the panel's unit
     */
    record Row(String label, NamedResult result, Estimate score) {}

    /**
     * A group whose series run over x.
     *
     * @param x name of what they run over
     */
    record Curves(
            String heading, NamedResult.Quantity quantity, String unit, String x, Map<String, List<Point>> lines) {}

    /**
     * @param score in the unit of its curves
     */
    record Point(double x, NamedResult result, Estimate score) {}

    /** A result without a place. */
    record Unplaced(NamedResult result, String why) {}

    static Placement of(Results results) {
        List<NamedResult> all = NamedResult.of(results);
        List<Unplaced> unplaced = new ArrayList<>();
        Map<List<Object>, List<NamedResult>> families = new LinkedHashMap<>();
        for (NamedResult result : all) {
            Optional<String> missing = results.choice().names().stream()
                    .filter(name -> !result.names().containsKey(name))
                    .findFirst();
            if (missing.isPresent()) {
                unplaced.add(new Unplaced(result, "has no " + missing.get()));
            } else {
                boolean across = results.choice().names().stream()
                        .anyMatch(name -> name.equals(NamedResult.CLASS) || name.equals("jmh-" + NamedResult.CLASS));
                String family = across ? "" : result.own(NamedResult.CLASS);
                families.computeIfAbsent(List.of(result.quantity(), family), _ -> new ArrayList<>())
                        .add(result);
            }
        }
        Builder builder = new Builder(unplaced);
        families.values().forEach(family -> builder.place(family, Arrangement.of(family, results.choice())));
        return new Placement(
                all,
                builder.taken(),
                builder.joined(),
                List.copyOf(builder.curves),
                List.copyOf(unplaced),
                builder.speedups);
    }

    /** Takes class after class. */
    private static final class Builder {

        private final List<Panel> panels = new ArrayList<>();
        private final List<Curves> curves = new ArrayList<>();
        private final List<Unplaced> unplaced;
        private final IdentityHashMap<NamedResult, Estimate> speedups = new IdentityHashMap<>();
        private final Map<String, Set<String>> classesByWords = new LinkedHashMap<>();

        Builder(List<Unplaced> unplaced) {
            this.unplaced = unplaced;
        }

        void place(List<NamedResult> family, Arrangement arrangement) {
            classesByWords
                    .computeIfAbsent(arrangement.inWords(), _ -> new LinkedHashSet<>())
                    .add(family.getFirst().own(NamedResult.CLASS));
            Map<String, List<NamedResult>> groups = new LinkedHashMap<>();
            family.forEach(result -> groups.computeIfAbsent(arrangement.groupOf(result), _ -> new ArrayList<>())
                    .add(result));
            groups.forEach((heading, group) -> {
                overSerial(group, arrangement);
                if (arrangement.x().isEmpty()) {
                    addPanel(heading, group, arrangement);
                    return;
                }
                List<NamedResult> points = new ArrayList<>();
                for (NamedResult result : group) {
                    if (!(result.score().value() > 0)) {
                        unplaced.add(
                                new Unplaced(result, "a curve's axis is logarithmic, and the score is not above 0"));
                    } else if (arrangement.xOf(result).isEmpty()) {
                        unplaced.add(new Unplaced(
                                result,
                                "its %s is no number above 0"
                                        .formatted(arrangement.x().get())));
                    } else {
                        points.add(result);
                    }
                }
                if (!points.isEmpty()) {
                    addCurves(heading, points, arrangement);
                }
            });
        }

        private void overSerial(List<NamedResult> group, Arrangement arrangement) {
            for (NamedResult serial : group) {
                if (arrangement.seriesOf(serial).equalsIgnoreCase(CaseKey.REFERENCE_MODEL)) {
                    OptionalDouble x = arrangement.xOf(serial);
                    group.stream()
                            .filter(own -> arrangement.xOf(own).equals(x))
                            .forEach(
                                    own -> OverSerial.of(own, serial).ifPresent(speedup -> speedups.put(own, speedup)));
                }
            }
        }

        private void addPanel(String heading, List<NamedResult> group, Arrangement arrangement) {
            NamedResult first = group.getFirst();
            String unit = first.measured().unit();
            panels.add(new Panel(
                    heading,
                    first.quantity(),
                    unit,
                    group.stream()
                            // What the others are measured against stands first.
                            .sorted(Comparator.comparing(
                                    result -> !CaseKey.REFERENCE_MODEL.equals(arrangement.seriesOf(result))))
                            .map(result -> new Row(arrangement.seriesOf(result), result, result.scoreIn(unit)))
                            .toList()));
        }

        private void addCurves(String heading, List<NamedResult> group, Arrangement arrangement) {
            NamedResult first = group.getFirst();
            String unit = first.measured().unit();
            Map<String, List<Point>> lines = new LinkedHashMap<>();
            group.stream()
                    .sorted((a, b) -> Double.compare(
                            arrangement.xOf(a).orElseThrow(), arrangement.xOf(b).orElseThrow()))
                    .forEach(result -> lines.computeIfAbsent(arrangement.seriesOf(result), _ -> new ArrayList<>())
                            .add(new Point(arrangement.xOf(result).orElseThrow(), result, result.scoreIn(unit))));
            curves.add(
                    new Curves(heading, first.quantity(), unit, arrangement.x().orElseThrow(), lines));
        }

        /** The panels; those with a single row of a class of its own would be all headings, and share one. */
        List<Panel> joined() {
            Map<NamedResult.Quantity, List<Panel>> alone = new LinkedHashMap<>();
            panels.stream()
                    .filter(panel -> panel.rows().size() == 1)
                    .forEach(panel -> alone.computeIfAbsent(panel.quantity(), _ -> new ArrayList<>())
                            .add(panel));
            List<Panel> joined = new ArrayList<>(panels.stream()
                    .filter(panel -> panel.rows().size() > 1
                            || alone.getOrDefault(panel.quantity(), List.of()).size() == 1)
                    .toList());
            alone.forEach((quantity, single) -> {
                if (single.size() > 1) {
                    String unit = single.getFirst().unit();
                    joined.add(new Panel(
                            ALONE,
                            quantity,
                            unit,
                            single.stream()
                                    .map(panel -> {
                                        Row row = panel.rows().getFirst();
                                        String method = row.result().own(NamedResult.METHOD);
                                        String label = row.label().equals(method)
                                                        && !panel.heading().contains(",")
                                                ? row.result().benchmark()
                                                : panel.heading() + ", " + row.label();
                                        return new Row(
                                                label,
                                                row.result(),
                                                row.result().scoreIn(unit));
                                    })
                                    .toList()));
                }
            });
            return List.copyOf(joined);
        }

        List<String> taken() {
            List<String> sentences = new ArrayList<>();
            classesByWords.forEach((words, classes) -> {
                List<String> named = classes.stream()
                        .filter(name -> !name.isEmpty())
                        .limit(MOST_NAMED)
                        .toList();
                int more = classes.size() - named.size();
                sentences.add(
                        named.isEmpty()
                                ? words
                                : "%s: %s"
                                        .formatted(
                                                String.join(", ", named)
                                                        + (more > 0 ? " and %d more classes".formatted(more) : ""),
                                                words));
            });
            return List.copyOf(sentences);
        }
    }
}
