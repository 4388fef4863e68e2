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
        String title = title(states, batches);
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
                        new Frame.Words(title, scene.workload() + ": " + settings + ". " + reading, footer, List.of()),
                        drawn,
                        List.copyOf(states)));
    }

    /** What is to be seen: what the tasks do, how many are under way at once, and what a lock costs them. */
    private static String title(Set<State> states, List<List<TimelineSpan>> batches) {
        String what;
        if (states.contains(State.HOLDING)) {
            what = "Tasks under a lock";
        } else if (states.contains(State.TICK)) {
            what = "Tasks that tick";
        } else if (states.contains(State.WAITING)) {
            what = "Sleeping tasks";
        } else {
            what = "Computing tasks";
        }
        return what + ": " + atOnce(batches) + askedFor(batches);
    }

    private static String atOnce(List<List<TimelineSpan>> batches) {
        List<TimelineSpan> least = batches.stream()
                .min(Comparator.comparingInt(TimelineChart::mostAtOnce))
                .orElseThrow();
        List<TimelineSpan> most = batches.stream()
                .max(Comparator.comparingInt(TimelineChart::mostAtOnce))
                .orElseThrow();
        int fewest = mostAtOnce(least);
        int highest = mostAtOnce(most);
        return fewest == highest
                ? "%d at once".formatted(highest)
                : "%d at once under %s, up to %d under %s"
                        .formatted(
                                fewest,
                                least.getFirst().model(),
                                highest,
                                most.getFirst().model());
    }

    /** Of how many workers the tasks overlap. */
    private static int mostAtOnce(List<TimelineSpan> batch) {
        TreeMap<Long, Integer> steps = new TreeMap<>();
        for (TimelineSpan span : batch) {
            if (span.state() == State.TASK && span.nanos() > 0) {
                steps.merge(span.startNanos(), 1, Integer::sum);
                steps.merge(span.endNanos(), -1, Integer::sum);
            }
        }
        int now = 0;
        int most = 0;
        for (int step : steps.values()) {
            now += step;
            most = Math.max(most, now);
        }
        return most;
    }

    /** The largest share of their tasks' time that the workers of any model wait for a lock. */
    private static String askedFor(List<List<TimelineSpan>> batches) {
        return batches.stream()
                .filter(batch -> nanos(batch, State.ASKING) > 0 && nanos(batch, State.TASK) > 0)
                .max(Comparator.comparingDouble(TimelineChart::askingShare))
                .map(batch -> "; up to %s%% of their time they wait for it (%s)"
                        .formatted(
                                Numbers.plain(100 * askingShare(batch)),
                                batch.getFirst().model()))
                .orElse("");
    }

    private static double askingShare(List<TimelineSpan> batch) {
        return (double) nanos(batch, State.ASKING) / nanos(batch, State.TASK);
    }

    private static long nanos(List<TimelineSpan> batch, State state) {
        return batch.stream()
                .filter(span -> span.state() == state)
                .mapToLong(TimelineSpan::nanos)
                .sum();
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
