package org.concurrencybench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.statistics.Crossing;
import org.concurrencybench.statistics.Estimate;
import org.concurrencybench.statistics.Line;

/**
 * What a run comes to beside its answers, a sentence each: of curves the slopes, the crossings and how far a line keeps to the
 * ideal, of the textbook's programs what they are there to show.
 */
public final class Findings {

    /** What stands in brackets. */
    static final String READING = "In brackets: 95% sure that the number lies there.";

    /** Sleepers that people ask about. */
    private static final double MANY = 10_000;

    /** Times the sleep beyond which a model does not keep up with it. */
    private static final double LATE = 1.1;

    /** Models that have a unit for each sleeper. */
    static final Set<String> THREADS = Set.of("platform-threads", "platform-threads-cold", "virtual-threads");

    private Findings() {}

    /** One sentence for each thing found, in the order of the curves. */
    public static List<String> of(List<CaseSummary> summaries) {
        List<String> findings = new ArrayList<>();
        Curve.MANY_SLEEPERS.panels(summaries).forEach(panel -> findings.add(sleepers(panel)));
        spawned(summaries, findings);
        for (Curve.Panel panel : Curve.FOOTPRINT.panels(summaries)) {
            findings.add("Footprint: what one waiting unit takes: "
                    + panel.lines().stream()
                            .filter(CurveLaws::hasPlaces)
                            .map(Findings::footprint)
                            .collect(Collectors.joining("; "))
                    + ".");
        }
        DispatchCost.sentence(summaries).ifPresent(findings::add);
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
        findings.addAll(TextbookFindings.of(summaries));
        return findings;
    }

    /** A slope where there is one; where not, how far from a line the points are, and what they rise by at either end. */
    private static String footprint(Curve.Line line) {
        if (CurveLaws.hasSlope(line)) {
            return line.label() + " " + Scale.MEMORY.withInterval(slope(line));
        }
        List<Curve.Point> points = line.points();
        int last = points.size() - 2;
        return "%s no one number, because it is not a straight line (points lie %s of the whole rise off it): %s between %s and %s, %s between %s and %s"
                .formatted(
                        line.label(),
                        Numbers.percent(CurveLaws.bend(line)),
                        Scale.MEMORY.withInterval(exactly(CurveLaws.slope(line, 0))),
                        LogScale.label(points.getFirst().x()),
                        LogScale.label(points.get(1).x()),
                        Scale.MEMORY.withInterval(exactly(CurveLaws.slope(line, last))),
                        LogScale.label(points.get(last).x()),
                        LogScale.label(points.getLast().x()));
    }

    /** Without an interval. */
    private static Estimate exactly(double value) {
        return new Estimate(value, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, Estimate.DEFAULT_CONFIDENCE);
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

    /** At ten thousand tasks and at the most that were measured; and until where threads keep up. */
    private static String sleepers(Curve.Panel panel) {
        double most = panel.points().stream().mapToDouble(Curve.Point::x).max().orElse(0);
        String sleep = panel.points().stream()
                .flatMapToDouble(point -> Curve.MANY_SLEEPERS.ideal(point).stream())
                .mapToObj(millis -> " of " + Numbers.plain(millis) + " ms")
                .findFirst()
                .orElse("");
        return "Many sleepers%s, in multiples of the ideal: %s. %s"
                .formatted(
                        sleep,
                        DoubleStream.of(MANY, most)
                                .distinct()
                                .filter(tasks -> tasks <= most)
                                .mapToObj(tasks -> at(tasks, panel))
                                .filter(words -> !words.isEmpty())
                                .collect(Collectors.joining(". ")),
                        panel.lines().stream()
                                .filter(line -> line.pool().isEmpty() && THREADS.contains(line.model()))
                                .map(line -> keepsUp(line) + ".")
                                .collect(Collectors.joining(" ")))
                .strip();
    }

    private static String at(double tasks, Curve.Panel panel) {
        String each = panel.lines().stream()
                .flatMap(line -> line.points().stream()
                        .filter(point -> point.x() == tasks)
                        .map(point -> line.label() + " " + overIdeal(point)))
                .collect(Collectors.joining("; "));
        return each.isEmpty() ? "" : "%s tasks take %s".formatted(LogScale.label(tasks), each);
    }

    /** Until which number of tasks the whole interval is not beyond a tenth more than the sleep. */
    private static String keepsUp(Curve.Line line) {
        List<Curve.Point> late = line.points().reversed().stream()
                .takeWhile(point -> Curve.MANY_SLEEPERS.ideal(point).orElse(Double.NaN) * LATE
                        < point.y().low())
                .toList();
        List<Curve.Point> all = line.points();
        if (late.isEmpty()) {
            return "%s up to %s and more, as far as was measured"
                    .formatted(
                            AnswerText.verb(line.label(), "keep"),
                            LogScale.label(all.getLast().x()));
        }
        String from = "more than a tenth late from %s on (%s)"
                .formatted(LogScale.label(late.getLast().x()), overIdeal(late.getLast()));
        return late.size() == all.size()
                ? line.label() + (AnswerText.isPlural(line.label()) ? " are " : " is ") + from
                : "%s up to %s, and %s %s"
                        .formatted(
                                AnswerText.verb(line.label(), "keep"),
                                LogScale.label(
                                        all.get(all.size() - late.size() - 1).x()),
                                AnswerText.isPlural(line.label()) ? "are" : "is",
                                from);
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

    /** The slope over the sizes, one line for each fork. */
    static Estimate slope(Curve.Line line) {
        return Line.slopeOverForks(
                CurveLaws.byFork(line), line.points().getFirst().y().confidence());
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
