package org.concurrencybench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.TimelineSpan;
import org.concurrencybench.sample.TimelineSpan.State;

/** Who did what when: for each small batch that was recorded one chart, with a lane for each worker of each model. */
final class TimelineChart {

    /** Workers of one model that have a lane. */
    private static final int MOST_LANES = 12;

    /** Spans of one model that are drawn; more of them lie on top of each other. */
    private static final int MOST_SPANS = 1500;

    private static final int MOST_CHARTS = 24;

    private TimelineChart() {}

    /** What the batches of one chart share. */
    private record Scene(String workload, Map<String, String> settings) {

        static Scene of(TimelineSpan span) {
            Map<String, String> settings = new TreeMap<>(span.params().asMap());
            settings.remove(CaseKey.PARALLELISM);
            return new Scene(span.workload(), settings);
        }
    }

    static List<Chart> of(List<TimelineSpan> spans, Typeface typeface, String footer) {
        Map<Scene, Map<String, List<TimelineSpan>>> scenes = new LinkedHashMap<>();
        for (TimelineSpan span : spans) {
            scenes.computeIfAbsent(Scene.of(span), _ -> new LinkedHashMap<>())
                    .computeIfAbsent(
                            span.model() + "\n"
                                    + span.params().get(CaseKey.PARALLELISM).orElse(""),
                            _ -> new ArrayList<>())
                    .add(span);
        }
        List<Chart> charts = new ArrayList<>();
        Map<String, Integer> names = new LinkedHashMap<>();
        scenes.forEach((scene, batches) -> {
            if (charts.size() < MOST_CHARTS) {
                String name = "timeline-" + Text.slug(scene.workload());
                int number = names.merge(name, 1, Integer::sum);
                charts.add(chart(
                        number == 1 ? name : name + "-" + number,
                        scene,
                        List.copyOf(batches.values()),
                        charts.size() == MOST_CHARTS - 1 ? scenes.size() - MOST_CHARTS : 0,
                        typeface,
                        footer));
            }
        });
        return charts;
    }

