package org.concurrencybench.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.concurrencybench.runner.turns.TakeTurns;
import org.concurrencybench.sample.FormatException;
import org.concurrencybench.sample.MeasuredCase;
import org.concurrencybench.sample.MeasuredFiles;
import org.concurrencybench.sample.Params;

/** Asks a side's own JMH, in a JVM of its own, for the names of its benchmarks or for one fork of one of them. */
final class JmhCalls implements Forks {

    private static final Duration LISTING = Duration.ofMinutes(2);

    /** Of an iteration and the wait before it, both much longer than anybody wants to wait. */
    private static final Duration TIMEOUT = Duration.ofHours(1);

    /** How often it is looked whether both sides have fallen silent. */
    private static final Duration LISTENING = Duration.ofMillis(200);

    private static final Pattern FINGERPRINT = Pattern.compile("([0-9a-f]{16}) (.+)");
    private static final Pattern PARAMETER = Pattern.compile(" +param \"(.+)\" = \\{(.*)\\}");
    private static final Pattern BENCHMARK = Pattern.compile("[\\p{javaJavaIdentifierPart}.]+");

    private final Path scratch;

    /** @param scratch a directory for logs, results and what forks need; each call overwrites the files of the one before */
    JmhCalls(Path scratch) {
        this.scratch = scratch;
    }

    @Override
    public List<String> list(LiveSide side, List<String> include)
            throws LiveException, IOException, InterruptedException {
        List<String> command = new ArrayList<>(side.command());
        command.add("-l");
        command.addAll(include);
        Subprocess.Outcome outcome =
                Subprocess.run(command, Path.of("").toAbsolutePath(), scratch.resolve("list.log"), LISTING);
        if (!outcome.succeeded()) {
            throw new LiveException("%s does not list its benchmarks (exit code %d): %s; does it run with -l?"
                    .formatted(side.name(), outcome.exitCode(), outcome.reason()));
        }
        return outcome.all()
                .lines()
                .map(String::strip)
                .filter(line -> line.contains(".") && BENCHMARK.matcher(line).matches())
                .distinct()
                .toList();
    }

