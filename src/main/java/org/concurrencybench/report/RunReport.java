package org.concurrencybench.report;

import java.util.List;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.sample.FailedCase;

/**
 * Everything that a page shows about one run. All of its text is untrusted: it may come from a file of anybody's.
 *
 * @param run name of the run
 * @param machine the machine in a few words
 * @param takenOn when it was measured, as the reader shall see it
 * @param summaries the cases that were measured
 * @param failures the cases that were not, with their reasons
 * @param facts the machine, the JDK, the flags and the like, in the order to show them
 * @param notes what a reader must know to read the numbers, such as what is inside the timed region of each model
 * @param replay the textbook's programs, where the run replays them
 */
public record RunReport(
        String run,
        String machine,
        String takenOn,
        List<CaseSummary> summaries,
        List<FailedCase> failures,
        List<Fact> facts,
        List<String> notes,
        List<ReplayRow> replay) {

    /** Of a run that replays nothing. */
    public RunReport(
            String run,
            String machine,
            String takenOn,
            List<CaseSummary> summaries,
            List<FailedCase> failures,
            List<Fact> facts,
            List<String> notes) {
        this(run, machine, takenOn, summaries, failures, facts, notes, List.of());
    }

    /** Copies the lists. */
    public RunReport {
        summaries = List.copyOf(summaries);
        failures = List.copyOf(failures);
        facts = List.copyOf(facts);
        notes = List.copyOf(notes);
        replay = List.copyOf(replay);
    }

    /** One line of the description of where and how the run was taken. */
    public record Fact(String name, String value) {}
}
