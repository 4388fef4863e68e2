package org.concurrencybench.runner;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.concurrencybench.sample.Direction;
import org.concurrencybench.sample.Phase;
import org.concurrencybench.sample.Sample;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.IterationType;
import org.openjdk.jmh.runner.format.OutputFormat;

/**
 * Stands where JMH would print: takes each iteration as it ends, warm-up included (which JMH's results leave out), and
 * keeps the last lines of text for the case that the fork fails. Called by one thread at a time.
 */
final class IterationCollector implements OutputFormat {

    /** Lines kept: JMH repeats the fork's last twenty lines of stdout and of stderr. */
    private static final int MOST_LINES = 12;

    /** JMH's own remarks, and stack traces, whose exceptions JMH hands over as such. */
    private static final Pattern CHATTER =
            Pattern.compile("#.*|<.*>|Benchmark had encountered error.*|.*\\R\\s+at .*", Pattern.DOTALL);

    private final PlannedCase planned;
    private final int fork;
    private final List<Sample> samples = new ArrayList<>();
    private final Deque<String> lines = new ArrayDeque<>();
    private int iterations;

    IterationCollector(PlannedCase planned, int fork) {
        this.planned = planned;
        this.fork = fork;
    }

    /** How many iterations have ended. */
    int iterations() {
        return iterations;
    }

    /** Their scores so far, each followed by its figures. */
    List<Sample> samples() {
        return List.copyOf(samples);
    }

    /** What the fork said last, in one line. */
    String lastWords() {
        return String.join(" | ", lines);
    }

    @Override
    public void iterationResult(
            BenchmarkParams benchParams, IterationParams params, int iteration, IterationResult data) {
        iterations++;
        Phase phase = params.getType() == IterationType.WARMUP ? Phase.WARMUP : Phase.MEASUREMENT;
        if (planned.hasScore()) {
            Result<?> primary = data.getPrimaryResult();
            samples.add(new Sample(
                    planned.key(),
                    fork,
                    iteration,
                    phase,
                    primary.getScore(),
                    primary.getScoreUnit(),
                    benchParams.getMode() == Mode.Throughput ? Direction.HIGHER : Direction.LOWER,
                    secondary(data, ProcessTreeProfiler.CPU_MILLIS),
                    secondary(data, ProcessTreeProfiler.MEBIBYTES)));
        }
        for (SideFigure figure : planned.figures()) {
            OptionalDouble counted = secondary(data, figure.label());
            long operations = figure.perOperation() ? data.getMetadata().getAllOps() : 1;
            if (counted.isPresent() && operations > 0) {
                samples.add(new Sample(
                        figure.of(planned.key()),
                        fork,
                        iteration,
                        phase,
                        counted.getAsDouble() * figure.scale() / operations,
                        figure.unit(),
                        Direction.LOWER,
                        OptionalDouble.empty(),
                        OptionalDouble.empty()));
            }
        }
    }

    private static OptionalDouble secondary(IterationResult data, String label) {
        Result<?> result = data.getSecondaryResults().get(label);
        return result == null ? OptionalDouble.empty() : OptionalDouble.of(result.getScore());
    }

    @Override
    public void println(String line) {
        if (!line.isBlank() && !CHATTER.matcher(line.strip()).matches()) {
            lines.addLast(line.strip());
            if (lines.size() > MOST_LINES) {
                lines.removeFirst();
            }
        }
    }

    @Override
    public void print(String text) {
        println(text);
    }

    @Override
    public void iteration(BenchmarkParams benchParams, IterationParams params, int iteration) {}

    @Override
    public void startBenchmark(BenchmarkParams benchParams) {}

    @Override
    public void endBenchmark(BenchmarkResult result) {}

    @Override
    public void startRun() {}

    @Override
    public void endRun(Collection<RunResult> result) {}

    @Override
    public void verbosePrintln(String line) {}

    @Override
    public void write(int character) {}

    @Override
    public void write(byte[] bytes) {}

    @Override
    public void flush() {}

    @Override
    public void close() {}
}
