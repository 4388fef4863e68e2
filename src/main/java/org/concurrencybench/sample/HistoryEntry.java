package org.concurrencybench.sample;

import java.time.Instant;
import org.concurrencybench.statistics.Estimate;

/**
 * A case of one commit: a row of {@code history.csv}.
 *
 * @param commit as git spells it
 * @param date that the commit stands at in the history, UTC
 * @param machine what it was measured on, in words
 * @param jdk the virtual machine that ran it
 * @param benchmark JMH's name
 * @param params its parameters, the model among them
 * @param work fingerprint of what it computes; empty where that is not known
 * @param score with its interval over forks, above 0
 * @param unit of the score
 * @param direction which way is better
 * @param forks that were measured
 */
public record HistoryEntry(
        String commit,
        Instant date,
        String machine,
        String jdk,
        String benchmark,
        Params params,
        String work,
        Estimate score,
        String unit,
        Direction direction,
        int forks) {

    /** What only scores that may stand in one line have in common: never two machines, nor two kinds of work. */
    public record Line(
            String benchmark,
            Params params,
            String machine,
            String jdk,
            String work,
            String unit,
            Direction direction) {}

    /** The line that it belongs to. */
    public Line line() {
        return new Line(benchmark, params, machine, jdk, work, unit, direction);
    }

    /** Whether both are of one commit on one machine: of two such the later one counts. */
    boolean replaces(HistoryEntry other) {
        return commit.equals(other.commit) && line().equals(other.line());
    }
}
