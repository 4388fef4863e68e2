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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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
    private static final Pattern FINGERPRINT = Pattern.compile("([0-9a-f]{16}) (.+)");
    private static final Pattern PARAMETER = Pattern.compile(" +param \"(.+)\" = \\{(.*)\\}");
    private static final Pattern BENCHMARK = Pattern.compile("[\\p{javaJavaIdentifierPart}.]+");

    private final Path scratch;

    /** @param scratch a directory for logs and results, whose files are overwritten by each call */
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
        return outcome.tail()
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
        for (Matcher param : outcome.tail().lines().map(PARAMETER::matcher).toList()) {
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
            outcome.tail()
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
            Duration limit)
            throws IOException, InterruptedException {
        Path classes = scratch.resolve("turns");
        if (!Files.exists(classes)) {
            Referee.putClass(Files.createDirectory(classes));
        }
        List<String> more = new ArrayList<>(options);
        more.addAll(List.of("-prof", TakeTurns.class.getName()));
        Referee referee = new Referee(baselineFirst ? 0 : 1);
        List<Answer> answers = new ArrayList<>();
        try (referee;
                ExecutorService both = Executors.newVirtualThreadPerTaskExecutor()) {
            try {
                List<Future<Answer>> asked = new ArrayList<>();
                for (LiveSide side : List.of(baseline, candidate)) {
                    int number = asked.size();
                    asked.add(both.submit(() -> {
                        try {
                            return fork(
                                    side.withClasses(classes),
                                    benchmark,
                                    more,
                                    limit,
                                    Map.of(TakeTurns.INVITATION, referee.invitation(number)),
                                    "fork-" + number);
                        } finally {
                            referee.end(number);
                        }
                    }));
                }
                for (Future<Answer> one : asked) {
                    answers.add(one.get());
                }
            } catch (ExecutionException e) {
                if (e.getCause() instanceof IOException cause) {
                    throw cause;
                }
                throw new IllegalStateException(e.getCause());
            } finally {
                // Where one was given up, the other is of no use.
                both.shutdownNow();
            }
        }
        return Optional.of(new InTurns(
                believed(answers.getFirst(), referee.taken(0)), believed(answers.getLast(), referee.taken(1))));
    }

    /** What was measured without turns was measured beside the other side, and is worth nothing. */
    private static Answer believed(Answer answer, Referee.Taken taken) {
        return answer instanceof Answer.Measured measured
                        && (taken.forks() < forks(measured) || taken.turns() < taken.forks())
                ? new Answer.Failed("its JMH took no turns")
                : answer;
    }

    /** Each case of each mode is a fork of its own. */
    private static int forks(Answer.Measured measured) {
        return measured.cases().size();
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
