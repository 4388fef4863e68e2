package org.concurrencybench.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.concurrencybench.report.History;
import org.concurrencybench.report.HistoryPage;
import org.concurrencybench.report.WrittenReport;
import org.concurrencybench.runner.RunDirectory;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.sample.Disturbances;
import org.concurrencybench.sample.FormatException;
import org.concurrencybench.sample.HistoryCsv;
import org.concurrencybench.sample.HistoryEntry;
import org.concurrencybench.sample.MeasuredFiles;
import org.concurrencybench.sample.RunEnvironment;
import org.concurrencybench.sample.SampleCsv;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code history}: a run's scores as those of a commit, beside those of earlier ones. */
@Command(
        name = "history",
        description = "Adds a run to a history of commits, which report draws; to add it twice changes nothing.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class HistoryCommand implements Words {

    /** Where a project's history stands, below its results. */
    static final String DIRECTORY = "history";

    static final String FILE = "history.csv";

    @Parameters(paramLabel = "RUN", description = "name of a run, or its directory")
    private String source = "";

    @Option(names = "--file", paramLabel = "FILE", description = "the history (default: results/history/history.csv)")
    private @Nullable Path file;

    @Option(names = "--commit", paramLabel = "HASH", description = "that was measured (default: what the run says)")
    private @Nullable String commit;

    @Option(
            names = "--date",
            paramLabel = "TIME",
            description = "its place in the history, ISO 8601, such as git's %%cI (default: when the run began)")
    private @Nullable String date;

    private final Console console;
    private final Path root;

    HistoryCommand(Console console, Path root) {
        this.console = console;
        this.root = root;
    }

    @Override
    public ExitCode run() throws UsageException, IOException, FormatException {
        Path samples = Sources.measurements(root, source);
        Path environmentFile = samples.resolveSibling(RunDirectory.ENVIRONMENT);
        if (!Files.isRegularFile(environmentFile)) {
            throw new UsageException(
                    "%s has no environment.json beside it, so nobody knows what machine it is of; name a run"
                            .formatted(samples));
        }
        RunEnvironment environment = RunEnvironment.read(environmentFile);
        SampleCsv.SampleFile read = SampleCsv.read(samples);
        read.warnings().forEach(console::warn);
        List<HistoryEntry> entries =
                entries(environment, Publisher.summarise(read.samples(), Optional.of(environment), Disturbances.NONE));
        if (entries.isEmpty()) {
            console.error("%s has no measured case; nothing is added".formatted(samples));
            return ExitCode.NOTHING_MEASURED;
        }
        Path history = file == null ? root.resolve("results").resolve(DIRECTORY).resolve(FILE) : file;
        Files.createDirectories(history.toAbsolutePath().getParent());
        int replaced = HistoryCsv.add(history, entries);
        console.out()
                .printf(
                        "%d cases of commit %s in %s%s%n",
                        entries.size(),
                        entries.getFirst().commit(),
                        history,
                        replaced == 0 ? "" : ", %d of them in place of earlier ones".formatted(replaced));
        return ExitCode.DONE;
    }

    /**
     * Draws a history.
     *
     * @param name under {@code charts}; null for {@code history}
     */
    static ExitCode report(Path history, @Nullable String name, Console console, Path root)
            throws UsageException, IOException, FormatException {
        String directory = name == null ? DIRECTORY : name;
        if (!RunDirectory.isName(directory)) {
            throw new UsageException(
                    "'%s' cannot be a directory's name here; say another with --name".formatted(directory));
        }
        List<HistoryEntry> entries = HistoryCsv.read(history);
        if (entries.isEmpty()) {
            console.error("%s has no entry; there is nothing to draw".formatted(history));
            return ExitCode.NOTHING_MEASURED;
        }
        History lines = History.of(entries);
        WrittenReport written = HistoryPage.write(root.resolve("charts").resolve(directory), lines);
        written.warnings().forEach(console::warn);
        console.out().print(HistoryPage.text(lines));
        console.err().println("page and charts: " + written.page());
        return ExitCode.DONE;
    }

    private List<HistoryEntry> entries(RunEnvironment environment, List<CaseSummary> summaries) throws UsageException {
        Map<String, String> machine = environment.machine();
        String hash = commit == null ? machine.getOrDefault("git revision", "") : commit;
        if (!HistoryCsv.isCommit(hash)) {
            throw new UsageException(
                    commit == null
                            ? "the run does not say what commit it is of; say it with --commit"
                            : "--commit '%s' is no commit's hash; write what git rev-parse prints".formatted(commit));
        }
        Instant at = date(date == null ? environment.startedAt() : date);
        List<HistoryEntry> entries = new ArrayList<>();
        for (CaseSummary summary : summaries) {
            if (!summary.key().isFigure()
                    && !Textbook.isCPython(summary)
                    && summary.score().value() > 0) {
                entries.add(new HistoryEntry(
                        hash,
                        at,
                        MeasuredFiles.machine(machine).orElse("unknown"),
                        machine.getOrDefault("vm", "unknown"),
                        summary.key().benchmark(),
                        MeasuredFiles.params(summary.key()),
                        environment.work().getOrDefault(MeasuredFiles.label(summary.key()), ""),
                        summary.score(),
                        summary.unit(),
                        summary.direction(),
                        summary.forks().count()));
            }
        }
        return entries;
    }

    private static Instant date(String text) throws UsageException {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new UsageException("'%s' is no time; write one such as 2026-11-24T12:00:00Z, or what git's %%cI gives"
                    .formatted(text));
        }
    }
}
