package org.concurrencybench.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.concurrencybench.statistics.Estimate;

/**
 * Which model is fastest for one kind of work, as far as the numbers tell.
 *
 * @param kind the kind of work
 * @param winner the model that is clearly ahead of every other; empty where none is
 * @param sentence the answer in plain English
 * @param ranking the models that were measured in every group of the kind, best first, {@code serial} among them
 */
public record Answer(String kind, Optional<String> winner, String sentence, List<Candidate> ranking) {

    /** Copies the list. */
    public Answer {
        ranking = List.copyOf(ranking);
    }

    /**
     * One model's standing.
     *
     * @param model its name, with its parallelism where it was measured at several
     * @param speedup over serial, the geometric mean over the kind's groups
     * @param ideal geometric mean of the ideals, where all are known
     * @param lowest smallest speed-up of a group
     * @param highest largest speed-up of a group
     */
    public record Candidate(String model, Estimate speedup, OptionalDouble ideal, double lowest, double highest) {}
}
