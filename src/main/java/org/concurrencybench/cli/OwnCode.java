package org.concurrencybench.cli;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.concurrencybench.benchmark.Model;
import org.concurrencybench.benchmark.OwnCodeBenchmark;
import org.concurrencybench.benchmark.Suite;
import org.concurrencybench.runner.FirstLook;
import org.concurrencybench.runner.Plan;
import org.concurrencybench.runner.PlannedCase;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.sample.Params;
import org.concurrencybench.statistics.Estimate;
import org.concurrencybench.workload.FunctionMap;
import org.concurrencybench.workload.Kind;
import org.concurrencybench.workload.Settings;
import org.concurrencybench.workload.WorkloadDefinition;

/** A user's own code: from the words of a call to a plan, every word checked before anything of it runs. */
final class OwnCode {

    /** What the plan's profile is called in files. */
    static final String PROFILE = "own";

    private static final int FORKS = 5;

    /** Of the profile that only looks whether everything works. */
    private static final int SMOKE_FORKS = 3;

    private static final int SMOKE_ITERATION_MILLIS = 50;

    /** The least speed-up that is worth a line of code, at the low end of its interval. */
    private static final double WORTH_IT = 1.05;

    /** From here on a batch is an iteration of its own. */
    private static final double LONG_BATCH_MILLIS = 150;

    private static final int ITERATION_MILLIS = 150;

    /** More units at once than anybody's machine has threads to spare for. */
    private static final int MOST_WAITING = 1000;

    private final WorkloadDefinition definition;
    private final Settings settings;
    // Of a function, which cannot say by itself; 0 for a workload, which can.
    private final int calls;

    private OwnCode(WorkloadDefinition definition, Settings settings, int calls) {
        this.definition = definition;
        this.settings = settings;
        this.calls = calls;
    }

