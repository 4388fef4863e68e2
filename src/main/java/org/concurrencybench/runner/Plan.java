package org.concurrencybench.runner;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What one command measures.
 *
 * @param run name of the run; a file name of its own
 * @param profile name of the profile that it comes from
 * @param seed of the order of forks
 * @param forks most forks of a case, its cap
 * @param cases in the order in which they are shown
 * @param precision half-width of an interval over its value at which a case closes before its cap; 0 for never
 * @param budget time after which no fork is started, if there is a limit
 */
public record Plan(
        String run,
        String profile,
        long seed,
        int forks,
        List<PlannedCase> cases,
        double precision,
        Optional<Duration> budget) {

    public Plan {
        cases = List.copyOf(cases);
    }

    /** A plan of as many forks for every case, however precise, however long it takes. */
    public Plan(String run, String profile, long seed, int forks, List<PlannedCase> cases) {
        this(run, profile, seed, forks, cases, 0, Optional.empty());
    }

    /** This plan for a process that goes on with it after others spent some of its budget. */
    public Plan after(Duration spent) {
        Optional<Duration> rest =
                budget.map(all -> all.minus(spent)).map(time -> time.isNegative() ? Duration.ZERO : time);
        return new Plan(run, profile, seed, forks, cases, precision, rest);
    }

    /** Forks over all cases, at most (a budget may buy the widest intervals more). */
    public int totalForks() {
        return forks * cases.size();
    }
}
