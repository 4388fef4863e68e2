package org.concurrencybench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.statistics.Crossing;
import org.concurrencybench.statistics.Estimate;
import org.concurrencybench.statistics.Line;

/** What the curves of a run come to, a sentence each: slopes, crossings, and how far a line keeps to the ideal. */
public final class Findings {

    private Findings() {}

    /** One sentence for each thing found, in the order of the curves. */
    public static List<String> of(List<CaseSummary> summaries) {
        List<String> findings = new ArrayList<>();
        Curve.MANY_SLEEPERS.panels(summaries).forEach(panel -> findings.add(sleepers(panel)));
        spawned(summaries, findings);
        for (Curve.Panel panel : Curve.FOOTPRINT.panels(summaries)) {
            findings.add("Footprint: what one waiting unit takes: "
                    + panel.lines().stream()
                            .filter(line -> line.points().stream()
                                            .mapToDouble(Curve.Point::x)
                                            .distinct()
                                            .count()
                                    > 1)
                            .map(line -> line.label() + " " + memory(slope(line)))
                            .collect(Collectors.joining("; "))
                    + ".");
        }
        List<Curve.Panel> maps = Curve.POOL_MAP_WORK.panels(summaries);
        for (Curve.Panel panel : maps) {
            findings.add("Pool map%s: a pool pays for calls that add up "
                            .formatted(maps.size() > 1 ? ", " + panel.setting() : "")
                    + panel.lines().stream()
                            .map(line -> line.label() + " " + crossing(CurveChart.crossing(line)))
                            .collect(Collectors.joining("; "))
                    + ".");
        }
        findings.addAll(scaling(summaries));
        return findings;
    }

    /** The law behind each line of speed-ups over the number of units. */
    static List<String> scaling(List<CaseSummary> summaries) {
        return Curve.SUM_OF_SQUARES.panels(summaries).stream()
                .map(panel -> "Scaling of %s: %s."
                        .formatted(
                                panel.setting(),
                                panel.lines().stream()
                                        .map(line -> ScalingFits.inWords(line, summaries))
                                        .collect(Collectors.joining("; "))))
                .toList();
    }

    /** At the most tasks that were measured; a line that does not go so far has nothing to say there. */
    private static String sleepers(Curve.Panel panel) {
        double most = panel.points().stream().mapToDouble(Curve.Point::x).max().orElse(0);
        return "Many sleepers, %s: %s tasks take, in multiples of the ideal, %s."
                .formatted(
                        panel.setting(),
                        Numbers.plain(most),
                        panel.lines().stream()
                                .flatMap(line -> line.points().stream()
                                        .filter(point -> point.x() == most)
                                        .map(point -> line.label() + " " + overIdeal(point)))
                                .collect(Collectors.joining("; ")));
    }

    private static String overIdeal(Curve.Point point) {
        OptionalDouble ideal = Curve.MANY_SLEEPERS.ideal(point);
        return ideal.isPresent()
                ? Numbers.withInterval(Curve.times(point.y(), 1 / ideal.getAsDouble()), "×")
                : "unknown";
    }

    /** Of a profile with a single size too, which is no curve. */
    private static void spawned(List<CaseSummary> summaries, List<String> findings) {
        List<String> each = summaries.stream()
                .filter(summary -> summary.key().workload().equals("spawn"))
                .filter(summary -> summary.key()
                        .params()
                        .get("units")
                        .equals(summary.key().params().get("parallelism")))
                .filter(summary -> summary.key()
                        .params()
                        .get("squares")
                        .filter("0"::equals)
                        .isPresent())
                .filter(summary ->
                        summary.key().params().get("units").filter("1"::equals).isPresent())
                .map(summary ->
                        summary.key().model() + " " + Numbers.withInterval(Curve.times(summary.score(), 1000), " µs"))
                .toList();
        if (!each.isEmpty()) {
            findings.add("Spawn: to start and join one unit takes " + String.join("; ", each) + ".");
        }
    }

    /**
     * The slope over the sizes, one line for each fork. A case's forks stand in the order in which they ran, and all sizes of
     * a fork were read in it; a fork that is missing at one size is left out at all.
     */
    static Estimate slope(Curve.Line line) {
        int forks = line.points().stream()
                .mapToInt(point -> point.summary().forks().count())
                .min()
                .orElse(0);
        List<List<Line.Point>> byFork = IntStream.range(0, forks)
                .mapToObj(fork -> line.points().stream()
                        .map(point -> new Line.Point(
                                point.x(), point.summary().forks().asList().get(fork)))
                        .toList())
                .toList();
        return Line.slopeOverForks(byFork, line.points().getFirst().y().confidence());
    }

    static String memory(Estimate kibibytes) {
        return kibibytes.value() >= 1024
                ? Numbers.withInterval(Curve.times(kibibytes, 1.0 / 1024), " MiB")
                : Numbers.withInterval(kibibytes, " KiB");
    }

    private static String crossing(Crossing crossing) {
        return switch (crossing) {
            case Crossing.At(Estimate size) ->
                "%s squares or more %s".formatted(Numbers.plain(size.value()), range(size));
            case Crossing.Throughout() -> "anything that was measured";
            case Crossing.Nowhere() -> "nothing that was measured";
        };
    }

    /** A crossing's place, with its interval. */
    static String squares(Estimate size) {
        return Numbers.plain(size.value()) + " " + range(size);
    }

    private static String range(Estimate size) {
        return "[%s, %s]"
                .formatted(
                        size.low() > 0 ? Numbers.plain(size.low()) : "below the smallest",
                        Double.isFinite(size.high()) ? Numbers.plain(size.high()) : "beyond the largest");
    }
}
