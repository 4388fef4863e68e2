package org.concurrencybench.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import org.concurrencybench.benchmark.TextbookProgram;
import org.concurrencybench.execution.ExecutionException;
import org.concurrencybench.execution.childjvm.PeerProgram;
import org.concurrencybench.runner.Plan;
import org.concurrencybench.sample.Direction;
import org.concurrencybench.sample.Phase;
import org.concurrencybench.sample.Sample;

/**
 * CPython's side of the textbook's programs.
 *
 * @param interpreter the command that starts it
 * @param root directory of the project, which holds {@value #SCRIPT}
 * @param stop asked before the first program and after each
 */
record CPython(String interpreter, Path root, Console console, BooleanSupplier stop) {

    /** The programs, from the root; the benchmark of their samples. */
    static final String SCRIPT = "src/peers/python/textbook.py";

    /** What {@code environment.json} calls the reason why not all of it was measured. */
    static final String NOTED_AS = "CPython";

    /** The longest of them sleeps forty seconds. */
    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** What sleeps longer than this is run once: it has next to no spread. */
    private static final double LONG_SECONDS = 15;

    /** Where samples go as they are taken. */
    interface Table {
        void append(List<Sample> samples) throws IOException;
    }

    /**
     * What is there of it.
     *
     * @param samples those of an earlier process too
     * @param missing why that is not all of them; empty if it is
     */
    record Side(List<Sample> samples, String missing) {}

    /**
     * Runs what a plan replays and an earlier process of the same run has not measured.
     *
     * @param earlier CPython's samples of earlier processes
     * @param table gets the new ones
     */
    Side measure(Plan plan, List<Sample> earlier, Table table) throws IOException {
        List<TextbookProgram> programs = Textbook.programs(plan);
        List<Sample> samples = new ArrayList<>(earlier);
        if (programs.isEmpty()) {
            return new Side(samples, "");
        }
        if (stop.getAsBoolean()) {
            return new Side(samples, "the run was stopped before it");
        }
        try {
            String absent = absent();
            if (!absent.isEmpty()) {
                console.warn("the column of CPython is left out: " + absent);
                return new Side(samples, absent);
            }
            String failure = "";
            for (int fork = 1; fork <= plan.forks(); fork++) {
                for (TextbookProgram program : programs) {
                    if (isDue(program, fork, earlier)) {
                        String failed = measure(program, fork, samples, table);
                        if (stop.getAsBoolean()) {
                            return new Side(samples, "the run was stopped while it went on");
                        }
                        failure = failure.isEmpty() ? failed : failure;
                    }
                }
            }
            return new Side(samples, failure);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Side(samples, "the run was stopped while it went on");
        }
    }

    /** Why nothing of it can be run; empty if it can. */
    private String absent() throws InterruptedException {
        if (!Files.isRegularFile(root.resolve(SCRIPT))) {
            return "there is no " + SCRIPT;
        }
        try {
            PeerProgram.run(List.of(interpreter, "--version"), LIMIT);
            return "";
        } catch (ExecutionException e) {
            return oneLine(e);
        }
    }

    /** Why there is no sample of that; empty if there is. */
    private String measure(TextbookProgram program, int fork, List<Sample> samples, Table table)
            throws IOException, InterruptedException {
        try {
            Sample one = sample(program, fork);
            table.append(List.of(one));
            samples.add(one);
            return "";
        } catch (ExecutionException e) {
            console.warn("CPython's side is not measured: " + oneLine(e));
            return oneLine(e);
        }
    }

    private static String oneLine(ExecutionException e) {
        return String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " | ");
    }

    private static boolean isDue(TextbookProgram program, int fork, List<Sample> earlier) {
        return (fork == 1 || program.sleepSeconds().orElse(0) < LONG_SECONDS)
                && earlier.stream()
                        .noneMatch(
                                sample -> sample.fork() == fork && sample.key().equals(Textbook.key(program)));
    }

    private Sample sample(TextbookProgram program, int fork) throws ExecutionException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                interpreter,
                root.resolve(SCRIPT).toString(),
                program.suite().workload(),
                program.way().label()));
        Textbook.parameters(program).forEach((name, value) -> command.add(name + "=" + value));
        return new Sample(
                Textbook.key(program),
                fork,
                1,
                Phase.MEASUREMENT,
                seconds(command) * 1000,
                "ms/op",
                Direction.LOWER,
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }

    /** The last line: before it stand the tracebacks of workers that are meant to fail. */
    private static double seconds(List<String> command) throws ExecutionException, InterruptedException {
        String printed = PeerProgram.run(command, LIMIT);
        try {
            return Double.parseDouble(printed.lines().reduce("", (_, line) -> line));
        } catch (NumberFormatException e) {
            throw new ExecutionException(
                    "%s printed '%s' in place of its seconds".formatted(String.join(" ", command), printed), e);
        }
    }
}
