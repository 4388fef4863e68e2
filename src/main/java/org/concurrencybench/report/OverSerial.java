package org.concurrencybench.report;

import java.util.Optional;
import org.concurrencybench.sample.Direction;
import org.concurrencybench.sample.MeasuredCase.Scores;
import org.concurrencybench.sample.ScoreUnit;
import org.concurrencybench.statistics.Estimate;
import org.concurrencybench.statistics.ForkScores;
import org.concurrencybench.statistics.LogRatio;
import org.concurrencybench.statistics.PooledIterations;

/** The speed-up of one result over another that its user calls serial. */
final class OverSerial {

    private OverSerial() {}

    /** Absent where the two measure different things, or a score is not above 0. */
    static Optional<Estimate> of(NamedResult own, NamedResult serial) {
        if (!own.quantity().equals(serial.quantity())
                || !(own.score().value() > 0)
                || !(serial.score().value() > 0)) {
            return Optional.empty();
        }
        if (own.equals(serial)) {
            return Optional.of(new Estimate(1, 1, 1, Estimate.DEFAULT_CONFIDENCE));
        }
        boolean less = own.measured().direction() == Direction.LOWER;
        NamedResult over = less ? serial : own;
        NamedResult under = less ? own : serial;
        double factor = ScoreUnit.of(over.measured().unit()).factor()
                / ScoreUnit.of(under.measured().unit()).factor();
        if (over.measured().scores() instanceof Scores.ByFork above
                && under.measured().scores() instanceof Scores.ByFork below) {
            ForkScores dividend = ForkScores.ofIterations(above.forks());
            ForkScores divisor = ForkScores.ofIterations(below.forks());
            return dividend.allPositive() && divisor.allPositive()
                    ? Optional.of(Curve.times(dividend.ratioTo(divisor, Estimate.DEFAULT_CONFIDENCE), factor))
                    : Optional.empty();
        }
        Spread above = Spread.of(over);
        Spread below = Spread.of(under);
        Estimate change = LogRatio.ofMeans(
                        under.score().value(),
                        below.standardError(),
                        below.degrees(),
                        over.score().value(),
                        above.standardError(),
                        above.degrees())
                .change((1 - Estimate.DEFAULT_CONFIDENCE) / 2);
        return Optional.of(Curve.times(
                new Estimate(change.value() + 1, change.low() + 1, change.high() + 1, change.confidence()), factor));
    }

    /** How well a score is known. */
    private record Spread(double standardError, double degrees) {

        static Spread of(NamedResult result) {
            return switch (result.measured().scores()) {
                case Scores.ByFork byFork ->
                    spread(
                            (result.score().high() - result.score().low()) / 2,
                            byFork.forks().size(),
                            Estimate.DEFAULT_CONFIDENCE);
                case Scores.Pooled pooled ->
                    spread(
                            NamedResult.half(pooled).orElse(Double.POSITIVE_INFINITY),
                            pooled.samples(),
                            NamedResult.JMH_CONFIDENCE);
            };
        }

        private static Spread spread(double half, long count, double confidence) {
            double error = Double.isFinite(half)
                    ? PooledIterations.standardError(half, count, confidence)
                    : Double.POSITIVE_INFINITY;
            return new Spread(error, Math.max(1, count - 1.0));
        }
    }
}
