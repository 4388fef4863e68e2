package org.concurrencybench.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.concurrencybench.report.Answer;
import org.concurrencybench.report.Answers;
import org.concurrencybench.report.Findings;
import org.concurrencybench.report.OwnAdvice;
import org.concurrencybench.report.OwnTrust;
import org.concurrencybench.report.Replay;
import org.concurrencybench.report.ReportWriter;
import org.concurrencybench.report.RunDetail;
import org.concurrencybench.report.RunReport;
import org.concurrencybench.report.TextTable;
import org.concurrencybench.report.WrittenReport;
import org.concurrencybench.runner.Machine;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.sample.Disturbances;
import org.concurrencybench.sample.FailedCase;
import org.concurrencybench.sample.RunEnvironment;
import org.concurrencybench.sample.Sample;
import org.concurrencybench.sample.Summaries;
import org.concurrencybench.sample.WorkNature;
import org.concurrencybench.statistics.Estimate;

/** From samples to what a person looks at: the page with its charts, the table, the answers. */
final class Publisher {

    private final Console console;

    Publisher(Console console) {
        this.console = console;
    }

    /** The summaries of samples that were taken where {@code environment} says. */
    static List<CaseSummary> summarise(
            List<Sample> samples, Optional<RunEnvironment> environment, Disturbances disturbed) {
        List<CaseSummary> summaries =
                Summaries.of(samples, Ideals.in(environment), Estimate.DEFAULT_CONFIDENCE, disturbed);
        return environment
                .filter(Publisher::isOwnCode)
                .map(run -> OwnTrust.noted(summaries, run.failedCases()))
                .orElse(summaries);
    }

    private static boolean isOwnCode(RunEnvironment environment) {
        return environment.profile().equals(OwnCode.PROFILE);
    }

    /**
     * Writes charts and page, prints table and answers.
     *
     * @param run name of the run
     * @param directory where charts and page go
     * @param all summaries, those of figures too
     * @param detail what else there is to show
     * @throws IOException if they cannot be written
     */
    void publish(
            String run, Path directory, List<CaseSummary> all, Optional<RunEnvironment> environment, RunDetail detail)
            throws IOException {
        // Figures stand in the notes of the cases that they were counted beside.
        List<CaseSummary> measured = all.stream()
                .filter(summary -> !summary.key().isFigure() && !Textbook.isCPython(summary))
                .toList();
        List<FailedCase> failed = environment.map(RunEnvironment::failedCases).orElse(List.of());
        Optional<RunEnvironment> own = environment.filter(Publisher::isOwnCode);
        OwnTrust trust = own.map(_ -> OwnTrust.of(measured, failed)).orElseGet(() -> new OwnTrust(measured, failed));
        List<CaseSummary> summaries = trust.kept();
        List<FailedCase> failures = trust.failures();
        Replay replay = new Replay(
                Textbook.rows(environment.map(RunEnvironment::profile).orElse(""), all),
                environment
                        .map(known -> known.after().getOrDefault(CPython.NOTED_AS, ""))
                        .map(RepeatCommand::withoutPaths)
                        .orElse(""));
        Map<String, String> machine = environment.map(RunEnvironment::machine).orElse(Map.of());
        RunReport report = new RunReport(
                run,
                environment.isPresent() ? Machine.oneLine(machine) : "machine unknown",
                environment
                        .map(RunEnvironment::startedAt)
                        .map(Publisher::inWords)
                        .orElse("date unknown"),
                summaries,
                failures,
                environment
                        .map(known -> HowMeasured.of(known, summaries))
                        .orElseGet(() -> HowMeasured.timedRegions(summaries)),
                List.of(),
                replay);
        Files.createDirectories(directory);
        List<String> advice = own.map(_ -> OwnAdvice.of(measured, failed, WorkNature.ofWords(machine)))
                .orElse(List.of());
        WrittenReport written =
                ReportWriter.write(directory, report.advising(advice).explaining(Glossaries.of(summaries)), detail);
        written.warnings().forEach(console::warn);
        console.out().println(TextTable.render(summaries, failures, console.terminal()));
        for (Answer answer : Answers.of(summaries)) {
            console.out().println(answer.sentence());
        }
        replay.rows().forEach(row -> console.out().println(row.sentence()));
        Findings.of(summaries).forEach(console.out()::println);
        advice.forEach(console.out()::println);
        console.out().println();
        console.out().println("page and charts: " + written.page());
    }

    /** A moment as people write it; what is none stays as it is. */
    private static String inWords(String moment) {
        try {
            return DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm 'UTC'", Locale.ROOT)
                    .format(Instant.parse(moment).atOffset(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return moment;
        }
    }
}
