package org.concurrencybench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.sample.Direction;
import org.concurrencybench.statistics.Estimate;
import org.concurrencybench.statistics.Scaling;

/** Amdahl's law or the Universal Scalability Law behind a line of speed-ups over the number of units. */
final class ScalingFits {

    private ScalingFits() {}

    /** The law of one line; empty where it has too few sizes, or what it is measured against is not known. */
    static Optional<Scaling> of(Curve.Line line, List<CaseSummary> summaries) {
        List<Scaling.Point> points = new ArrayList<>();
        for (Curve.Point point : line.points()) {
            double processors = point.summary().ideal().orElse(0);
            List<Double> speedups = speedups(point.summary(), summaries);
            // Units beyond the processors are none: they count as another measurement with all of those.
            if (processors > 0 && !speedups.isEmpty()) {
                points.add(new Scaling.Point(processors, speedups));
            }
        }
        return points.isEmpty()
                ? Optional.empty()
                : Scaling.fit(points, line.points().getFirst().y().confidence());
    }

    /** Fork by fork: forks know nothing of each other, so that any pairs of serial's and the model's will do. */
    private static List<Double> speedups(CaseSummary summary, List<CaseSummary> summaries) {
        Optional<CaseSummary> serial = summaries.stream()
                .filter(other -> other.key().isReference()
                        && other.key().group().equals(summary.key().group()))
                .findFirst();
        if (serial.isEmpty()
                || !serial.get().forks().allPositive()
                || !summary.forks().allPositive()) {
            return List.of();
        }
        List<Double> alone = serial.get().forks().asList();
        List<Double> own = summary.forks().asList();
        return IntStream.range(0, Math.min(alone.size(), own.size()))
                .mapToObj(fork -> summary.direction() == Direction.LOWER
                        ? alone.get(fork) / own.get(fork)
                        : own.get(fork) / alone.get(fork))
                .toList();
    }

    /** What the law says, in words. */
    static String inWords(Curve.Line line, List<CaseSummary> summaries) {
        return line.label() + " "
                + of(line, summaries)
                        .map(ScalingFits::inWords)
                        .orElse("has too few sizes for a law: it takes two different numbers of cores that are used");
    }

    private static String inWords(Scaling fit) {
        return "follows %s: one unit runs at %s of serial, %s of the work is not parallel%s; %s"
                .formatted(
                        fit.coherency().isPresent() ? "the Universal Scalability Law" : "Amdahl's law",
                        Numbers.withInterval(fit.unit(), "×"),
                        share(fit.contention()),
                        fit.coherency()
                                .map(coherency -> ", agreement costs " + share(coherency) + " for each pair of cores")
                                .orElse(""),
                        fit.isTested()
                                ? "the points lie " + Numbers.plain(100 * fit.error()) + "% off it (root mean square)"
                                : "so few sizes determine it, and do not test it (points lie "
                                        + Numbers.plain(100 * fit.error()) + "% off)");
    }

    private static String share(Estimate share) {
        return Numbers.withInterval(Curve.times(share, 100), "%");
    }
}
