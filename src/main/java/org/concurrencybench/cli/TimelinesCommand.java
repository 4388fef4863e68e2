package org.concurrencybench.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.concurrencybench.benchmark.Model;
import org.concurrencybench.benchmark.Scene;
import org.concurrencybench.benchmark.Suite;
import org.concurrencybench.execution.ExecutionException;
import org.concurrencybench.execution.TraceSpan;
import org.concurrencybench.execution.childjvm.ChildJvmPhases;
import org.concurrencybench.execution.childjvm.ParentWatch;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.Params;
import org.concurrencybench.sample.TimelineCsv;
import org.concurrencybench.sample.TimelineSpan;
import org.concurrencybench.workload.Ticker;
import org.concurrencybench.workload.WrongAnswerException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code timelines}: small batches, one under each model, and who did what when in them. */
@Command(
        name = "timelines",
        hidden = true,
        description =
                "Runs small batches for the timelines of a report; a run starts this by itself when it has measured.")
final class TimelinesCommand implements Words {

    private final Console console;

    @Option(names = "--workload", paramLabel = "NAME", split = ",", description = "only these workloads")
    private List<String> workloads = List.of();

    @Option(names = "--model", paramLabel = "NAME", split = ",", required = true, description = "under these models")
    private List<String> models = List.of();

    @Option(names = "--output", paramLabel = "FILE", required = true, description = "the CSV to write")
    private Path output = Path.of("timelines.csv");

    TimelinesCommand(Console console) {
        this.console = console;
    }

    @Override
    public ExitCode run() throws UsageException, IOException {
        ParentWatch.haltWithoutParent();
        List<Model> chosen = PlanBuilder.models(models);
        List<TimelineSpan> spans = new ArrayList<>();
        boolean complete = true;
        for (Scene scene : Scene.values()) {
            if (workloads.isEmpty() || workloads.contains(scene.suite().workload())) {
                for (Model model : chosen) {
                    if (scene.isFor(model) && isOnOneClock(model)) {
                        complete &= record(scene, model, spans);
                    }
                }
            }
        }
        TimelineCsv.write(output, spans);
        return complete ? ExitCode.DONE : ExitCode.SOME_FAILED;
    }

    /** What a child JVM writes down can be set beside its parent's times only where both read the same clock. */
    private boolean isOnOneClock(Model model) {
        return !model.label().startsWith("child-jvms") || ChildJvmPhases.areMeasurable();
    }

    private boolean record(Scene scene, Model model, List<TimelineSpan> spans) {
        try {
            spans.addAll(rows(scene, model, scene.record(model)));
            return true;
        } catch (ExecutionException | WrongAnswerException e) {
            console.error(
                    "timeline of %s under %s: %s".formatted(scene.suite().workload(), model.label(), e.getMessage()));
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static List<TimelineSpan> rows(Scene scene, Model model, Scene.Recording recording) {
        Map<String, String> values = new HashMap<>(scene.settings());
        values.put(CaseKey.PARALLELISM, Integer.toString(recording.parallelism()));
        Params params = Params.of(values);
        String workload = scene.suite().workload();
        long start = recording.startNanos();
        List<TimelineSpan> rows = new ArrayList<>();
        rows.add(new TimelineSpan(
                workload,
                model.label(),
                params,
                "caller",
                TimelineSpan.State.BATCH,
                0,
                0,
                0,
                recording.endNanos() - start));
        Map<List<Long>, String> workers = new HashMap<>();
        for (TraceSpan span : recording.spans()) {
            String worker = workers.computeIfAbsent(
                    List.of(span.processId(), span.threadId()),
                    _ -> called(scene, span, recording, workers.size() + 1));
            long from = Math.max(0, span.startNanos() - start);
            rows.add(new TimelineSpan(
                    workload,
                    model.label(),
                    params,
                    worker,
                    state(span.state()),
                    span.firstTask(),
                    span.endTask(),
                    from,
                    Math.max(from, span.endNanos() - start)));
        }
        return rows;
    }

    /** The textbook's tickers have names, and a lane that is one of them has it too. */
    private static String called(Scene scene, TraceSpan span, Scene.Recording recording, int turn) {
        String name = name(span, recording, turn);
        if (scene.suite() != Suite.TICKER) {
            return name;
        }
        List<Integer> tasks = recording.spans().stream()
                .filter(one -> one.processId() == span.processId() && one.threadId() == span.threadId())
                .flatMapToInt(one -> IntStream.range(one.firstTask(), one.endTask()))
                .distinct()
                .boxed()
                .toList();
        return tasks.size() == 1 && tasks.getFirst() < Ticker.WORKERS.size()
                ? Ticker.WORKERS.get(tasks.getFirst()) + " (" + name + ")"
                : name;
    }

    /** A thread's own name where it has one; for a child JVM and a nameless virtual thread their turn. */
    private static String name(TraceSpan span, Scene.Recording recording, int turn) {
        if (span.processId() != recording.ownProcessId()) {
            return "child-" + turn;
        }
        return switch (span.threadName()) {
            case "" -> "virtual-" + turn;
            case "main" -> "caller";
            // Its number counts all threads that there ever were.
            default -> span.threadName().replaceFirst("[0-9]+$", "") + turn;
        };
    }

    private static TimelineSpan.State state(TraceSpan.State state) {
        return switch (state) {
            case TASK -> TimelineSpan.State.TASK;
            case WAITING -> TimelineSpan.State.WAITING;
            case ASKING -> TimelineSpan.State.ASKING;
            case HOLDING -> TimelineSpan.State.HOLDING;
            case TICK -> TimelineSpan.State.TICK;
        };
    }
}
