package org.concurrencybench.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.concurrencybench.benchmark.Model;
import org.concurrencybench.benchmark.Profile;
import org.concurrencybench.execution.childjvm.AotCache;
import org.concurrencybench.runner.BenchmarkRun;
import org.concurrencybench.runner.FirstLook;
import org.concurrencybench.runner.Machine;
import org.concurrencybench.runner.MachineLock;
import org.concurrencybench.runner.Plan;
import org.concurrencybench.runner.PlannedCase;
import org.concurrencybench.runner.RawJmh;
import org.concurrencybench.runner.RunDirectory;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.sample.JmhJson;
import org.concurrencybench.sample.JmhRun;
import org.concurrencybench.sample.JmhTimes;
import org.concurrencybench.sample.RunEnvironment;
import org.concurrencybench.sample.Sample;
import org.concurrencybench.sample.SummaryCsv;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code run}: measures, then reports. */
@Command(
        name = "run",
        description = "Measures a profile's cases and reports (what happens when no command is named).",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class RunCommand implements Words {

    private static final DateTimeFormatter NAME_FROM_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss").withZone(ZoneOffset.UTC);

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            defaultValue = "standard",
            description = "smoke, standard, full or textbook (default: standard)")
    private String profile = "standard";

    @Option(names = "--workload", paramLabel = "NAME", split = ",", description = "only these workloads")
    private List<String> workloads = List.of();

    @Option(names = "--model", paramLabel = "NAME", split = ",", description = "only these models")
    private List<String> models = List.of();

    @Option(
            names = "-p",
            paramLabel = "NAME=VALUE",
            split = ",",
            description = "a parameter in place of the profile's; more values, after commas, are measured each")
    private List<String> assignments = List.of();

    @Option(names = "--name", paramLabel = "RUN", description = "name of the run (default: the time, UTC)")
    private @Nullable String name;

    @Option(names = "--seed", paramLabel = "N", description = "seed of the order of forks (default: drawn)")
    private @Nullable Long seed;

    @Option(
            names = {"--classpath", "-cp"},
            paramLabel = "PATH",
            description =
                    "jars and directories of your own code, for --function, or for --workload with a class's name")
    private @Nullable String classPath;

    @Option(
            names = "--function",
            paramLabel = "CLASS::METHOD",
            description = "a public static method of your own, of one argument, mapped over --inputs under every model")
    private @Nullable String function;

    @Option(names = "--inputs", paramLabel = "FILE-or-RANGE", description = "a file of lines, or a range like 1..1000")
    private @Nullable String inputs;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            defaultValue = "60s",
            description = "of one call of --function, e.g. 500ms or 2m (default: 60s)")
    private String timeout = "60s";

    private final Console console;
    private final Path root;

    RunCommand(Console console, Path root) {
        this.console = console;
        this.root = root;
    }

    @Override
    public ExitCode run() throws UsageException, IOException {
        Machine machine = new Machine();
        Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String run = name == null ? NAME_FROM_TIME.format(start) : name;
        if (!RunDirectory.isName(run)) {
            throw new UsageException(
                    "a run cannot be called '%s': letters, digits, '.', '_' and '-', the first no sign, and not '%s'"
                            .formatted(run, RunDirectory.LATEST));
        }
        long order = seed == null ? ThreadLocalRandom.current().nextLong(1L << 31) : seed;
        Optional<OwnCode> own = ownCode();
        if (own.isPresent()) {
            return measureOwn(own.get(), run, order, machine, start);
        }
        Plan plan = PlanBuilder.build(run, profile, workloads, models, assignments, order, machine.cores());
        PlanBuilder.leftOut(profile, workloads).forEach(console::warn);
        try (MachineLock _ = lock();
                Interruption interruption = new Interruption()) {
            return measure(plan, machine, start, interruption);
        }
    }

    private Optional<OwnCode> ownCode() throws UsageException {
        if (function != null) {
            if (inputs == null || classPath == null) {
                throw new UsageException(
                        "--function needs --classpath (where it is) and --inputs (what to call it with)");
            }
            return Optional.of(OwnCode.function(classPath, function, inputs, Durations.parse("--timeout", timeout)));
        }
        if (inputs != null) {
            throw new UsageException("--inputs is for --function");
        }
        if (classPath == null) {
            return Optional.empty();
        }
        if (workloads.size() != 1) {
            throw new UsageException("--classpath needs --function, or the class of one workload as --workload");
        }
        return Optional.of(OwnCode.workload(classPath, workloads.getFirst(), assignments));
    }

    private ExitCode measureOwn(OwnCode own, String run, long order, Machine machine, Instant start)
            throws UsageException, IOException {
        List<Model> measured = PlanBuilder.models(models);
        try (MachineLock _ = lock();
                Interruption interruption = new Interruption()) {
            FirstLook look = own.look();
            console.err().println(own.says(look));
            return measure(
                    own.plan(run, measured, order, machine.cores(), look, profile.equals(Profile.SMOKE.label())),
                    machine,
                    start,
                    interruption);
        } catch (FirstLook.FailedException e) {
            console.error("in one thread, before any measurement: " + e.getMessage());
            return ExitCode.NOTHING_MEASURED;
        }
    }

    private ExitCode measure(Plan plan, Machine machine, Instant start, Interruption interruption)
            throws UsageException, IOException {
        RunEnvironment environment = new RunEnvironment(
                plan.run(),
                plan.profile(),
                plan.seed(),
                plan.forks(),
                start.toString(),
                "",
                machine.cores(),
                machine.describe(root),
                machine.load(),
                Map.of(),
                List.of());
        Path results = root.resolve("results");
        Path charts = root.resolve("charts").resolve(plan.run());
        if (Files.exists(charts)) {
            throw new UsageException("%s is there already; take another --name, or remove it".formatted(charts));
        }
        try (RunDirectory directory = create(results, environment)) {
            console.err()
                    .printf(
                            "measuring %d cases, %d forks each, into %s (order: seed %d)%n",
                            plan.cases().size(), plan.forks(), directory.path(), plan.seed());
            if (plan.cases().stream().anyMatch(RunCommand::startsChildren)) {
                AotCache.prepare().ifPresent(console::warn);
            }
            BenchmarkRun.Result result;
            try (Progress progress = new Progress(console, plan.totalForks())) {
                result = new BenchmarkRun(plan, progress, interruption::requested).run(directory);
            }
            if (result.samples().isEmpty() && result.failures().isEmpty()) {
                directory.discard();
                console.error("stopped before the first fork ended; nothing is left of this run");
                return ExitCode.INTERRUPTED;
            }
            List<Sample> all = new ArrayList<>(result.samples());
            if (replays(plan)) {
                all.addAll(Textbook.measureCPython(plan, root, directory, console, interruption::requested));
            }
            directory.end(Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(), machine.load());
            List<CaseSummary> summaries = Publisher.summarise(all, Optional.of(directory.environment()));
            SummaryCsv.write(directory.path().resolve(RunDirectory.SUMMARY), summaries);
            JmhJson.write(directory.path().resolve(RunDirectory.JMH_JSON), jmhRun(plan), result.samples());
            new Publisher(console).publish(plan.run(), charts, summaries, Optional.of(directory.environment()));
            if (plan.profile().equals(OwnCode.PROFILE)) {
                OwnCode.advice(summaries).forEach(console.out()::println);
            }
            link(directory.path());
            link(charts);
            if (!result.finished() || (replays(plan) && interruption.requested())) {
                return ExitCode.INTERRUPTED;
            }
            if (result.samples().isEmpty()) {
                return ExitCode.NOTHING_MEASURED;
            }
            return result.failures().isEmpty() ? ExitCode.DONE : ExitCode.SOME_FAILED;
        }
    }

    private static boolean replays(Plan plan) {
        return plan.profile().equals(Profile.TEXTBOOK.label());
    }

    private static boolean startsChildren(PlannedCase planned) {
        return planned.key().model().startsWith("child-jvms");
    }

    private static MachineLock lock() throws UsageException, IOException {
        return MachineLock.take()
                .orElseThrow(() -> new UsageException(
                        "another JMH run measures on this machine now; wait for its end (it holds %s)"
                                .formatted(MachineLock.file())));
    }

    private static RunDirectory create(Path results, RunEnvironment environment) throws UsageException, IOException {
        try {
            return RunDirectory.create(results, environment);
        } catch (FileAlreadyExistsException e) {
            throw new UsageException("%s is there already; take another --name, or remove it".formatted(e.getFile()));
        }
    }

    private void link(Path directory) {
        try {
            RunDirectory.linkLatest(directory);
        } catch (IOException e) {
            console.warn("'%s' does not point at this run: %s"
                    .formatted(directory.resolveSibling(RunDirectory.LATEST), e.getMessage()));
        }
    }

    private static JmhRun jmhRun(Plan plan) {
        Map<CaseKey, PlannedCase> planned = new HashMap<>();
        plan.cases().forEach(one -> one.keys().forEach(key -> planned.put(key, one)));
        return new JmhRun(
                RawJmh.version(),
                "java",
                List.of(),
                System.getProperty("java.version"),
                System.getProperty("java.vm.name"),
                System.getProperty("java.vm.version"),
                key -> {
                    PlannedCase one = Objects.requireNonNull(planned.get(key), "a case that nobody planned");
                    return new JmhTimes(one.warmupMillis() + " ms", one.iterationMillis() + " ms");
                });
    }
}
