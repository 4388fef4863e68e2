package org.concurrencybench.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.concurrencybench.comparison.Comparison;
import org.concurrencybench.comparison.GateSettings;
import org.concurrencybench.comparison.GitBuild;
import org.concurrencybench.comparison.LiveComparison;
import org.concurrencybench.comparison.LiveException;
import org.concurrencybench.comparison.LivePlan;
import org.concurrencybench.comparison.LiveSide;
import org.concurrencybench.runner.Doctor;
import org.concurrencybench.runner.MachineLock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The part of {@code compare} that measures: two jars, or two commits that are built first. */
final class LiveCompare {

    private static final String GIT = "git:";

    @Option(names = "--budget", paramLabel = "TIME", description = "for measuring two jars or commits (default: 10m)")
    private String budget = "10m";

    @Option(names = "--include", paramLabel = "REGEX", description = "only benchmarks whose name matches")
    private List<String> include = List.of();

    @Option(names = "-p", paramLabel = "NAME=VALUE", description = "a parameter, as JMH takes it")
    private List<String> params = List.of();

    @Option(names = "-wi", paramLabel = "N", description = "warm-up iterations, as JMH takes them")
    private @Nullable Integer warmups;

    @Option(names = "-w", paramLabel = "TIME", description = "how long each of them is")
    private @Nullable String warmupTime;

    @Option(names = "-i", paramLabel = "N", description = "measured iterations, as JMH takes them")
    private @Nullable Integer iterations;

    @Option(names = "-r", paramLabel = "TIME", description = "how long each of them is")
    private @Nullable String iterationTime;

    @Option(names = "--jvm", paramLabel = "JAVA", description = "java, or a JDK's home, that runs both sides")
    private @Nullable Path jvm;

    @Option(names = "--baseline-jvm", paramLabel = "JAVA", description = "another one for the baseline")
    private @Nullable Path baselineJvm;

    @Option(names = "--jvm-args", paramLabel = "FLAGS", description = "flags for the forks of both sides")
    private String jvmArgs = "";

    @Option(names = "--baseline-jvm-args", paramLabel = "FLAGS", description = "others for the baseline")
    private @Nullable String baselineJvmArgs;

    @Option(names = "--build", paramLabel = "COMMAND", description = "builds a commit (default: Maven's package)")
    private @Nullable String build;

    @Option(names = "--jar", paramLabel = "PATH", description = "what that makes (default: the JMH jar in target)")
    private @Nullable String jar;

    @Option(
            names = "--no-turns",
            description =
                    "one side's fork after the other's, never both at once; for what needs the memory or a port alone")
    private boolean noTurns;

    @Option(names = "--seed", paramLabel = "N", description = "seed of the order of forks (default: drawn)")
    private @Nullable Long seed;

    /** What becomes of a comparison that was measured. */
    interface Publishing {
        ExitCode publish(Comparison comparison) throws IOException;
    }

    /** Whether a side has to be measured. */
    static boolean isLive(String side) {
        return isCommit(side) || side.endsWith(".jar");
    }

    /** Whether a side is a commit, which has to be built. */
    static boolean isCommit(String side) {
        return side.startsWith(GIT);
    }

    /** Whether the call asks for a JDK of the baseline's own. */
    boolean hasTwoJdks() throws UsageException, IOException {
        return baselineJvm != null && !Files.isSameFile(java(baselineJvm), java(jvm));
    }

