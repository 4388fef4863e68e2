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
 * @param notes what else a reader must know to read the numbers
 * @param replay the textbook's programs, where the run replays them
 * @param advice on a user's own code, where the run measured that
 * @param glossary what its names mean
 */
public record RunReport(
        String run,
        String machine,
        String takenOn,
        List<CaseSummary> summaries,
        List<FailedCase> failures,
        List<Fact> facts,
        List<String> notes,
        Replay replay,
        List<String> advice,
        Glossary glossary) {

    /** Of a run of our own workloads. */
    public RunReport(
            String run,
            String machine,
            String takenOn,
            List<CaseSummary> summaries,
            List<FailedCase> failures,
            List<Fact> facts,
            List<String> notes,
            Replay replay) {
        this(run, machine, takenOn, summaries, failures, facts, notes, replay, List.of(), Glossary.NONE);
    }

    /** The same report with advice. */
    public RunReport advising(List<String> given) {
        return new RunReport(run, machine, takenOn, summaries, failures, facts, notes, replay, given, glossary);
    }

    /** The same report with its names explained. */
    public RunReport explaining(Glossary known) {
        return new RunReport(run, machine, takenOn, summaries, failures, facts, notes, replay, advice, known);
    }

    /** Of a run that replays nothing. */
    public RunReport(
            String run,
            String machine,
            String takenOn,
            List<CaseSummary> summaries,
            List<FailedCase> failures,
            List<Fact> facts,
            List<String> notes) {
        this(run, machine, takenOn, summaries, failures, facts, notes, Replay.NONE);
    }

    /** Copies the lists. */
    public RunReport {
        summaries = List.copyOf(summaries);
        failures = List.copyOf(failures);
        facts = List.copyOf(facts);
        notes = List.copyOf(notes);
        advice = List.copyOf(advice);
    }

    /** The same report of fewer cases. */
    RunReport showing(List<CaseSummary> shown) {
        return new RunReport(run, machine, takenOn, shown, failures, facts, notes, replay, advice, glossary);
    }

    /** What a {@link Fact} is about, in the order of the page. */
    public enum About {
        MACHINE("The machine"),
        JVM("The JVM"),
        SPOILING("What the doctor found that spoils numbers"),
        HARMLESS("What the doctor looked at and left alone"),
        RUN("The run"),
        TIMED_REGION("What the time of each model holds"),
        REPEAT("To measure it again");

        private final String heading;

        About(String heading) {
            this.heading = heading;
        }

        String heading() {
            return heading;
        }
    }

    /**
     * One line of the description of where and how the run was taken.
     *
     * @param name may be empty where the value says it all
     * @param meaning what follows from it for the numbers; empty where that is plain
     */
    public record Fact(About about, String name, String value, String meaning) {

        /** A fact of the run that speaks for itself. */
        public Fact(String name, String value) {
            this(About.RUN, name, value, "");
        }
    }
}
