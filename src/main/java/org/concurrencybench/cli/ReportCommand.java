package org.concurrencybench.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.concurrencybench.report.Results;
import org.concurrencybench.report.ResultsText;
import org.concurrencybench.report.ResultsWriter;
import org.concurrencybench.report.RunDetail;
import org.concurrencybench.report.WrittenReport;
import org.concurrencybench.runner.RunDirectory;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.sample.Disturbances;
import org.concurrencybench.sample.FormatException;
import org.concurrencybench.sample.MeasuredFile;
import org.concurrencybench.sample.MeasuredFiles;
import org.concurrencybench.sample.RunEnvironment;
import org.concurrencybench.sample.SampleCsv;
import org.concurrencybench.sample.SummaryCsv;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code report}: charts and page again, from files alone: a run of ours, or any results of JMH. */
@Command(
        name = "report",
        description = {
            "Makes charts and page again from a run's samples.csv, or from any JMH CSV or JSON.",
            "Several runs or files stand side by side, each of them a run of its own name."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class ReportCommand implements Words {

    private static final String SEVERAL = "side-by-side";

    @Parameters(
            arity = "1..*",
            paramLabel = "RUN-or-FILE",
            description = "name of a run, its directory, a samples CSV, or a CSV or JSON of JMH")
    private List<String> sources = List.of();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "name under charts/ (default: that of the run or file; of several: " + SEVERAL + ")")
    private @Nullable String name;

    @Option(
            names = "--series",
            paramLabel = "NAME",
            split = ",",
            description = "what stands side by side: parameters, or run, class, method, threads, mode (default: found)")
    private List<String> series = List.of();

    @Option(
            names = "--group",
            paramLabel = "NAME",
            split = ",",
            description = "what parts the groups (default: all that is neither series nor x)")
    private List<String> groups = List.of();

    @Option(
            names = "--x",
            paramLabel = "NAME",
            description = "what curves run over (default: a parameter of three or more numbers)")
    private @Nullable String x;

    private final Console console;
    private final Path root;

    ReportCommand(Console console, Path root) {
        this.console = console;
        this.root = root;
    }

    @Override
    public ExitCode run() throws UsageException, IOException, FormatException {
        Optional<Path> history = sources.size() == 1 ? Sources.history(root, sources.getFirst()) : Optional.empty();
        if (history.isPresent()) {
            return HistoryCommand.report(history.get(), name, console, root);
        }
        List<Path> files = new ArrayList<>();
        for (String source : sources) {
            files.add(Sources.measurements(root, source));
        }
        String title = name == null ? defaultName(files) : name;
        if (!RunDirectory.isName(title)) {
            throw new UsageException(
                    "'%s' cannot be a directory's name here; say another with --name".formatted(title));
        }
        Path charts = root.resolve("charts").resolve(title);
        boolean isOneRun = files.size() == 1
                && series.isEmpty()
                && groups.isEmpty()
                && x == null
                && MeasuredFiles.isSamples(files.getFirst());
        return isOneRun ? reportRun(title, charts, files.getFirst()) : reportResults(title, charts, files);
    }

    private ExitCode reportRun(String run, Path charts, Path samples) throws IOException, FormatException {
        Path environmentFile = samples.resolveSibling(RunDirectory.ENVIRONMENT);
        Optional<RunEnvironment> environment =
                Files.exists(environmentFile) ? Optional.of(RunEnvironment.read(environmentFile)) : Optional.empty();
        SampleCsv.SampleFile file = SampleCsv.read(samples);
        file.warnings().forEach(console::warn);
        List<CaseSummary> summaries = Publisher.summarise(
                file.samples(), environment, Disturbances.read(samples.resolveSibling(RunDirectory.FORKS)));
        boolean failed =
                !environment.map(RunEnvironment::failures).orElse(List.of()).isEmpty();
        if (summaries.isEmpty() && !failed) {
            console.error("%s has no measured iteration; there is nothing to report".formatted(samples));
            return ExitCode.NOTHING_MEASURED;
        }
        // Before anything is written: a broken file leaves nothing half done.
        RunDetail detail = Timelines.detail(file.samples(), samples);
        if (samples.getFileName().toString().equals(RunDirectory.SAMPLES) && environment.isPresent()) {
            SummaryCsv.write(samples.resolveSibling(RunDirectory.SUMMARY), summaries);
        } else {
            // No run of ours stands around this file; its figures stand beside its page.
            Files.createDirectories(charts);
            SummaryCsv.write(charts.resolve(RunDirectory.SUMMARY), summaries);
        }
        new Publisher(console).publish(run, charts, summaries, environment, detail);
        if (summaries.isEmpty()) {
            return ExitCode.NOTHING_MEASURED;
        }
        return failed ? ExitCode.SOME_FAILED : ExitCode.DONE;
    }

    private ExitCode reportResults(String title, Path charts, List<Path> files)
            throws UsageException, IOException, FormatException {
        List<Results.Source> read = new ArrayList<>();
        for (Path file : files) {
            MeasuredFile measured = MeasuredFiles.read(file);
            measured.warnings().forEach(console::warn);
            read.add(new Results.Source(unused(ownName(file), read), measured));
        }
        Results results = new Results(title, read, new Results.Choice(series, groups, Optional.ofNullable(x)));
        List<String> known = results.names();
        for (String chosen : results.choice().names()) {
            if (!known.contains(chosen)) {
                throw Nearest.unknown(
                        "name",
                        chosen,
                        known.stream().map(FormatException::printable).toList());
            }
        }
        WrittenReport written = ResultsWriter.write(charts, results);
        written.warnings().forEach(console::warn);
        console.out().println(ResultsText.terminal(results));
        console.out().println("page and charts: " + written.page());
        return ExitCode.DONE;
    }

    private static String unused(String name, List<Results.Source> taken) {
        String free = name;
        for (int number = 2; ; number++) {
            String candidate = free;
            if (taken.stream().noneMatch(source -> source.run().equals(candidate))) {
                return free;
            }
            free = name + " (" + number + ")";
        }
    }

    private static String defaultName(List<Path> files) throws UsageException {
        return files.size() == 1 ? ownName(files.getFirst()) : SEVERAL;
    }

    private static String ownName(Path samples) throws UsageException {
        try {
            Path named = samples.toRealPath();
            if (named.getFileName().toString().equals(RunDirectory.SAMPLES) && named.getNameCount() > 1) {
                return named.getName(named.getNameCount() - 2).toString();
            }
            return named.getFileName().toString().replaceFirst("\\.[^.]*$", "");
        } catch (IOException e) {
            throw new UsageException("cannot read " + samples + ": " + e.getMessage());
        }
    }
}
