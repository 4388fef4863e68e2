package org.concurrencybench.sample;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What a file says of one case, from whichever tool it came.
 *
 * @param benchmark JMH's name, class and method
 * @param params its parameters; a case of ours has its model among them
 * @param mode JMH's short name, such as {@code avgt} or {@code thrpt}
 * @param threads that ran the benchmark at once
 * @param unit of the scores
 * @param direction which way is better
 * @param scores what was measured
 */
public record MeasuredCase(
        String benchmark, Params params, String mode, int threads, String unit, Direction direction, Scores scores) {

    /** The numbers of a case. */
    public sealed interface Scores {

        /**
         * Every iteration, fork by fork.
         *
         * @param forks at least one, each with at least one iteration
         */
        record ByFork(List<List<Double>> forks) implements Scores {
            public ByFork {
                forks = List.copyOf(forks);
            }
        }

        /**
         * Only what JMH made of all iterations together, as if they were independent.
         *
         * @param score their mean
         * @param error half of its 99.9 % interval; absent for fewer than three
         * @param samples how many there were
         */
        record Pooled(double score, OptionalDouble error, long samples) implements Scores {}
    }

    /** Benchmark and parameters, for messages and tables. */
    public String label() {
        return params.asMap().isEmpty() ? benchmark : benchmark + " " + params.toCell();
    }
}