    /** Builds what has to be built, measures, and hands on; a comparison that was interrupted is published too. */
    ExitCode run(String baseline, String candidate, GateSettings settings, Console console, Publishing publishing)
            throws UsageException, IOException {
        LivePlan plan = plan(List.of(), List.of());
        List<String> length = length();
        Path before = java(baselineJvm == null ? jvm : baselineJvm);
        Path after = java(jvm);
        String beforeFlags = baselineJvmArgs == null ? jvmArgs : baselineJvmArgs;
        List<String> differences = new ArrayList<>();
        addDifference(differences, "JDKs", jdk(before), jdk(after));
        addDifference(differences, "flags", flags(beforeFlags), flags(jvmArgs));
        boolean isAlike = differences.isEmpty();
        Path scratch = Files.createTempDirectory("compare");
        Deque<GitBuild> builds = new ArrayDeque<>();
        try (Interruption interruption = new Interruption()) {
            try {
                Source first = source(baseline, Files.createDirectory(scratch.resolve("baseline")), builds);
                Source second = source(candidate, Files.createDirectory(scratch.resolve("candidate")), builds);
                Path baselineJar = first.jar(console, build, jar);
                Path candidateJar = second.jar(console, build, jar);
                String oneName = isAlike ? baseline : named(baseline, before, beforeFlags);
                String otherName = isAlike ? candidate : named(candidate, after, jvmArgs);
                LiveSide one = LiveSide.ofJar(oneName, baselineJar, before, beforeFlags)
                        .with(length);
                LiveSide other =
                        LiveSide.ofJar(otherName, candidateJar, after, jvmArgs).with(length);
                Comparison comparison;
                // Only now: a build needs no machine to itself.
                try (MachineLock _ = Exclusive.machine()) {
                    DoctorCommand.warn(new Doctor().examine(), console);
                    console.err()
                            .printf("measuring pairs of forks for %s at most (order: seed %d)%n", budget, plan.seed());
                    comparison = new LiveComparison(
                                    one,
                                    other,
                                    plan,
                                    settings,
                                    scratch,
                                    interruption::requested,
                                    console.err()::println)
                            .run();
                }
                ExitCode exitCode = publishing.publish(comparison.warning(differences));
                return interruption.requested() ? ExitCode.INTERRUPTED : exitCode;
            } catch (LiveException e) {
                if (interruption.requested()) {
                    return ExitCode.INTERRUPTED;
                }
                throw new UsageException(String.valueOf(e.getMessage()));
            } finally {
                for (GitBuild made : builds) {
                    made.close();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.INTERRUPTED;
        } finally {
            delete(scratch);
        }
    }

    /**
     * What the call asks for.
     *
     * @param otherInclude what {@code --include} says where neither it nor {@code -p} is given
     * @param otherParams likewise
     */
    LivePlan plan(List<String> otherInclude, List<String> otherParams) throws UsageException {
        boolean chosen = !include.isEmpty() || !params.isEmpty();
        return new LivePlan(
                chosen ? checked(include) : otherInclude,
                chosen ? params : otherParams,
                Durations.parse("--budget", budget),
                !noTurns,
                seed == null ? ThreadLocalRandom.current().nextLong(1L << 31) : seed);
    }

    /**
     * Both sides of a self-test.
     *
     * @param jarFile null for this program
     */
    LiveSide sideOf(@Nullable String jarFile) throws UsageException, LiveException {
        if (baselineJvm != null || baselineJvmArgs != null || build != null || jar != null) {
            throw new UsageException("a self-test has the same on both sides, so it takes neither --baseline-jvm nor "
                    + "--baseline-jvm-args, and it takes a jar, so neither --build nor --jar");
        }
        Path java = java(jvm);
        if (jarFile == null) {
            return LiveSide.own(java, jvmArgs).with(length());
        }
        if (!Files.isRegularFile(Path.of(jarFile))) {
            throw new UsageException("no file '%s'; name a JMH jar".formatted(jarFile));
        }
        return LiveSide.ofJar(jarFile, Path.of(jarFile), java, jvmArgs).with(length());
    }

    /** What the call says of JVMs and of the length of a fork, for records; a JDK by its directory's name alone. */
    List<String> flagWords() throws UsageException {
        List<String> words = new ArrayList<>();
        if (!length().isEmpty()) {
            words.add(String.join(" ", length()));
        }
        if (noTurns) {
            words.add("--no-turns");
        }
        if (jvm != null) {
            words.add("--jvm " + jvm.getFileName());
        }
        if (!jvmArgs.isEmpty()) {
            words.add("--jvm-args " + jvmArgs);
        }
        return words;
    }

    /** JMH's options for how much of a benchmark one fork runs; none where the benchmark says it itself. */
    private List<String> length() throws UsageException {
        List<String> options = new ArrayList<>();
        addCount(options, "-wi", warmups, 0);
        addTime(options, "-w", warmupTime);
        addCount(options, "-i", iterations, 1);
        addTime(options, "-r", iterationTime);
        return options;
    }

    private static void addCount(List<String> options, String name, @Nullable Integer given, int least)
            throws UsageException {
        if (given != null) {
            if (given < least) {
                throw new UsageException(
                        "%s takes a number of iterations, %d at least, not %d".formatted(name, least, given));
            }
            options.addAll(List.of(name, given.toString()));
        }
    }

    private static void addTime(List<String> options, String name, @Nullable String given) throws UsageException {
        if (given != null) {
            options.addAll(List.of(name, Durations.parse(name, given).toMillis() + "ms"));
        }
    }

    private static void addDifference(List<String> differences, String what, String before, String after) {
        if (!before.equals(after)) {
            differences.add("the sides run with different %s: baseline with %s, candidate with %s"
                    .formatted(what, before, after));
        }
    }

    /** A side by all that tells it from the other. */
    private static String named(String side, Path java, String flags) {
        return "%s (%s, %s)".formatted(side, jdk(java), flags(flags));
    }

    private static String flags(String given) {
        return given.isBlank() ? "no flags" : given.strip();
    }

    /** A JDK by its version and the name of its directory, because two may be of one version; by no path. */
    private static String jdk(Path java) {
        Properties release = new Properties();
        Path home = Path.of("");
        try {
            home = java.toRealPath().resolve("../..").normalize();
            try (Reader reader = Files.newBufferedReader(home.resolve("release"))) {
                release.load(reader);
            }
        } catch (IOException | IllegalArgumentException e) {
            // Something that is started like a JDK: its version stays unknown.
        }
        return "JDK %s in %s"
                .formatted(
                        release.getProperty("JAVA_VERSION", "of unknown version")
                                .replace("\"", ""),
                        home.getFileName());
    }

    /** A side before it is built, if it has to be. */
    private record Source(String side, Optional<GitBuild> commit) {

        Path jar(Console console, @Nullable String command, @Nullable String made)
                throws LiveException, IOException, InterruptedException {
            if (commit.isEmpty()) {
                return Path.of(side);
            }
            console.err().println("building " + side);
            return commit.get().build(Optional.ofNullable(command), Optional.ofNullable(made));
        }
    }

    private static Source source(String side, Path scratch, Deque<GitBuild> builds)
            throws UsageException, LiveException, IOException, InterruptedException {
        if (isCommit(side)) {
            GitBuild commit = GitBuild.checkOut(Path.of("").toAbsolutePath(), side.substring(GIT.length()), scratch);
            builds.add(commit);
            return new Source(side, Optional.of(commit));
        }
        if (!Files.isRegularFile(Path.of(side))) {
            throw new UsageException("no file '%s'; name a JMH jar".formatted(side));
        }
        return new Source(side, Optional.empty());
    }

    private static Path java(@Nullable Path given) throws UsageException {
        if (given == null) {
            return Path.of(System.getProperty("java.home"), "bin", "java");
        }
        for (Path place : List.of(given.resolve("bin/java"), given)) {
            if (Files.isRegularFile(place) && Files.isExecutable(place)) {
                return place.toAbsolutePath();
            }
        }
        throw new UsageException("%s is neither a java nor a JDK's home; name one".formatted(given));
    }

    private static List<String> checked(List<String> patterns) throws UsageException {
        for (String pattern : patterns) {
            try {
                Pattern.compile(pattern);
            } catch (IllegalArgumentException e) {
                throw new UsageException("--include '%s' is no regular expression: %s"
                        .formatted(
                                pattern,
                                String.valueOf(e.getMessage())
                                        .lines()
                                        .findFirst()
                                        .orElse("")));
            }
        }
        return patterns;
    }

    static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
