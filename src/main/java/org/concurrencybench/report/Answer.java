package org.concurrencybench.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.statistics.Estimate;

/**
 * Which model is fastest for one kind of work, as far as the numbers tell.
 *
 * @param kind the kind of work
 * @param winner the model that is clearly ahead of every other; empty where none is
 * @param sentence the answer in plain English, {@code why} included
 * @param ranking the models that were measured in every group of the kind, best first, {@code serial} among them
 * @param why what the numbers say about the reason, a sentence; empty where there is no answer, or one for each setting
 * @param remark what a mean over several settings hides, and what was left out; empty if nothing
 * @param settings where the settings of the kind call for different models, the standing in each; otherwise empty
 */
public record Answer(
        String kind,
        Optional<String> winner,
        String sentence,
        List<Candidate> ranking,
        String why,
        String remark,
        List<Setting> settings) {

    /** Copies the lists. */
    public Answer {
        ranking = List.copyOf(ranking);
        settings = List.copyOf(settings);
    }

    /**
     * One model's standing.
     *
     * @param model its name, with its parallelism where it was measured at several
     * @param speedup over serial, the geometric mean over the kind's groups
     * @param ideal geometric mean of the ideals, where all are known
     * @param measured in each group, what the means are made of
     */
    public record Candidate(String model, Estimate speedup, OptionalDouble ideal, List<Measured> measured) {

        /** Copies the list. */
        public Candidate {
            measured = List.copyOf(measured);
        }
    }

    /**
     * What was measured of a model in one group.
     *
     * @param group its key
     * @param title workload and the parameters that tell it from others
     * @param speedup over serial
     * @param ideal where it is known
     */
    public record Measured(CaseKey.Group group, String title, Estimate speedup, OptionalDouble ideal) {}

    /**
     * The standing in one setting.
     *
     * @param group its key
     * @param title workload and the parameters that tell it from others
     * @param winner the model that is clearly ahead there; empty where none is
     * @param ranking the models that were measured there, best first
     * @param why what the numbers say about the reason, a sentence
     */
    public record Setting(
            CaseKey.Group group, String title, Optional<String> winner, List<Candidate> ranking, String why) {

        /** Copies the list. */
        public Setting {
            ranking = List.copyOf(ranking);
        }
    }

    /** Whether different settings call for different models. */
    public boolean depends() {
        return !settings.isEmpty();
    }

    /** The best of those that are not the winner, where there is one. */
    public Optional<Candidate> runnerUp() {
        return winner.isPresent() && ranking.size() > 1 ? Optional.of(ranking.get(1)) : Optional.empty();
    }
}
