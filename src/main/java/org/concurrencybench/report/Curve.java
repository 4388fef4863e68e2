package org.concurrencybench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.sample.FailedCase;
import org.concurrencybench.statistics.Estimate;

/** The workloads whose cases are points of a curve over one of their parameters, where enough of them were measured. */
enum Curve {
    MANY_SLEEPERS(
            "many-sleepers",
            "tasks",
            "Time until all sleepers have woken",
            "tasks (log scale)",
            "ms (log scale)",
            "Dark broken line: the sleep itself, which is all the time that it takes if nobody waits for a thread. A "
                    + "dotted line in a model's colour: the least that so many units can do, N sleeps over the number of "
                    + "units (Little's law). A thin line shows a pool's size and not the model, which has a unit for each task."),
    SPAWN(
            "spawn",
            "units",
            "Time to start and join a unit",
            "units at once (log scale)",
            "µs for each unit (log scale)",
            "The time of the batch over the number of units. Child JVMs are 8 at most; fork-join starts no thread."),
    FOOTPRINT(
            "footprint",
            "units",
            "Memory of the whole process tree",
            "units alive",
            "MiB",
            "Proportional set size, the memory of the JVM itself included: what one unit takes is the slope "
                    + "of the dotted line. Each panel has scales of its own."),
    POOL_MAP_WORK(
            "pool-map",
            "work",
            "Speed-up of a pool over serial",
            "squares that each call adds up (log scale)",
            "speed-up (×, log scale)",
            "Line at 1: serial. Broken line: ideal. Where a curve crosses the line for good the pool pays; the band is "
                    + "that place's interval."),
    POOL_MAP_CHUNK(
            "pool-map",
            "chunk",
            "Time of a map by how many calls are handed over at once",
            "calls handed over at once (log scale)",
            "ms (log scale)",
            "Serial hands nothing over and is flat."),
    SUM_OF_SQUARES(
            "sum-of-squares",
            CaseKey.PARALLELISM,
            "Speed-up over serial by the number of units",
            "units at once (log scale)",
            "speed-up (×, log scale)",
            "Line at 1: serial, or all of the ideal. Dark broken line: ideal, one unit a core. Dotted line in a model's "
                    + "colour: Amdahl's law, or with four different numbers of cores the Universal Scalability Law, fitted.");

    /** Fewer points are no curve. */
    private static final int LEAST_POINTS = 3;

    private final String workload;
    private final String parameter;
    private final String subject;
    private final String xLabel;
    private final String yLabel;
    private final String legend;

    Curve(String workload, String parameter, String subject, String xLabel, String yLabel, String legend) {
        this.workload = workload;
        this.parameter = parameter;
        this.subject = subject;
        this.xLabel = xLabel;
        this.yLabel = yLabel;
        this.legend = legend;
    }

    /** A case as a point: where, and what was measured there. */
    record Point(double x, Estimate y, CaseSummary summary) {}

    /**
     * Points that differ in x alone.
     *
     * @param model its name in files
     * @param pool how many units, where fewer than another line of the same model has at the same place
     */
    record Line(String model, Optional<String> pool, List<Point> points) {

        String label() {
            return pool.map(size -> model + ", pool of " + size).orElse(model);
        }
    }

    /** Lines that do the same work. */
    record Panel(String setting, List<Line> lines) {

        List<Point> points() {
            return lines.stream().flatMap(line -> line.points().stream()).toList();
        }
    }

    /** What is measured. */
    String subject() {
        return subject;
    }

    /** Of what is measured. */
    String unit() {
        return isSpeedup() ? "×" : yLabel.split(" ", 2)[0];
    }

    String xLabel() {
        return xLabel;
    }

    String yLabel() {
        return yLabel;
    }

    String legend() {
        return legend;
    }

    /** Its files' name. */
    String fileName() {
        return "curve-" + workload + "-" + parameter;
    }

