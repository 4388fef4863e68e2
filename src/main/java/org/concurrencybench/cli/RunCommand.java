package org.concurrencybench.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.concurrencybench.benchmark.Profile;
import org.concurrencybench.benchmark.WorkloadBenchmark;
import org.concurrencybench.execution.childjvm.AotCache;
import org.concurrencybench.report.OwnNature;
import org.concurrencybench.report.RunDetail;
import org.concurrencybench.report.TextTable;
import org.concurrencybench.runner.BenchmarkRun;
import org.concurrencybench.runner.Doctor;
import org.concurrencybench.runner.Finding;
import org.concurrencybench.runner.FirstLook;
import org.concurrencybench.runner.Machine;
import org.concurrencybench.runner.MachineLock;
import org.concurrencybench.runner.Plan;
import org.concurrencybench.runner.PlannedCase;
import org.concurrencybench.runner.RawJmh;
import org.concurrencybench.runner.RunDirectory;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.sample.Disturbances;
import org.concurrencybench.sample.FailedCase;
import org.concurrencybench.sample.FormatException;
import org.concurrencybench.sample.JmhJson;
import org.concurrencybench.sample.JmhRun;
import org.concurrencybench.sample.JmhTimes;
import org.concurrencybench.sample.RunEnvironment;
import org.concurrencybench.sample.Sample;
import org.concurrencybench.sample.SummaryCsv;
import org.concurrencybench.sample.WorkNature;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code run}: measures, then reports. */
@Command(
        name = "run",
        description = "Measures a profile's cases and reports (what happens when no command is named).",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class)
final class RunCommand implements Words {

    /** In {@code environment.json}: how much of the wall time was no fork. */
    static final String RUNNERS_SHARE = "runner's share of wall time";

    private static final String WALL_TIME = "wall time";
    private static final String TIME_IN_FORKS = "wall time in forks";

    /** What the making of the page is a part of, so that the page cannot say it: {@code report} is to make the same one again. */
    static final Set<String> KNOWN_AFTER_THE_PAGE = Set.of(WALL_TIME, TIME_IN_FORKS, RUNNERS_SHARE);

