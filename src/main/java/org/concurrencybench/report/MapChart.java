package org.concurrencybench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.sample.Direction;
import org.concurrencybench.statistics.Estimate;

/**
 * Which model when: each setting as a spot at its number of tasks and the length of one, or for work under a lock the lock's
 * share, in the colour of the model that is clearly fastest there.
 */
final class MapChart {

    private static final String NAME = "map";

    private static final String TASKS = "number of tasks (log scale)";
    private static final String LENGTH = "length of one task (log scale)";
    private static final String WORKERS = "workers at once (log scale)";
    private static final String SHARE = "share of serial's time under the lock (log scale)";

    /** Fewer spots are no map. */
    private static final int LEAST_SPOTS = 3;

    /** A single share of a lock is no scale. */
    private static final int LEAST_SHARES = 2;

    private static final String LOCK = "lock-contended";

    private MapChart() {}

    /** The chart, or nothing where too few settings tell how many tasks they have. */
    static Optional<Chart> of(List<CaseSummary> summaries, Typeface typeface, String footer) {
        List<CaseSummary> sized = summaries.stream()
                .filter(summary -> TaskSize.count(summary.key()).isPresent())
                .filter(summary -> summary.direction() == Direction.LOWER)
                .toList();
        Map<String, List<MapSheet.Spot>> byKind = new LinkedHashMap<>();
        for (Cases.Group group : Cases.of(sized, List.of()).groups()) {
            spot(group)
                    .ifPresent(spot -> byKind.computeIfAbsent(panel(group), _ -> new ArrayList<>())
                            .add(spot));
        }
        List<MapSheet.Spot> all = byKind.values().stream().flatMap(List::stream).toList();
        if (all.size() < LEAST_SPOTS) {
            return Optional.empty();
        }
        List<MapSheet.Panel> panels = new ArrayList<>();
        byKind.forEach((kind, ofKind) -> {
            if (!kind.equals(LOCK)) {
                panels.add(new MapSheet.Panel(kind, TASKS, LENGTH, false, ofKind));
            } else if (ofKind.size() >= LEAST_SHARES) {
                panels.add(new MapSheet.Panel("Tasks under a lock", WORKERS, SHARE, true, ofKind));
            } else {
                panels.add(new MapSheet.Panel("Tasks under a lock", WORKERS, LENGTH, false, lengthwise(ofKind)));
            }
        });
        return Optional.of(new Chart(
                Part.MAP,
                NAME,
                "The fastest model by the number of tasks and the length of one. The stronger the colour, the farther it is "
                        + "ahead of the next; hatched where intervals do not tell, or by less than 2%.",
                "The fastest model by number and length of tasks. "
                        + byKind.entrySet().stream()
                                .map(entry -> entry.getKey() + ": "
                                        + entry.getValue().stream()
                                                .map(spot -> describe(spot, entry.getKey()))
                                                .collect(Collectors.joining("; ")))
                                .collect(Collectors.joining(". "))
                        + ".",
                new MapSheet(
                        typeface,
                        new Frame.Words(
                                "Settings: "
                                        + Standings.inWords(all.stream()
                                                .map(spot -> spot.ahead().size() == 1
                                                        ? Optional.of(
                                                                spot.ahead().getFirst())
                                                        : Optional.<String>empty())
                                                .toList()),
                                "The fastest model by how many tasks there are and how long each is. "
                                        + "Marker: the model that is clearly fastest; the disc under it is the stronger, the farther ahead "
                                        + "it is of the next (the figure beside it). Hatched: undecided between the models in it, or within 2% of each other. "
                                        + "Discs that touch stand for settings at one place. Broken lines: the same amount of work "
                                        + "in all.",
                                footer,
                                keys(all)),
                        panels)));
    }

    private static List<Frame.Key> keys(List<MapSheet.Spot> spots) {
        List<String> models =
                spots.stream().flatMap(spot -> spot.ahead().stream()).distinct().toList();
        return models.stream()
                .sorted(Comparator.comparingInt(Cases::modelRank))
                .map(model -> new Frame.Key(Palette.of(model), model))
                .toList();
    }