    boolean isSpeedup() {
        return this == POOL_MAP_WORK || this == SUM_OF_SQUARES;
    }

    /** What is left for charts that compare models case by case: no point of a curve but where that runs over parallelism. */
    static List<CaseSummary> rest(List<CaseSummary> summaries) {
        Set<CaseKey> gone = new HashSet<>();
        for (Curve curve : values()) {
            for (Panel panel : curve.panels(summaries)) {
                List<CaseKey> drawn = panel.points().stream()
                        .map(point -> point.summary().key())
                        .toList();
                gone.addAll(drawn);
                if (curve.parameter.equals(CaseKey.PARALLELISM)) {
                    panel.lines().forEach(line -> gone.remove(natural(line).key()));
                }
            }
        }
        return summaries.stream()
                .filter(summary -> !gone.contains(summary.key()))
                .toList();
    }

    /** The parameter over which the cases of a group are points of a curve, for each group of which that is so. */
    static Map<CaseKey.Group, String> parameters(List<CaseSummary> summaries) {
        Map<CaseKey.Group, String> parameters = new HashMap<>();
        for (Curve curve : values()) {
            if (!curve.parameter.equals(CaseKey.PARALLELISM)) {
                curve.panels(summaries).stream()
                        .flatMap(panel -> panel.points().stream())
                        .forEach(point ->
                                parameters.putIfAbsent(point.summary().key().group(), curve.parameter));
            }
        }
        return parameters;
    }

    /** Failures of a workload whose other cases all went into curves have no place beside the rest. */
    static List<FailedCase> rest(List<FailedCase> failures, List<CaseSummary> summaries) {
        Set<String> kept = rest(summaries).stream()
                .map(summary -> summary.key().workload())
                .collect(Collectors.toSet());
        Set<String> known =
                summaries.stream().map(summary -> summary.key().workload()).collect(Collectors.toSet());
        return failures.stream()
                .filter(failure -> kept.contains(failure.key().workload())
                        || !known.contains(failure.key().workload()))
                .toList();
    }

    /** Of the points over parallelism the one that uses what the hardware has, and no more. */
    private static CaseSummary natural(Line line) {
        return line.points().stream()
                .max(Comparator.comparingDouble(
                                (Point point) -> point.summary().ideal().orElse(0))
                        .thenComparing(Comparator.comparingDouble(Point::x).reversed()))
                .orElseThrow()
                .summary();
    }

    /** Its panels; none where there are too few points. */
    List<Panel> panels(List<CaseSummary> summaries) {
        Map<Map<String, String>, List<CaseSummary>> settings = new LinkedHashMap<>();
        for (CaseSummary summary : summaries) {
            if (summary.key().workload().equals(workload) && x(summary) > 0) {
                Map<String, String> others =
                        new TreeMap<>(summary.key().params().asMap());
                others.remove(parameter);
                others.remove(CaseKey.PARALLELISM);
                settings.computeIfAbsent(others, _ -> new ArrayList<>()).add(summary);
            }
        }
        Map<String, Set<String>> values = new TreeMap<>();
        settings.keySet()
                .forEach(others -> others.forEach((name, value) ->
                        values.computeIfAbsent(name, _ -> new HashSet<>()).add(value)));
        List<Panel> panels = new ArrayList<>();
        settings.forEach((others, cases) -> {
            if (cases.stream().mapToDouble(this::x).distinct().count() >= LEAST_POINTS) {
                String setting = others.entrySet().stream()
                        .filter(other ->
                                values.getOrDefault(other.getKey(), Set.of()).size() > 1)
                        .map(other -> other.getKey() + "=" + other.getValue())
                        .collect(Collectors.joining(", "));
                List<Line> lines = lines(cases);
                if (!lines.isEmpty()) {
                    panels.add(new Panel(setting.isEmpty() ? workload : setting, lines));
                }
            }
        });
        // Numbers of a setting in their order: shorter first.
        panels.sort(Comparator.comparingInt((Panel panel) -> panel.setting().length())
                .thenComparing(Panel::setting));
        return panels;
    }

