package org.concurrencybench.benchmark;

import java.util.function.Predicate;
import org.concurrencybench.workload.Settings;

/**
 * Something that a benchmark counts beside its time, and that stands in the files as a case of its own: the same case with
 * one parameter more.
 *
 * @param counter the benchmark's JMH counter (a field of an {@code AuxCounters} class)
 * @param name of the parameter, e.g. {@code phase}
 * @param value of the parameter, e.g. {@code spawn}
 * @param unit of the figure, e.g. {@code ms/op}
 * @param scale from the counter's unit to that one
 * @param perBatch whether the counter adds up over the batches of an iteration
 * @param where the settings with which it says anything
 * @param isScore whether it stands in the files in the place of the time, which then means nothing
 */
public record Figure(
        String counter,
        String name,
        String value,
        String unit,
        double scale,
        boolean perBatch,
        Predicate<Settings> where,
        boolean isScore) {

    /** The parameter that figures carry which are no part of the time; {@code phase} is that of those which are. */
    static final String NAME = "figure";

    /** One that says something with any settings. */
    Figure(String counter, String name, String value, String unit, double scale, boolean perBatch) {
        this(counter, name, value, unit, scale, perBatch, _ -> true);
    }

    /** One that stands beside the time. */
    Figure(
            String counter,
            String name,
            String value,
            String unit,
            double scale,
            boolean perBatch,
            Predicate<Settings> where) {
        this(counter, name, value, unit, scale, perBatch, where, false);
    }

    /** The memory of the process tree while so many units are alive. */
    static Figure memoryOf(String counter, int units) {
        return new Figure(counter, "units", Integer.toString(units), "KiB", 1.0 / 1024, true, _ -> true, true);
    }

    static Figure phase(String counter, String phase) {
        return new Figure(counter, "phase", phase, "ms/op", 1e-6, true);
    }
}
