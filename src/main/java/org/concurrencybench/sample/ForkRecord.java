package org.concurrencybench.sample;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * One fork as a row of {@code forks.csv}: when it ran, under which load, and whether it came to rest.
 *
 * @param key the case
 * @param fork its number, from 1
 * @param startedAt ISO 8601, UTC
 * @param wallMillis from before the fork's JVM was started to after it ended
 * @param load load average over one minute, at the end
 * @param stealPercent share of the machine's CPU time that its host gave to others meanwhile
 * @param othersPercent share that processes other than the run's used
 * @param contextSwitches of the whole machine, a second
 * @param steadiness in words
 * @param note what sets it apart from other forks; empty if nothing
 */
public record ForkRecord(
        CaseKey key,
        int fork,
        String startedAt,
        double wallMillis,
        OptionalDouble load,
        OptionalDouble stealPercent,
        OptionalDouble othersPercent,
        OptionalDouble contextSwitches,
        String steadiness,
        String note) {

    /** The columns, in the order in which they are written. */
    static final List<String> HEADER = List.of(
            "benchmark",
            "workload",
            "kind",
            "model",
            "params",
            "fork",
            "started_at",
            "wall_ms",
            "load_1m",
            "steal_percent",
            "others_percent",
            "context_switches_per_s",
            "steadiness",
            "note");

    /** The first line of the file. */
    public static byte[] header() {
        return Csv.encode(List.of(HEADER));
    }

    /** This row, with its line end. */
    public byte[] row() {
        return Csv.encode(List.of(List.of(
                Csv.text("benchmark", key.benchmark()),
                Csv.text("workload", key.workload()),
                Csv.text("kind", key.kind()),
                Csv.text("model", key.model()),
                Csv.text("params", key.params().toCell()),
                Integer.toString(fork),
                startedAt,
                String.format(Locale.ROOT, "%.1f", wallMillis),
                number(load),
                number(stealPercent),
                number(othersPercent),
                number(contextSwitches),
                steadiness,
                Csv.text("note", note))));
    }

    private static String number(OptionalDouble value) {
        return value.isPresent() ? String.format(Locale.ROOT, "%.2f", value.getAsDouble()) : "";
    }
}