    private List<Line> lines(List<CaseSummary> cases) {
        Map<String, List<Point>> lines = new LinkedHashMap<>();
        Map<String, Line> heads = new LinkedHashMap<>();
        for (Cases.Row row : Cases.of(cases, List.of()).rows()) {
            for (CaseSummary summary : cases) {
                Optional<Estimate> y = y(summary);
                if (summary.key().model().equals(row.model()) && y.isPresent()) {
                    Line head = new Line(row.model(), pool(summary, cases), List.of());
                    List<Point> points = lines.computeIfAbsent(head.label(), _ -> new ArrayList<>());
                    Point point = new Point(x(summary), y.get(), summary);
                    if (!points.contains(point)) {
                        points.add(point);
                    }
                    heads.putIfAbsent(head.label(), head);
                }
            }
        }
        List<Line> all = new ArrayList<>();
        heads.forEach((label, head) -> all.add(new Line(
                head.model(),
                head.pool(),
                lines.getOrDefault(label, List.of()).stream()
                        .sorted(Comparator.comparingDouble(Point::x))
                        .toList())));
        return all;
    }

    /**
     * The number of units, where the same model has more of them at the same place, or where there should be one for each task
     * and the machine does not allow as many threads: a pool too, whatever it was asked for.
     */
    private Optional<String> pool(CaseSummary summary, List<CaseSummary> cases) {
        if (parameter.equals(CaseKey.PARALLELISM)) {
            return Optional.empty();
        }
        double units = parallelism(summary);
        boolean isFewer = cases.stream()
                .anyMatch(other -> other.key().model().equals(summary.key().model())
                        && x(other) == x(summary)
                        && parallelism(other) > units);
        boolean isBounded = this == MANY_SLEEPERS
                && Findings.THREADS.contains(summary.key().model())
                && units > 0
                && units < x(summary);
        return isFewer || isBounded ? summary.key().params().get(CaseKey.PARALLELISM) : Optional.empty();
    }

    private double x(CaseSummary summary) {
        return number(summary, parameter);
    }

    static double parallelism(CaseSummary summary) {
        return number(summary, CaseKey.PARALLELISM);
    }

    /** A parameter's value; 0, which no logarithmic axis holds, where it is none. Files are anybody's. */
    private static double number(CaseSummary summary, String name) {
        return summary.key()
                .params()
                .get(name)
                .filter(value -> value.matches("[0-9]{1,9}"))
                .map(Double::parseDouble)
                .orElse(0.0);
    }

    private Optional<Estimate> y(CaseSummary summary) {
        Optional<Estimate> y = switch (this) {
            case MANY_SLEEPERS, POOL_MAP_CHUNK -> Optional.of(summary.score());
            case SPAWN -> Optional.of(times(summary.score(), 1000 / Math.max(1, parallelism(summary))));
            case FOOTPRINT -> Optional.of(times(summary.score(), 1.0 / 1024));
            case POOL_MAP_WORK, SUM_OF_SQUARES -> summary.key().isReference() ? Optional.empty() : summary.speedup();
        };
        return y.filter(estimate -> estimate.value() > 0 && Double.isFinite(estimate.value()));
    }

    static Estimate times(Estimate estimate, double factor) {
        return new Estimate(
                estimate.value() * factor, estimate.low() * factor, estimate.high() * factor, estimate.confidence());
    }

    /** What the hardware allows at a point, where that is known. */
    OptionalDouble ideal(Point point) {
        if (this == MANY_SLEEPERS) {
            double sleep = number(point.summary(), "sleepMillis");
            return sleep > 0 ? OptionalDouble.of(sleep) : OptionalDouble.empty();
        }
        OptionalDouble ideal = point.summary().ideal();
        return isSpeedup() && ideal.orElse(0) > 0 ? ideal : OptionalDouble.empty();
    }
}
