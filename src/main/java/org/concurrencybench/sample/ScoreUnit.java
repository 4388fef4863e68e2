package org.concurrencybench.sample;

import java.util.Map;
import java.util.Optional;

/**
 * What a score's unit says: so many of a base unit, and where it is a time or a rate, which way is better.
 *
 * @param base {@code s/op} for times, {@code ops/s} for rates, otherwise the unit as it is written
 * @param factor a score times this is a score in {@code base}
 * @param direction lower for times, higher for rates, absent for what is neither
 */
public record ScoreUnit(String base, double factor, Optional<Direction> direction) {

    private static final String PER_OPERATION = "/op";
    private static final String OPERATIONS_PER = "ops/";

    /** As JMH abbreviates them; the micro sign stands in files that were edited by hand. */
    private static final Map<String, Double> SECONDS = Map.of(
            "ns", 1e-9, "us", 1e-6, "\u00b5s", 1e-6, "\u03bcs", 1e-6, "ms", 1e-3, "s", 1.0, "min", 60.0, "hr", 3600.0,
            "day", 86_400.0);

    /** What {@code unit} means, e.g. {@code us/op} or {@code ops/ms}. */
    public static ScoreUnit of(String unit) {
        if (unit.endsWith(PER_OPERATION)) {
            Double seconds = SECONDS.get(unit.substring(0, unit.length() - PER_OPERATION.length()));
            if (seconds != null) {
                return new ScoreUnit("s/op", seconds, Optional.of(Direction.LOWER));
            }
        }
        if (unit.startsWith(OPERATIONS_PER)) {
            Double seconds = SECONDS.get(unit.substring(OPERATIONS_PER.length()));
            if (seconds != null) {
                return new ScoreUnit("ops/s", 1 / seconds, Optional.of(Direction.HIGHER));
            }
        }
        return new ScoreUnit(unit, 1, Optional.empty());
    }
}
