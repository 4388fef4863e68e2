package org.concurrencybench.sample;

import java.util.Map;
import java.util.Optional;

/** JMH's modes, under the short names that its files have. */
final class JmhModes {

    private static final Map<String, Direction> DIRECTIONS = Map.of(
            "thrpt", Direction.HIGHER,
            "avgt", Direction.LOWER,
            "sample", Direction.LOWER,
            "ss", Direction.LOWER);

    private JmhModes() {}

    /**
     * Which way is better.
     *
     * @throws IllegalArgumentException where mode and unit contradict each other, or the mode is not one of JMH's; the
     *     message says what is wrong and what to do
     */
    static Direction direction(String mode, String unit) {
        Direction byMode = DIRECTIONS.get(mode);
        if (byMode == null) {
            throw new IllegalArgumentException("%s is not one of JMH's modes; write thrpt, avgt, sample or ss"
                    .formatted(FormatException.quoted(mode)));
        }
        Optional<Direction> byUnit = ScoreUnit.of(unit).direction();
        if (byUnit.isPresent() && byUnit.get() != byMode) {
            throw new IllegalArgumentException("mode %s and unit %s contradict each other; measure again"
                    .formatted(mode, FormatException.quoted(unit)));
        }
        return byMode;
    }
}