    private static Chart chart(
            String name, Scene scene, List<List<TimelineSpan>> batches, int left, Typeface typeface, String footer) {
        Set<State> states = new LinkedHashSet<>();
        List<TimelineSheet.Batch> drawn = new ArrayList<>();
        List<String> described = new ArrayList<>();
        for (List<TimelineSpan> batch : batches) {
            batch.forEach(span -> states.add(span.state()));
            TimelineSheet.Batch one = batch(batch);
            drawn.add(one);
            described.add(describe(one, batch));
        }
        String settings = scene.settings().entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining(", "));
        String title = title(scene, states);
        String reading =
                "One small batch under each model, run once for this picture after the measurement; writing it down"
                        + " took part of the time, so it is no measurement."
                        + (left > 0 ? " %d more batches stand in timelines.csv alone.".formatted(left) : "");
        return new Chart(
                Part.TIMELINES,
                name,
                title + ": " + scene.workload() + " (" + settings + "). " + reading,
                title + ", " + scene.workload() + " with " + settings + ". " + String.join(" ", described),
                new TimelineSheet(
                        typeface,
                        new TimelineSheet.Words(title, scene.workload() + ": " + settings, reading, footer),
                        drawn,
                        List.copyOf(states)));
    }

    /** What is to be seen; for what is not ours no more than what it is. */
    private static String title(Scene scene, Set<State> states) {
        boolean isInOneLock = states.contains(State.HOLDING);
        if (isInOneLock && scene.workload().equals("lost-update")) {
            return "Waiting under a lock: one at a time, whoever runs it";
        }
        if (isInOneLock) {
            return "Waiting outside of the lock: the waits overlap, the lock is hardly ever wanted twice";
        }
        return switch (scene.workload()) {
            case "square-cube" ->
                "by-item".equals(scene.settings().get("split"))
                        ? "More sleeping tasks than workers: they come in rounds"
                        : "Two chains of sleeps: one after the other, or side by side";
            case "sum-of-squares" -> "Computing in chunks: workers take the next as they come free";
            case "pool-map" -> "Computing calls on a pool of three: no faster than the cores";
            case "ticker" -> "Two units that tick: their ticks interleave, and each keeps its own time";
            default -> "Who did what when in " + scene.workload();
        };
    }

    private static TimelineSheet.Batch batch(List<TimelineSpan> batch) {
        TimelineSpan whole = batch.stream()
                .filter(span -> span.state() == State.BATCH)
                .findFirst()
                .orElse(batch.getFirst());
        Map<String, List<TimelineSpan>> byWorker = new LinkedHashMap<>();
        batch.stream()
                .filter(span -> span.state() != State.BATCH)
                .sorted(Comparator.comparingLong(TimelineSpan::startNanos))
                .limit(MOST_SPANS)
                .forEach(span -> byWorker.computeIfAbsent(span.worker(), _ -> new ArrayList<>())
                        .add(span));
        List<TimelineSheet.Lane> lanes = byWorker.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(
                        Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder())))
                .limit(MOST_LANES)
                .map(worker -> new TimelineSheet.Lane(worker.getKey(), worker.getValue()))
                .toList();
        int spans = batch.size() - 1;
        String more = byWorker.size() > MOST_LANES ? (byWorker.size() - MOST_LANES) + " more workers not drawn" : "";
        if (spans > MOST_SPANS) {
            more += (more.isEmpty() ? "" : ", ") + (spans - MOST_SPANS) + " more spans not drawn";
        }
        return new TimelineSheet.Batch(whole.model(), Palette.of(whole.model()), whole.endNanos() / 1e6, lanes, more);
    }

    private static String describe(TimelineSheet.Batch drawn, List<TimelineSpan> batch) {
        Map<String, List<TimelineSpan>> byWorker = new TreeMap<>();
        batch.stream()
                .filter(span -> span.state() != State.BATCH)
                .forEach(span -> byWorker.computeIfAbsent(span.worker(), _ -> new ArrayList<>())
                        .add(span));
        return "%s took %s ms: %s."
                .formatted(
                        drawn.model(),
                        Numbers.plain(drawn.millis()),
                        byWorker.entrySet().stream()
                                .limit(MOST_LANES)
                                .map(worker -> worker.getKey() + " " + describe(worker.getValue()))
                                .collect(Collectors.joining("; ")));
    }

    private static String describe(List<TimelineSpan> spans) {
        List<String> parts = new ArrayList<>();
        for (State state : List.of(State.TASK, State.WAITING, State.ASKING, State.HOLDING)) {
            List<TimelineSpan> own =
                    spans.stream().filter(span -> span.state() == state).toList();
            if (!own.isEmpty()) {
                double millis = own.stream().mapToLong(TimelineSpan::nanos).sum() / 1e6;
                parts.add(
                        switch (state) {
                            case TASK ->
                                "ran %d %s in %s ms from %s ms on"
                                        .formatted(
                                                own.size(),
                                                own.size() == 1 ? "piece" : "pieces",
                                                Numbers.plain(millis),
                                                Numbers.plain(own.getFirst().startNanos() / 1e6));
                            case WAITING -> "slept %s ms".formatted(Numbers.plain(millis));
                            case ASKING -> "waited %s ms for the lock".formatted(Numbers.plain(millis));
                            default -> "held it %s ms".formatted(Numbers.plain(millis));
                        });
            }
        }
        List<String> ticks = spans.stream()
                .filter(span -> span.state() == State.TICK)
                .map(span -> Numbers.plain(span.startNanos() / 1e6))
                .toList();
        if (!ticks.isEmpty()) {
            parts.add("ticked at " + String.join(", ", ticks) + " ms");
        }
        return String.join(", ", parts);
    }
}