    /** The same spots, those under a lock by the length of a task and not by the lock's share. */
    private static List<MapSheet.Spot> lengthwise(List<MapSheet.Spot> spots) {
        return spots.stream()
                .filter(spot -> spot.seconds().isPresent())
                .map(spot -> spot.at(spot.seconds().getAsDouble()))
                .toList();
    }

    /** Waiting, computing, or under a lock. */
    private static String panel(Cases.Group group) {
        return switch (group.key().kind()) {
            case "sleep-bound" -> "Tasks that wait";
            case LOCK -> LOCK;
            default -> "Tasks that compute";
        };
    }

    private static Optional<MapSheet.Spot> spot(Cases.Group group) {
        double tasks = TaskSize.count(group.summaries().getFirst().key()).orElseThrow();
        OptionalDouble y = group.key().kind().equals(LOCK)
                ? group.reference().map(LockShare::of).orElse(OptionalDouble.empty())
                : TaskSize.seconds(group);
        List<Runner> runners = runners(group);
        if (y.isEmpty() || !(y.getAsDouble() > 0) || runners.size() < 2) {
            return Optional.empty();
        }
        Runner best = runners.getFirst();
        // A lead that nobody should choose by makes no winner, as on the cards.
        List<String> ahead = runners.stream()
                .filter(runner -> !(best.speed().low() > runner.speed().high())
                        || best.speed().value() / runner.speed().value() - 1 < AnswerText.NO_MATTER)
                .map(Runner::model)
                .toList();
        return Optional.of(new MapSheet.Spot(
                group.title(),
                tasks,
                y.getAsDouble(),
                TaskSize.seconds(group),
                ahead.contains(best.model()) ? ahead : List.of(best.model()),
                best.speed().value() / runners.get(1).speed().value(),
                runners.get(1).model()));
    }

    /** A model and how fast it is, in any unit that all of a group share. */
    private record Runner(String model, Estimate speed) {}

    /** The models of a group, the fastest first, each by its best number of units. */
    private static List<Runner> runners(Cases.Group group) {
        boolean bySpeedup = group.reference().isPresent();
        Map<String, Runner> best = new LinkedHashMap<>();
        for (CaseSummary summary : group.summaries()) {
            String model = summary.key().model();
            if (Contest.competes(model)) {
                Stream<Estimate> speed = bySpeedup ? summary.speedup().stream() : inverse(summary.score()).stream();
                speed.forEach(one -> best.merge(
                        model,
                        new Runner(model, one),
                        (a, b) -> a.speed().value() >= b.speed().value() ? a : b));
            }
        }
        return best.values().stream()
                .sorted(Comparator.comparingDouble(
                        (Runner runner) -> -runner.speed().value()))
                .toList();
    }

    /** Of a time the rate. */
    private static Optional<Estimate> inverse(Estimate time) {
        return time.value() > 0
                ? Optional.of(new Estimate(
                        1 / time.value(),
                        1 / time.high(),
                        time.low() > 0 ? 1 / time.low() : Double.POSITIVE_INFINITY,
                        time.confidence()))
                : Optional.empty();
    }

    private static String describe(MapSheet.Spot spot, String kind) {
        String place = kind.equals(LOCK)
                ? "%s workers, %s%% under the lock".formatted(LogScale.label(spot.x()), Numbers.plain(100 * spot.y()))
                : "%s %s of %s"
                        .formatted(
                                LogScale.label(spot.x()),
                                spot.x() == 1 ? "task" : "tasks",
                                MapSheet.duration(spot.y()));
        return spot.ahead().size() == 1
                ? "%s: %s, %s ahead of %s"
                        .formatted(place, spot.ahead().getFirst(), MapSheet.lead(spot.margin()), spot.next())
                : "%s: undecided between %s".formatted(place, Text.enumeration(spot.ahead()));
    }
}