    /** What a run that goes on has to be told again, because results name no directories. */
    private static final Set<String> BESIDE_RESUME = Set.of("--resume", "--jvm", "--classpath");

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
            description = "of one call of --function, e.g. 500ms or 2m (default: 60s)")
    private @Nullable String timeout;

    @Option(
            names = "--precision",
            paramLabel = "P%",
            defaultValue = "3%",
            description = "a case closes when its interval is within this, to either side (default: 3%%; 0 for never)")
    private String precision = "3%";

    @Option(
            names = "--budget",
            paramLabel = "TIME",
            description = "start no fork after this time, e.g. 90s or 5m (default: the profile's)")
    private String budget = "";

    @Option(names = "--jvm", paramLabel = "PATH", split = ",", description = "the same cases on each of these JDKs")
    private List<String> jvms = List.of();

    @Option(
            names = "--jvm-args",
            paramLabel = "FLAGS",
            description = "JVM flags of the forks, spaces between; given again, the same cases with each set")
    private List<String> jvmFlags = List.of();

    @Option(names = "--resume", paramLabel = "RUN", description = "go on with a run that was stopped")
    private @Nullable String resumed;

    @Spec
    private @Nullable CommandSpec spec;

    private final Console console;
    private final Path root;
    private final long startNanos = System.nanoTime();

    RunCommand(Console console, Path root) {
        this.console = console;
        this.root = root;
    }

    @Override
    public ExitCode run() throws UsageException, IOException, FormatException {
        Machine machine = new Machine();
        Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        if (resumed != null) {
            return resume(resumed, machine, start);
        }
        String run = name == null ? NAME_FROM_TIME.format(start) : name;
        if (!RunDirectory.isName(run)) {
            throw new UsageException(
                    "a run cannot be called '%s': letters, digits, '.', '_' and '-', the first no sign, and not '%s'"
                            .formatted(run, RunDirectory.LATEST));
        }
        CallWords call = new CallWords(workloads, models, assignments, precision, budget, jvms.size(), jvmFlags);
        long order = seed == null ? ThreadLocalRandom.current().nextLong(1L << 31) : seed;
        Optional<OwnWords> own = ownWords();
        if (own.isPresent()) {
            return measureOwn(own.get(), run, order, call, machine, start);
        }
        Plan plan = plan(run, profile, order, call, machine);
        PlanBuilder.leftOut(profile, workloads, plan).forEach(console::warn);
        try (MachineLock _ = Exclusive.machine();
                Interruption interruption = new Interruption()) {
            Noted noted = new Noted(Map.of(), Fingerprints.of(plan.cases()));
            return begin(plan, call, noted, machine, start, interruption);
        }
    }

    /**
     * What {@code environment.json} is to keep.
     *
     * @param words beside those of every run
     * @param work fingerprints of the cases
     */
    private record Noted(Map<String, String> words, Map<String, String> work) {}

    private void refuseIfTaken(String run) throws UsageException {
        for (String directory : List.of("charts", "results")) {
            Path taken = root.resolve(directory).resolve(run);
            if (Files.exists(taken)) {
                throw new UsageException("%s is there already; take another --name, or remove it".formatted(taken));
            }
        }
    }

    private ExitCode begin(
            Plan plan, CallWords call, Noted noted, Machine machine, Instant start, Interruption interruption)
            throws UsageException, IOException {
        refuseIfTaken(plan.run());
        List<Finding> findings = new Doctor().examine();
        Map<String, String> described = new TreeMap<>(machine.describe(root));
        described.put("fork flags", String.join(" ", WorkloadBenchmark.forkFlags()));
        described.putAll(Doctor.asWords(findings));
        described.putAll(call.asWords());
        described.putAll(noted.words);
        if (!jvms.isEmpty()) {
            described.put(Jvms.BUILDS, Jvms.builds(jvms));
        }
        RunEnvironment environment = new RunEnvironment(
                        plan.run(),
                        plan.profile(),
                        plan.seed(),
                        plan.forks(),
                        start.toString(),
                        "",
                        machine.cores(),
                        described,
                        machine.load(),
                        Map.of(),
                        List.of())
                .withCases(noted.work, Ideals.of(plan.cases()));
        try (RunDirectory directory = create(root.resolve("results"), environment)) {
            DoctorCommand.warn(findings, console);
            console.err()
                    .printf(
                            "measuring %d cases, up to %d forks each%s, into %s (order: seed %d)%n",
                            plan.cases().size(),
                            plan.forks(),
                            plan.budget()
                                    .map(time -> ", for " + time.toSeconds() + " s")
                                    .orElse(""),
                            directory.path(),
                            plan.seed());
            return measure(plan, new EarlierSamples(List.of(), List.of(), List.of()), directory, machine, interruption);
        }
    }

    private Optional<OwnWords> ownWords() throws UsageException {
        if (function == null && (inputs != null || timeout != null)) {
            throw new UsageException("%s is for --function".formatted(inputs != null ? "--inputs" : "--timeout"));
        }
        return function == null && classPath == null
                ? Optional.empty()
                : Optional.of(OwnWords.of(function, inputs, timeout, workloads, assignments, profile));
    }

    private ExitCode measureOwn(OwnWords words, String run, long order, CallWords call, Machine machine, Instant start)
            throws UsageException, IOException {
        OwnCode code = words.code(classPath);
        OwnPlan own = new OwnPlan(code, PlanBuilder.models(models), machine.cores(), machine.share(), words.isSmoke());
        refuseIfTaken(run);
        // A plan for what nobody has looked at yet: a word that is wrong is to be told before anything takes its time.
        own.work(asCalled(own.plan(run, order, new WorkNature(Map.of())), call));
        code.classes().giveToForks();
        try (MachineLock _ = Exclusive.machine();
                Interruption interruption = new Interruption()) {
            console.err().println("looking at your code, in forks that are not measured");
            WorkNature nature;
            try {
                nature = own.look(jvms, jvmFlags);
            } catch (FirstLook.FailedException e) {
                if (interruption.requested()) {
                    // The signal ended the fork; that is no fault of the code's.
                    return ExitCode.INTERRUPTED;
                }
                console.error("in one thread, before any measurement: " + e.getMessage());
                return ExitCode.NOTHING_MEASURED;
            }
            if (interruption.requested()) {
                return ExitCode.INTERRUPTED;
            }
            OwnNature.of(nature).forEach(console.err()::println);
            Map<String, String> kept = new TreeMap<>(words.asWords());
            kept.putAll(nature.asWords());
            kept.put(OwnCode.DIGEST, code.digest());
            Plan plan = asCalled(own.plan(run, order, nature), call);
            return begin(plan, call, new Noted(kept, own.work(plan)), machine, start, interruption);
        }
    }

    /** The plan of an earlier run of a user's code, which must be the same as it was then. */
    private Plan ownPlan(EarlierRun earlier, CallWords call, Machine machine, Map<String, String> described)
            throws UsageException, IOException {
        if (classPath == null) {
            throw new UsageException("run '%s' measured your own code; give the same --classpath again"
                    .formatted(earlier.environment().run()));
        }
        OwnWords words = OwnWords.of(earlier.environment(), call);
        OwnCode code = words.code(classPath);
        code.classes().giveToForks();
        Map<String, String> now = new TreeMap<>(described);
        now.put(OwnCode.DIGEST, code.digest());
        earlier.refuseUnlessSame(now);
        OwnPlan own =
                new OwnPlan(code, PlanBuilder.models(call.models()), machine.cores(), machine.share(), words.isSmoke());
        RunEnvironment environment = earlier.environment();
        WorkNature nature = WorkNature.ofWords(environment.machine());
        return asCalled(own.plan(environment.run(), environment.seed(), nature), call);
    }

    /** Samples, CPython's apart, and failures of an earlier process of the same run. */
    private record EarlierSamples(List<Sample> samples, List<Sample> cpython, List<FailedCase> failures) {}

    private ExitCode resume(String run, Machine machine, Instant start)
            throws UsageException, IOException, FormatException {
        refuseOtherOptions(run);
        try (MachineLock _ = Exclusive.machine();
                Interruption interruption = new Interruption()) {
            EarlierRun earlier = EarlierRun.open(root.resolve("results"), run);
            List<Finding> findings = new Doctor().examine();
            earlier.refuseUnlessSameJdks(jvms);
            CallWords call = CallWords.of(earlier.environment());
            Map<String, String> found = Doctor.asWords(findings);
            Map<String, String> described = new TreeMap<>(machine.describe(root));
            described.putAll(found);
            RunEnvironment environment = earlier.environment();
            Plan whole;
            if (environment.profile().equals(OwnCode.PROFILE)) {
                whole = ownPlan(earlier, call, machine, described);
            } else {
                earlier.refuseUnlessSame(described);
                whole = plan(run, environment.profile(), environment.seed(), call, machine);
            }
            List<FailedCase> failures = environment.failedCases();
            earlier.refuseUnlessPlanned(plannedKeys(whole));
            EarlierRun.WholeForks forks = earlier.whole(whole);
            Plan plan = whole.after(forks.spent());
            RunDirectory.requireWritable(root.resolve("charts"));
            RunDirectory.requireWritable(earlier.path());
            try (RunDirectory directory = earlier.reopen(forks, start.toString(), found, machine.load())) {
                DoctorCommand.warn(findings, console);
                console.err()
                        .printf(
                                "going on with %s from %s: found %d forks%s and %d failed cases, up to %d forks are left%s%n",
                                run,
                                start,
                                forks.rows().size(),
                                forks.cutShort() > 0
                                        ? " (and %d cut short, to be measured again)".formatted(forks.cutShort())
                                        : "",
                                failures.size(),
                                BenchmarkRun.left(plan, forks.samples(), failures, disturbances(directory)),
                                plan.budget()
                                        .map(time -> ", and %d s of the budget".formatted(time.toSeconds()))
                                        .orElse(""));
                return measure(
                        plan,
                        new EarlierSamples(forks.samples(), forks.others(), failures),
                        directory,
                        machine,
                        interruption);
            }
        }
    }

    /** What is said beside {@code --resume} would be ignored. */
    private void refuseOtherOptions(String run) throws UsageException {
        ParseResult words =
                Objects.requireNonNull(spec, "parsed by picocli").commandLine().getParseResult();
        for (OptionSpec option : words.matchedOptions()) {
            if (!BESIDE_RESUME.contains(option.longestName())) {
                throw new UsageException(
                        "--resume goes on with the plan of '%s' as it was begun; leave out %s (it takes only --jvm and --classpath again)"
                                .formatted(run, option.longestName()));
            }
        }
    }

    /** What a run of this plan may hold. */
    static Set<CaseKey> plannedKeys(Plan plan) {
        return Stream.concat(
                        plan.cases().stream().flatMap(one -> one.keys().stream()),
                        Textbook.programs(plan).stream().map(Textbook::key))
                .collect(Collectors.toSet());
    }

    private Plan plan(String run, String profileName, long order, CallWords call, Machine machine)
            throws UsageException {
        Plan fixed = PlanBuilder.build(
                run, profileName, call.workloads(), call.models(), call.assignments(), order, machine.share());
        return asCalled(fixed, call);
    }

    /** A plan with the precision, the budget and the JVMs that a call asks for. */
    private Plan asCalled(Plan fixed, CallWords call) throws UsageException {
        double precise = Shares.ofNoneTo("--precision", call.precision(), "3%");
        Optional<Duration> given =
                call.budget().isEmpty() ? Optional.empty() : Optional.of(Durations.parse("--budget", call.budget()));
        return new Plan(
                fixed.run(),
                fixed.profile(),
                fixed.seed(),
                fixed.forks(),
                Jvms.on(fixed.cases(), jvms, call.flags()),
                precise,
                given.or(fixed::budget).or(() -> Profile.find(fixed.profile()).flatMap(Profile::budget)));
    }

    private ExitCode measure(
            Plan plan, EarlierSamples earlier, RunDirectory directory, Machine machine, Interruption interruption)
            throws IOException {
        if (plan.cases().stream().anyMatch(RunCommand::startsChildren)) {
            AotCache.prepare().ifPresent(console::warn);
        }
        BenchmarkRun.Result result;
        try (Progress progress = new Progress(console, plan.totalForks(), plan.budget())) {
            BenchmarkRun run = new BenchmarkRun(plan, progress, interruption::requested);
            run.resume(earlier.samples(), earlier.failures(), disturbances(directory));
            result = run.run(directory);
        }
        if (result.samples().isEmpty() && result.failures().isEmpty()) {
            directory.discard();
            if (result.broken().isPresent()) {
                throw result.broken().get();
            }
            console.error("stopped before the first fork ended; nothing is left of this run");
            return ExitCode.INTERRUPTED;
        }
        if (result.broken().isPresent()) {
            return reportBroken(plan, result, result.broken().get(), directory);
        }
        try {
            return report(plan, result, earlier.cpython(), directory, machine, interruption);
        } catch (IOException e) {
            // Small tables may have found room where the report's files do not.
            return reportBroken(plan, result, e, directory);
        }
    }

    private ExitCode report(
            Plan plan,
            BenchmarkRun.Result result,
            List<Sample> cpython,
            RunDirectory directory,
            Machine machine,
            Interruption interruption)
            throws IOException {
        if (result.finished() && result.imprecise() > 0) {
            console.err()
                    .printf(
                            "%d of %d cases are not within %.3g %% yet; a longer --budget, or --precision, changes that%n",
                            result.imprecise(), plan.cases().size(), 100 * plan.precision());
        }
        List<Sample> all = new ArrayList<>(result.samples());
        CPython.Side peers = new CPython("python3", root, console, interruption::requested)
                .measure(plan, cpython, directory::append);
        all.addAll(peers.samples());
        Map<String, String> after = new TreeMap<>(machine.load());
        if (!peers.missing().isEmpty()) {
            after.put(CPython.NOTED_AS, peers.missing());
        }
        String end = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        directory.end(end, after);
        List<CaseSummary> summaries =
                Publisher.summarise(all, Optional.of(directory.environment()), result.disturbed());
        SummaryCsv.write(directory.path().resolve(RunDirectory.SUMMARY), summaries);
        JmhJson.write(directory.path().resolve(RunDirectory.JMH_JSON), jmhRun(plan), result.samples());
        Path charts = root.resolve("charts").resolve(plan.run());
        new Publisher(console)
                .publish(
                        plan.run(),
                        charts,
                        summaries,
                        Optional.of(directory.environment()),
                        timelines(plan, result, all, directory, interruption));
        link(directory.path());
        link(charts);
        // Not before: timelines, tables and charts are the runner's own time too.
        directory.end(end, ownShare(result.forkNanos()));
        if (!result.finished() || (replays(plan) && interruption.requested())) {
            return ExitCode.INTERRUPTED;
        }
        if (result.samples().isEmpty()) {
            return ExitCode.NOTHING_MEASURED;
        }
        return result.failures().isEmpty() ? ExitCode.DONE : ExitCode.SOME_FAILED;
    }

    private RunDetail timelines(
            Plan plan,
            BenchmarkRun.Result result,
            List<Sample> samples,
            RunDirectory directory,
            Interruption interruption)
            throws IOException {
        if (result.finished() && !result.samples().isEmpty() && !interruption.requested()) {
            Timelines.record(plan, directory, console);
        }
        return Timelines.detailAfter(samples, directory.path(), console);
    }

    /** Nothing more can be written there: the table goes to the terminal, and what is on disk stands. */
    private ExitCode reportBroken(Plan plan, BenchmarkRun.Result result, IOException broken, RunDirectory directory) {
        List<CaseSummary> summaries =
                Publisher.summarise(result.samples(), Optional.of(directory.environment()), result.disturbed());
        console.out().println(TextTable.render(summaries, result.failures(), console.terminal()));
        console.error("stopped: not everything of %s could be written (%s); make room there, then --resume %s goes on"
                .formatted(directory.path(), Main.told(broken), plan.run()));
        return ExitCode.BAD_CALL;
    }

    /** What the runner itself took of the time: everything but forks, so JVMs that do not measure and our bookkeeping. */
    private Map<String, String> ownShare(long forkNanos) {
        double wall = (System.nanoTime() - startNanos) / 1e9;
        double forks = forkNanos / 1e9;
        return Map.of(
                WALL_TIME,
                String.format(Locale.ROOT, "%.1f s", wall),
                TIME_IN_FORKS,
                String.format(Locale.ROOT, "%.1f s", forks),
                RUNNERS_SHARE,
                String.format(Locale.ROOT, "%.1f %%", 100 * Math.max(0, 1 - forks / wall)));
    }

    private static Disturbances disturbances(RunDirectory directory) throws IOException {
        return Disturbances.read(directory.path().resolve(RunDirectory.FORKS));
    }

    private static boolean replays(Plan plan) {
        return plan.profile().equals(Profile.TEXTBOOK.label());
    }

    private static boolean startsChildren(PlannedCase planned) {
        return planned.key().model().startsWith("child-jvms");
    }

    private RunDirectory create(Path results, RunEnvironment environment) throws UsageException, IOException {
        try {
            RunDirectory.requireWritable(root.resolve("charts"));
            return RunDirectory.create(results, environment);
        } catch (FileAlreadyExistsException e) {
            throw new UsageException("%s is there already; take another --name, or remove it".formatted(e.getFile()));
        } catch (RunDirectory.NoRoomException e) {
            throw e;
        } catch (FileSystemException e) {
            throw new UsageException("results cannot be written: %s; make that directory writable, or copy the project"
                    .formatted(Main.told(e)));
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
