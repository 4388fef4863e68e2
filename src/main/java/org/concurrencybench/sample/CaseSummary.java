package org.concurrencybench.sample;

import java.util.Optional;
import java.util.OptionalDouble;
import org.concurrencybench.statistics.Estimate;
import org.concurrencybench.statistics.ForkScores;

/**
 * One case with everything that is claimed about it.
 *
 * @param key the case
 * @param forks its forks' scores
 * @param samples measured iterations over all forks
 * @param score with its interval over forks, in {@code unit}
 * @param unit e.g. {@code ms/op}
 * @param direction which way is better
 * @param speedup over the reference of its group, absent where that was not measured
 * @param ideal speed-up that the hardware allows, absent where it is not known
 * @param cpuMillis CPU time of the process tree per operation, mean over samples
 * @param rssMebibytes memory of the process tree, largest sample
 * @param note what a reader must know before believing the row; empty if nothing
 */
public record CaseSummary(
        CaseKey key,
        ForkScores forks,
        int samples,
        Estimate score,
        String unit,
        Direction direction,
        Optional<Estimate> speedup,
        OptionalDouble ideal,
        OptionalDouble cpuMillis,
        OptionalDouble rssMebibytes,
        String note) {

    /** Share of the ideal speed-up that is reached. */
    public OptionalDouble efficiency() {
        return speedup.isPresent() && ideal.isPresent() && ideal.getAsDouble() > 0
                ? OptionalDouble.of(speedup.get().value() / ideal.getAsDouble())
                : OptionalDouble.empty();
    }

    /** This without a speed-up, for times that stand for no right answer. */
    public CaseSummary withoutSpeedup(String why) {
        return new CaseSummary(
                key,
                forks,
                samples,
                score,
                unit,
                direction,
                Optional.empty(),
                ideal,
                cpuMillis,
                rssMebibytes,
                note.isEmpty() ? why : note + "; " + why);
    }
}
