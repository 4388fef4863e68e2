package org.concurrencybench.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.concurrencybench.runner.RunDirectory;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.sample.FormatException;
import org.concurrencybench.sample.RunEnvironment;
import org.concurrencybench.sample.SampleCsv;
import org.concurrencybench.sample.SummaryCsv;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code report}: charts and page again, from the CSV alone. */
@Command(
        name = "report",
        description = "Makes charts and page again from a run's samples.csv.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class ReportCommand implements Words {

    @Parameters(paramLabel = "RUN-or-FILE", description = "name of a run, its directory, or a samples CSV")
    private String source = "";

    @Option(names = "--name", paramLabel = "RUN", description = "name under charts/ (default: that of the run or file)")
    private @Nullable String name;

    private final Console console;
    private final Path root;

    ReportCommand(Console console, Path root) {
        this.console = console;
        this.root = root;
    }

    @Override
    public ExitCode run() throws UsageException, IOException, FormatException {
        Path samples = samples();
        String run = name == null ? defaultName(samples) : name;
        if (!RunDirectory.isName(run)) {
            throw new UsageException("'%s' cannot be a directory's name here; say another with --name".formatted(run));
        }
        Path environmentFile = samples.resolveSibling(RunDirectory.ENVIRONMENT);
        Optional<RunEnvironment> environment =
                Files.exists(environmentFile) ? Optional.of(RunEnvironment.read(environmentFile)) : Optional.empty();
        SampleCsv.SampleFile file = SampleCsv.read(samples);
        file.warnings().forEach(console::warn);
        List<CaseSummary> summaries = Publisher.summarise(file.samples(), environment);
        boolean failed =
                !environment.map(RunEnvironment::failures).orElse(List.of()).isEmpty();
        if (summaries.isEmpty() && !failed) {
            console.error("%s has no measured iteration; there is nothing to report".formatted(samples));
            return ExitCode.NOTHING_MEASURED;
        }
        if (samples.getFileName().toString().equals(RunDirectory.SAMPLES) && environment.isPresent()) {
            SummaryCsv.write(samples.resolveSibling(RunDirectory.SUMMARY), summaries);
        }
        new Publisher(console)
                .publish(
                        run,
                        root.resolve("charts").resolve(run),
                        summaries,
                        environment,
                        Timelines.detail(file.samples(), samples));
        if (summaries.isEmpty()) {
            return ExitCode.NOTHING_MEASURED;
        }
        return failed ? ExitCode.SOME_FAILED : ExitCode.DONE;
    }

    private Path samples() throws UsageException {
        List<Path> places = List.of(
                root.resolve("results").resolve(source).resolve(RunDirectory.SAMPLES),
                Path.of(source).resolve(RunDirectory.SAMPLES),
                Path.of(source));
        for (Path place : places) {
            if (Files.isRegularFile(place)) {
                return place;
            }
        }
        throw new UsageException(
                "no run and no file '%s'; runs stand in %s".formatted(source, root.resolve("results")));
    }

    private static String defaultName(Path samples) throws UsageException {
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
