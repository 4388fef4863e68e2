package org.concurrencybench.runner;

import java.util.List;

/**
 * What one command measures.
 *
 * @param run name of the run; a file name of its own
 * @param profile name of the profile that it comes from
 * @param seed of the order of forks
 * @param forks of every case
 * @param cases in the order in which they are shown
 */
public record Plan(String run, String profile, long seed, int forks, List<PlannedCase> cases) {

    public Plan {
        cases = List.copyOf(cases);
    }

    /** Forks over all cases. */
    public int totalForks() {
        return forks * cases.size();
    }
}
