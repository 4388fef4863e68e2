package org.concurrencybench.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.concurrencybench.benchmark.TextbookProgram;
import org.concurrencybench.execution.ExecutionException;
import org.concurrencybench.execution.childjvm.PeerProgram;
import org.concurrencybench.report.ReplayRow;
import org.concurrencybench.runner.Plan;
import org.concurrencybench.runner.RunDirectory;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.sample.Direction;
import org.concurrencybench.sample.Params;
import org.concurrencybench.sample.Phase;
import org.concurrencybench.sample.Sample;
import org.concurrencybench.statistics.Estimate;

/** The textbook's programs beside ours: runs CPython's, and sets what was published, measured and possible side by side. */
final class Textbook {

    /** What comes before the way in the model of CPython's samples. */
    private static final String MODEL = "cpython-";

    private static final Path PROGRAM = Path.of("src", "peers", "python", "textbook.py");

    /** The longest of them sleeps forty seconds. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** What sleeps longer than this is run once: it has next to no spread. */
    private static final double LONG_SECONDS = 15;

    private Textbook() {}

    /** Whether that is a case of CPython's, which no chart of models shows. */
    static boolean isCPython(CaseSummary summary) {
        return summary.key().model().startsWith(MODEL);
    }

    /**
     * Runs CPython's side of what the plan holds and appends its samples.
     *
     * @param stop asked before each program
     * @return its samples; none where there is no CPython, which the user is told
     */
    static List<Sample> measureCPython(
            Plan plan, Path root, RunDirectory directory, Console console, BooleanSupplier stop) throws IOException {
        List<TextbookProgram> wanted = List.of(TextbookProgram.values()).stream()
                .filter(program -> plan.cases().stream().anyMatch(one -> isCaseOf(program, one.key())))
                .toList();
        List<Sample> samples = new ArrayList<>();
        Path script = root.resolve(PROGRAM);
        if (wanted.isEmpty() || stop.getAsBoolean()) {
            return samples;
        }
        try {
            if (!Files.isRegularFile(script)) {
                throw new ExecutionException("there is no " + script, null);
            }
            PeerProgram.run(List.of("python3", "--version"), LIMIT);
        } catch (ExecutionException e) {
            console.warn("the column of CPython is left out: " + e.getMessage());
            return samples;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return samples;
        }
        for (int fork = 1; fork <= plan.forks(); fork++) {
            for (TextbookProgram program : wanted) {
                if (stop.getAsBoolean()) {
                    return samples;
                }
                if (fork == 1 || program.sleepSeconds().orElse(0) < LONG_SECONDS) {
                    List<Sample> one = measure(program, fork, script, console);
                    directory.append(one);
                    samples.addAll(one);
                }
            }
        }
        return samples;
    }

    private static List<Sample> measure(TextbookProgram program, int fork, Path script, Console console) {
        List<String> command = new ArrayList<>(List.of(
                "python3",
                script.toString(),
                program.suite().workload(),
                program.way().label()));
        parameters(program).forEach((name, value) -> command.add(name + "=" + value));
        try {
            double seconds = Double.parseDouble(PeerProgram.run(command, LIMIT));
            return List.of(new Sample(
                    key(program),
                    fork,
                    1,
                    Phase.MEASUREMENT,
                    seconds * 1000,
                    "ms/op",
                    Direction.LOWER,
                    OptionalDouble.empty(),
                    OptionalDouble.empty()));
        } catch (ExecutionException | NumberFormatException e) {
            console.warn("CPython's side is not measured: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return List.of();
    }

    /** What CPython's program takes: our settings, less those that it does not have. */
    private static Map<String, String> parameters(TextbookProgram program) {
        List<String> known = switch (program.suite()) {
            case SQUARE_CUBE -> List.of("numbers", "sleepMillis");
            case RESULT_SHARING -> List.of("way", "list", "function", "sleepMillis");
            case QUEUE -> List.of("shape", "items");
            case BANK_BALANCE -> List.of("transfers", "thinkMicros", "lock", "order");
            case LOST_UPDATE -> List.of("lock", "waitMillis", "updates", "workers");
            case SHARED_COUNTER -> List.of("shape", "additions", "waitMillis", "workers", "elements");
            case TICKER -> List.of("tickMillis", "ticks");
            case FAILURE -> List.of("workers", "failing");
            case SUM_OF_SQUARES -> List.of("tasks", "terms");
            case POOL_MAP -> List.of("numbers", "function");
            default -> List.of("units", "squares");
        };
        Map<String, String> parameters = new TreeMap<>(program.settings().asMap());
        parameters.keySet().retainAll(known);
        program.parallelism().ifPresent(units -> parameters.put(CaseKey.PARALLELISM, units));
        return parameters;
    }

    private static CaseKey key(TextbookProgram program) {
        return new CaseKey(
                PROGRAM.toString().replace('\\', '/'),
                program.suite().workload(),
                program.suite().kind().label(),
                MODEL + program.way().label(),
                Params.of(parameters(program)));
    }

    private static boolean isCaseOf(TextbookProgram program, CaseKey key) {
        Map<String, String> params = key.params().asMap();
        return key.workload().equals(program.suite().workload())
                && key.model().equals(program.model().label())
                && params.entrySet().containsAll(program.settings().asMap().entrySet())
                && program.parallelism()
                        .map(units -> units.equals(params.get(CaseKey.PARALLELISM)))
                        .orElse(true);
    }

    /** A row for each program that was measured; none for other profiles. */
    static List<ReplayRow> rows(String profile, List<CaseSummary> summaries) {
        if (!profile.equals("textbook")) {
            return List.of();
        }
        List<ReplayRow> rows = new ArrayList<>();
        for (TextbookProgram program : TextbookProgram.values()) {
            Optional<CaseSummary> here = summaries.stream()
                    .filter(summary -> isCaseOf(program, summary.key()))
                    .findFirst();
            Optional<CaseSummary> cpython = summaries.stream()
                    .filter(summary -> summary.key().equals(key(program)))
                    .findFirst();
            if (here.isPresent() || cpython.isPresent()) {
                rows.add(new ReplayRow(
                        program.row(),
                        program.suite().workload() + " "
                                + parameters(program).entrySet().stream()
                                        .map(Map.Entry::toString)
                                        .collect(Collectors.joining(" ")),
                        program.model().label() + " / " + program.way().label(),
                        program.publishedSeconds(),
                        here.map(Textbook::seconds),
                        here.map(one -> ideal(program, one, summaries)).orElse(OptionalDouble.empty()),
                        cpython.map(Textbook::seconds)));
            }
        }
        return rows;
    }

    /** Its sleeps, or for a program that computes what serial takes here, over the speed-up that the hardware allows. */
    private static OptionalDouble ideal(TextbookProgram program, CaseSummary here, List<CaseSummary> summaries) {
        OptionalDouble serial = program.sleepSeconds().isPresent()
                ? program.sleepSeconds()
                : summaries.stream()
                        .filter(summary -> summary.key().isReference()
                                && summary.key().group().equals(here.key().group()))
                        .mapToDouble(summary -> seconds(summary).value())
                        .findFirst();
        return serial.isPresent() && here.ideal().isPresent() && here.ideal().getAsDouble() > 0
                ? OptionalDouble.of(serial.getAsDouble() / here.ideal().getAsDouble())
                : OptionalDouble.empty();
    }

    private static Estimate seconds(CaseSummary summary) {
        Estimate millis = summary.score();
        return new Estimate(millis.value() / 1000, millis.low() / 1000, millis.high() / 1000, millis.confidence());
    }
}
