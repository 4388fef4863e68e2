package org.concurrencybench.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.concurrencybench.benchmark.Model;
import org.concurrencybench.report.Answer;
import org.concurrencybench.report.Answers;
import org.concurrencybench.report.Findings;
import org.concurrencybench.report.ReplayRow;
import org.concurrencybench.report.ReportWriter;
import org.concurrencybench.report.RunReport;
import org.concurrencybench.report.RunReport.Fact;
import org.concurrencybench.report.TextTable;
import org.concurrencybench.report.WrittenReport;
import org.concurrencybench.runner.Machine;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.sample.FailedCase;
import org.concurrencybench.sample.RunEnvironment;
import org.concurrencybench.sample.Sample;
import org.concurrencybench.sample.Summaries;
import org.concurrencybench.statistics.Estimate;

/** From samples to what a person looks at: the page with its charts, the table, the answers. */
final class Publisher {

    private final Console console;

    Publisher(Console console) {
        this.console = console;
    }

    /** The summaries of samples that were taken where {@code environment} says. */
    static List<CaseSummary> summarise(List<Sample> samples, Optional<RunEnvironment> environment) {
        Optional<Integer> cores = environment.map(RunEnvironment::cores);
        return Summaries.of(samples, key -> Ideals.of(key, cores), Estimate.DEFAULT_CONFIDENCE);
    }

    /**
     * Writes charts and page, prints table and answers.
     *
     * @param run name of the run
     * @param directory where charts and page go
     * @param all summaries, those of figures too
     * @throws IOException if they cannot be written
     */
    void publish(String run, Path directory, List<CaseSummary> all, Optional<RunEnvironment> environment)
            throws IOException {
        // Figures stand in the notes of the cases that they were counted beside.
        List<CaseSummary> summaries = all.stream()
                .filter(summary -> !summary.key().isFigure() && !Textbook.isCPython(summary))
                .toList();
        List<ReplayRow> replay =
                Textbook.rows(environment.map(RunEnvironment::profile).orElse(""), all);
        List<FailedCase> failures = environment.map(RunEnvironment::failedCases).orElse(List.of());
        Map<String, String> machine = environment.map(RunEnvironment::machine).orElse(Map.of());
        RunReport report = new RunReport(
                run,
                environment.isPresent() ? Machine.oneLine(machine) : "machine unknown",
                environment.map(RunEnvironment::startedAt).orElse("date unknown"),
                summaries,
                failures,
                facts(environment),
                notes(summaries),
                replay);
        Files.createDirectories(directory);
        WrittenReport written = ReportWriter.write(directory, report);
        written.warnings().forEach(console::warn);
        console.out().println(TextTable.render(summaries, failures, console.terminal()));
        for (Answer answer : Answers.of(summaries)) {
            console.out().println(answer.sentence());
        }
        replay.forEach(row -> console.out().println(row.sentence()));
        Findings.of(summaries).forEach(console.out()::println);
        console.out().println();
        console.out().println("page and charts: " + written.page());
    }

    private static List<Fact> facts(Optional<RunEnvironment> environment) {
        List<Fact> facts = new ArrayList<>();
        environment.ifPresent(known -> {
            facts.add(new Fact("profile", known.profile()));
            facts.add(new Fact("forks planned per case", Integer.toString(known.forks())));
            facts.add(new Fact("seed of the order", Long.toString(known.seed())));
            facts.add(new Fact("started", known.startedAt()));
            facts.add(new Fact("ended", known.endedAt().isEmpty() ? "not regularly" : known.endedAt()));
            known.machine().forEach((name, value) -> facts.add(new Fact(name, value)));
            known.before().forEach((name, value) -> facts.add(new Fact(name + ", before", value)));
            known.after().forEach((name, value) -> facts.add(new Fact(name + ", after", value)));
        });
        return facts;
    }

    private static List<String> notes(List<CaseSummary> summaries) {
        return Arrays.stream(Model.values())
                .filter(model -> summaries.stream()
                        .anyMatch(summary -> summary.key().model().equals(model.label())))
                .map(model -> model.label() + " times " + model.execution().timedRegion() + ".")
                .toList();
    }
}