    /**
     * A function over inputs.
     *
     * @param classPath of the user's classes; they go onto the class path of this JVM's forks, too
     * @param timeout of one call
     */
    static OwnCode function(String classPath, String function, String inputs, Duration timeout) throws UsageException {
        FunctionMap map = new FunctionMap();
        String where = Files.isRegularFile(Path.of(inputs))
                ? Path.of(inputs).toAbsolutePath().toString()
                : inputs;
        try {
            Settings settings = Settings.of(
                    map.parameters(),
                    Map.of(
                            FunctionMap.FUNCTION,
                            function,
                            FunctionMap.INPUTS,
                            where,
                            FunctionMap.TIMEOUT,
                            Long.toString(timeout.toMillis())));
            int calls = FunctionMap.check(settings, loader(classPath));
            return new OwnCode(map, settings, calls);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    /**
     * A workload by its class.
     *
     * @param assignments {@code name=value}
     */
    static OwnCode workload(String classPath, String className, List<String> assignments) throws UsageException {
        try {
            WorkloadDefinition definition = OwnCodeBenchmark.load(className, loader(classPath));
            Map<String, String> given = new LinkedHashMap<>();
            for (String assignment : assignments) {
                int equals = assignment.indexOf('=');
                if (equals < 1) {
                    throw new UsageException(
                            "-p takes name=value, not '%s'; a workload of your own takes one value each"
                                    .formatted(assignment));
                }
                given.put(assignment.substring(0, equals), assignment.substring(equals + 1));
            }
            return new OwnCode(definition, Settings.of(definition.parameters(), given), 0);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private static ClassLoader loader(String classPath) throws UsageException {
        List<URL> urls = new ArrayList<>();
        List<String> absolute = new ArrayList<>();
        for (String entry : classPath.split(File.pathSeparator, -1)) {
            try {
                Path path = Path.of(entry).toAbsolutePath();
                if (entry.isEmpty() || !Files.isReadable(path)) {
                    throw new UsageException("--classpath: '%s' is no jar and no directory".formatted(entry));
                }
                urls.add(path.toUri().toURL());
                absolute.add(path.toString());
            } catch (InvalidPathException | MalformedURLException e) {
                throw new UsageException("--classpath: '%s' is no path".formatted(entry));
            }
        }
        // JMH starts its forks with this property's class path, and they start child JVMs with theirs.
        System.setProperty(
                "java.class.path",
                System.getProperty("java.class.path") + File.pathSeparator + String.join(File.pathSeparator, absolute));
        return new URLClassLoader(urls.toArray(new URL[0]), OwnCode.class.getClassLoader());
    }

    /** One short fork in one thread. */
    FirstLook look() throws FirstLook.FailedException {
        return FirstLook.at(planned(Kind.OVERHEAD, Model.SERIAL, 1, 1, 2, 1, 2, 1));
    }

    /** What bounds it: a workload says so, a function is asked by its clock. */
    Kind kind(FirstLook look) {
        if (calls == 0) {
            return definition.kind();
        }
        return look.waitingShare().orElse(0) >= 0.5 ? Kind.SLEEP_BOUND : Kind.CPU_BOUND;
    }

    /** What was seen, in a sentence. */
    String says(FirstLook look) {
        String share = look.waitingShare().isPresent()
                ? String.format(
                        Locale.ROOT,
                        "in one thread it waits %.0f %% of its time",
                        100 * look.waitingShare().getAsDouble())
                : "how much of its time it waits cannot be told on this platform";
        String like = switch (kind(look)) {
            case SLEEP_BOUND -> "like square-cube, it waits";
            case CPU_BOUND -> "like sum-of-squares, it computes";
            case LOCK_CONTENDED -> "like bank-balance, it passes a lock";
            case OVERHEAD -> "it says of itself that it is overhead";
        };
        return String.format(Locale.ROOT, "a batch takes %.3g ms; %s: %s", look.batchMillis(), share, like);
    }

    /**
     * Every model, at the parallelisms that may suit.
     *
     * @param smoke with fewer and shorter forks, at the least parallelism alone
     */
    Plan plan(String run, List<Model> models, long seed, int cores, FirstLook look, boolean smoke) {
        Kind kind = kind(look);
        int millis = smoke ? SMOKE_ITERATION_MILLIS : ITERATION_MILLIS;
        boolean isLong = look.batchMillis() >= LONG_BATCH_MILLIS;
        Map<CaseKey, PlannedCase> cases = new LinkedHashMap<>();
        for (Model model : models) {
            for (int wanted : parallelisms(kind, cores, smoke)) {
                int parallelism = model.execution().parallelism(wanted);
                if (model.execution().runs(definition, settings)) {
                    PlannedCase one = isLong
                            ? planned(kind, model, parallelism, cores, 1, 1, 3, 1)
                            : planned(kind, model, parallelism, cores, 3, millis, 5, millis);
                    cases.putIfAbsent(one.key(), one);
                }
            }
        }
        return new Plan(run, PROFILE, seed, smoke ? SMOKE_FORKS : FORKS, List.copyOf(cases.values()));
    }

    private Set<Integer> parallelisms(Kind kind, int cores, boolean smoke) {
        if (calls == 0) {
            return Set.of(definition.naturalParallelism(settings, cores));
        }
        int most = Math.min(calls, MOST_WAITING);
        if (smoke) {
            return Set.of(Math.min(cores, most));
        }
        IntStream wanted = kind == Kind.SLEEP_BOUND
                ? IntStream.of(cores, 4 * cores, 16 * cores, most)
                : IntStream.of(cores, 2 * cores);
        return new LinkedHashSet<>(
                wanted.map(units -> Math.min(units, most)).sorted().boxed().toList());
    }

    private PlannedCase planned(
            Kind kind,
            Model model,
            int parallelism,
            int cores,
            int warmups,
            int warmupMillis,
            int iterations,
            int iterationMillis) {
        Map<String, String> params = new TreeMap<>(settings.asMap());
        params.put(CaseKey.PARALLELISM, Integer.toString(parallelism));
        CaseKey key = new CaseKey(
                OwnCodeBenchmark.class.getName() + ".run",
                definition.name(),
                kind.label(),
                model.label(),
                Params.of(params));
        Map<String, String> jmhParams = Map.of(
                "definition",
                definition.getClass().getName(),
                "settings",
                OwnCodeBenchmark.lines(settings.asMap()),
                "parallelism",
                Integer.toString(parallelism),
                "model",
                model.name());
        return new PlannedCase(
                key,
                jmhParams,
                OptionalDouble.of(ideal(kind, parallelism, cores)),
                warmups,
                warmupMillis,
                iterations,
                iterationMillis,
                List.of());
    }

    private double ideal(Kind kind, int parallelism, int cores) {
        if (calls == 0) {
            return definition.idealSpeedup(settings, parallelism, cores);
        }
        int units = units(kind, parallelism, cores);
        return (double) calls / Math.ceilDiv(calls, units);
    }

    private static int units(Kind kind, int parallelism, int cores) {
        return kind == Kind.CPU_BOUND ? Math.min(parallelism, cores) : parallelism;
    }

    /**
     * What the hardware allows, of a case in a file: the number of calls is not looked up again there, because inputs may be a
     * path, and a path from a file is nothing to open.
     */
    static OptionalDouble ideal(CaseKey key, OptionalInt cores) {
        Optional<Integer> parallelism = key.params()
                .get(CaseKey.PARALLELISM)
                .filter(Suite.PARALLELISM::accepts)
                .map(Integer::valueOf);
        Optional<Kind> kind = Arrays.stream(Kind.values())
                .filter(one -> one.label().equals(key.kind()))
                .findFirst();
        if (!key.workload().equals(FunctionMap.NAME) || parallelism.isEmpty() || kind.isEmpty()) {
            return OptionalDouble.empty();
        }
        if (kind.get() == Kind.CPU_BOUND && cores.isEmpty()) {
            return OptionalDouble.empty();
        }
        int units = units(kind.get(), parallelism.get(), cores.orElse(Integer.MAX_VALUE));
        OptionalInt range =
                FunctionMap.callsOf(key.params().get(FunctionMap.INPUTS).orElse(""));
        return OptionalDouble.of(
                range.isPresent() ? (double) range.getAsInt() / Math.ceilDiv(range.getAsInt(), units) : units);
    }

    /** What to do, in a few lines; none of them claims more than the intervals. */
    static List<String> advice(List<CaseSummary> summaries) {
        Optional<CaseSummary> serial = summaries.stream()
                .filter(one -> one.key().model().equals(Model.SERIAL.label()))
                .findFirst();
        Optional<CaseSummary> best = summaries.stream()
                .filter(one -> !one.key().isFigure())
                .filter(one -> !one.key().model().equals(Model.SERIAL.label()))
                .filter(one -> one.speedup().isPresent())
                .max(Comparator.comparingDouble(
                        one -> one.speedup().orElseThrow().value()));
        if (serial.isEmpty() || best.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        Estimate speedup = best.get().speedup().orElseThrow();
        if (speedup.low() < WORTH_IT) {
            lines.add(String.format(
                    Locale.ROOT,
                    "Not worth it, as far as this run can tell: the best, %s, is at %s.",
                    how(best.get()),
                    inWords(speedup)));
        } else {
            String ideal = best.get().ideal().isPresent()
                    ? String.format(
                            Locale.ROOT,
                            ", of %.3g that the hardware allows",
                            best.get().ideal().getAsDouble())
                    : "";
            String alike = summaries.stream()
                    .filter(one -> !one.key().model().equals(best.get().key().model()))
                    .filter(one -> one.speedup()
                            .filter(other -> other.high() >= speedup.low())
                            .isPresent())
                    .map(OwnCode::how)
                    .collect(Collectors.joining(", "));
            lines.add("Fastest: %s at %s%s%s."
                    .formatted(
                            how(best.get()),
                            inWords(speedup),
                            ideal,
                            alike.isEmpty() ? "" : "; not told apart from it: " + alike));
        }
        costs(serial.get(), best.get()).ifPresent(lines::add);
        return lines;
    }

    private static String how(CaseSummary one) {
        return "%s with %s units"
                .formatted(
                        one.key().model(),
                        one.key().params().get(CaseKey.PARALLELISM).orElse("?"));
    }

    private static String inWords(Estimate speedup) {
        return String.format(
                Locale.ROOT,
                "%.3g times one thread's speed [%.3g, %.3g]",
                speedup.value(),
                speedup.low(),
                speedup.high());
    }

    private static Optional<String> costs(CaseSummary serial, CaseSummary best) {
        if (serial.cpuMillis().isEmpty()
                || best.cpuMillis().isEmpty()
                || serial.rssMebibytes().isEmpty()
                || best.rssMebibytes().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "It costs %.3g ms of CPU time a batch, one thread %.3g ms; and %.0f MiB of memory in all, one thread %.0f MiB.",
                best.cpuMillis().getAsDouble(),
                serial.cpuMillis().getAsDouble(),
                best.rssMebibytes().getAsDouble(),
                serial.rssMebibytes().getAsDouble()));
    }
}