    @Override
    public List<Params> cases(LiveSide side, String benchmark, List<String> options)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(side.command());
        command.add("-lp");
        command.add("^" + Pattern.quote(benchmark) + "$");
        command.addAll(options);
        Subprocess.Outcome outcome =
                Subprocess.run(command, Path.of("").toAbsolutePath(), scratch.resolve("list.log"), LISTING);
        if (!outcome.succeeded()) {
            return List.of();
        }
        List<Map<String, String>> cases = new ArrayList<>(List.of(Map.of()));
        for (Matcher param : outcome.all().lines().map(PARAMETER::matcher).toList()) {
            if (param.matches()) {
                cases = combined(cases, param.group(1), List.of(param.group(2).split(", ", -1)));
            }
        }
        return cases.stream().map(Params::of).toList();
    }

    private static List<Map<String, String>> combined(
            List<Map<String, String>> cases, String name, List<String> values) {
        List<Map<String, String>> more = new ArrayList<>();
        for (Map<String, String> one : cases) {
            for (String value : values) {
                Map<String, String> longer = new HashMap<>(one);
                longer.put(name, value);
                more.add(longer);
            }
        }
        return more;
    }

    @Override
    public Map<String, String> work(LiveSide side, List<MeasuredCase> cases) throws IOException, InterruptedException {
        Optional<List<String>> asking = side.fingerprinting();
        if (asking.isEmpty() || cases.isEmpty()) {
            return Map.of();
        }
        List<String> command = new ArrayList<>(asking.get());
        cases.forEach(one -> command.add(one.label()));
        Subprocess.Outcome outcome =
                Subprocess.run(command, Path.of("").toAbsolutePath(), scratch.resolve("work.log"), LISTING);
        Map<String, String> work = new HashMap<>();
        if (outcome.succeeded()) {
            // A program of ours that is older than fingerprints says that it does not know the command.
            outcome.all()
                    .lines()
                    .map(FINGERPRINT::matcher)
                    .filter(Matcher::matches)
                    .forEach(line -> work.put(line.group(2), line.group(1)));
        }
        return work;
    }

    @Override
    public Answer fork(LiveSide side, String benchmark, List<String> options, Duration limit)
            throws IOException, InterruptedException {
        return fork(side, benchmark, options, limit, Map.of(), "fork");
    }

    @Override
    public Optional<InTurns> forksInTurns(
            LiveSide baseline,
            LiveSide candidate,
            boolean baselineFirst,
            String benchmark,
            List<String> options,
            Limits limits)
            throws IOException, InterruptedException {
        try {
            Path classes = classes();
            Optional<LiveSide> one = baseline.withClasses(classes);
            Optional<LiveSide> other = candidate.withClasses(classes);
            if (one.isEmpty() || other.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(
                    inTurns(List.of(one.get(), other.get()), baselineFirst ? 0 : 1, benchmark, options, limits));
        } catch (IOException e) {
            Answer why = new Answer.Failed(String.valueOf(e.getMessage()));
            return Optional.of(new InTurns(why, why, Holder.NEITHER));
        }
    }

    /** The directory of what the forks need to take turns. */
    private Path classes() throws IOException {
        Path classes = scratch.resolve("turns");
        if (!Files.exists(classes)) {
            Path begun = Files.createTempDirectory(scratch, "turns");
            Referee.putClass(begun);
            Files.move(begun, classes);
        }
        return classes;
    }

    private InTurns inTurns(List<LiveSide> sides, int first, String benchmark, List<String> options, Limits limits)
            throws IOException, InterruptedException {
        List<String> more = new ArrayList<>(options);
        // JMH counts the wait for a turn as part of the iteration; what hangs is ended by the limit.
        more.addAll(List.of("-prof", TakeTurns.class.getName(), "-to", TIMEOUT.toSeconds() + "s"));
        Map<Integer, Answer> answers = new HashMap<>();
        Referee referee = new Referee(first);
        try (referee;
                ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
            CompletionService<Map.Entry<Integer, Answer>> asked = new ExecutorCompletionService<>(both);
            for (int side = 0; side < 2; side++) {
                int number = side;
                asked.submit(() -> {
                    try {
                        return Map.entry(
                                number,
                                fork(
                                        sides.get(number),
                                        benchmark,
                                        more,
                                        limits.whole(),
                                        Map.of(TakeTurns.INVITATION, referee.invitation(number)),
                                        "fork-" + number));
                    } finally {
                        referee.end(number);
                    }
                });
            }
            try {
                while (answers.size() < 2) {
                    Future<Map.Entry<Integer, Answer>> ended = asked.poll(LISTENING.toNanos(), TimeUnit.NANOSECONDS);
                    if (ended == null) {
                        if (referee.silence().compareTo(limits.silence()) > 0) {
                            // Each may wait for what the other holds.
                            break;
                        }
                        continue;
                    }
                    Map.Entry<Integer, Answer> answer = ended.get();
                    answers.put(answer.getKey(), answer.getValue());
                    if (!(answer.getValue() instanceof Answer.Measured)) {
                        // What the other measures from here on is of no use.
                        break;
                    }
                }
            } catch (ExecutionException e) {
                if (e.getCause() instanceof IOException cause) {
                    throw cause;
                }
                throw new IllegalStateException(e.getCause());
            } finally {
                both.shutdownNow();
            }
        }
        Answer one = answers.getOrDefault(0, new Answer.Ended());
        Answer other = answers.getOrDefault(1, new Answer.Ended());
        Referee.Taken taken = referee.taken(0);
        Referee.Taken otherTaken = referee.taken(1);
        if (one instanceof Answer.Measured measured
                && other instanceof Answer.Measured
                && (taken.forks() < measured.cases().size() || !taken.equals(otherTaken))) {
            // Each case of each mode is a fork of its own, and turns that the one took without the other are none.
            Answer unequal = new Answer.Failed("%d and %d forks took %d and %d turns"
                    .formatted(taken.forks(), otherTaken.forks(), taken.turns(), otherTaken.turns()));
            return new InTurns(unequal, unequal, Holder.NEITHER);
        }
        return new InTurns(
                one, other, taken.held() ? Holder.BASELINE : otherTaken.held() ? Holder.CANDIDATE : Holder.NEITHER);
    }

    private Answer fork(
            LiveSide side,
            String benchmark,
            List<String> options,
            Duration limit,
            Map<String, String> environment,
            String name)
            throws IOException, InterruptedException {
        Path result = scratch.resolve(name + ".json");
        Files.deleteIfExists(result);
        List<String> command = new ArrayList<>(side.command());
        command.add("^" + Pattern.quote(benchmark) + "$");
        command.addAll(List.of("-f", "1", "-foe", "true", "-rf", "json", "-rff", result.toString()));
        command.addAll(options);
        if (!side.jvmArgs().isEmpty()) {
            command.addAll(List.of("-jvmArgsAppend", side.jvmArgs()));
        }
        Subprocess.Outcome outcome = Subprocess.run(
                command, environment, Path.of("").toAbsolutePath(), scratch.resolve(name + ".log"), limit);
        if (outcome.exitCode() < 0) {
            return new Answer.Ended();
        }
        if (!outcome.succeeded() || !Files.isRegularFile(result)) {
            return new Answer.Failed("exit code %d: %s".formatted(outcome.exitCode(), outcome.reason()));
        }
        try {
            return new Answer.Measured(MeasuredFiles.read(result).cases());
        } catch (FormatException e) {
            return new Answer.Failed("%s; %s".formatted(outcome.reason(), e.getMessage()));
        }
    }

    /** The options that single out one case; none for a value that JMH would take for several. */
    static List<String> only(MeasuredCase one) {
        List<String> options = new ArrayList<>(List.of("-bm", one.mode()));
        options.addAll(only(one.params()));
        return options;
    }

    /** The same in whichever mode. */
    static List<String> only(Params params) {
        List<String> options = new ArrayList<>();
        for (Map.Entry<String, String> param : params.asMap().entrySet()) {
            if (!param.getValue().contains(",")) {
                options.addAll(List.of("-p", param.getKey() + "=" + param.getValue()));
            }
        }
        return options;
    }
}
