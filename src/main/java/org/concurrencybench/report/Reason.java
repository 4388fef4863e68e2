package org.concurrencybench.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.sample.ScoreUnit;

/**
 * Why the standing of a {@link Contest} is as it is, in one sentence made from its numbers: does one thread compute or wait,
 * how many cores does a model keep busy, how much CPU time does it spend beside serial's, how near does it come to the ideal,
 * and what does it cost to start units. The kind's name is only used to say that the numbers contradict it.
 */
final class Reason {

    /** Of a thread's time: one that computes less than this waits more than it works. */
    private static final double HALF = 0.5;

    /** Cores kept busy from which on more than one is at work. */
    private static final double MORE_THAN_ONE_CORE = 1.2;

    /** Share of the ideal from which on the ideal's limit is what holds a model back. */
    private static final double NEAR = 0.85;

    /** Share of the ideal that is more than a timer's luck. */
    private static final double BEYOND = 1.1;

    /** Times serial's CPU time from which on a model is said to spend more of it. */
    private static final double SPENDS_MORE = 1.2;

    /** Share of the time under a lock below which the lock is out of the way. */
    private static final double SELDOM_LOCKED = 0.05;

    private static final String COLD = "-cold";

    private final String kind;
    private final Contest contest;
    private final Contest.Entry entry;
    private final OptionalDouble serialBusy;
    private final OptionalDouble busy;
    private final OptionalDouble cpuRatio;

    private Reason(String kind, Contest contest, Contest.Entry entry) {
        this.kind = kind;
        this.contest = contest;
        this.entry = entry;
        serialBusy = mean(entry.references(), Reason::coresBusy);
        busy = mean(entry.cases(), Reason::coresBusy);
        OptionalDouble mine = mean(entry.cases(), CaseSummary::cpuMillis);
        OptionalDouble serials = mean(entry.references(), CaseSummary::cpuMillis);
        cpuRatio = mine.isPresent() && serials.isPresent()
                ? OptionalDouble.of(mine.getAsDouble() / serials.getAsDouble())
                : OptionalDouble.empty();
    }

    /** The reason for a contest that {@linkplain Contest#isHeld is held}; a sentence without its full stop. */
    static String of(String kind, Contest contest) {
        Contest.Entry entry = contest.bestBesideSerial().orElseThrow();
        Reason reason = new Reason(kind, contest, entry);
        String why = entry.candidate().speedup().low() > 1 ? reason.whyFaster() : reason.whyNotFaster();
        return why + reason.startUp();
    }

    /** What curves of the run say beyond that; begins with a semicolon, or is empty. */
    static String fromCurves(String kind, Contest.Entry best, List<CaseSummary> summaries) {
        return switch (kind) {
            case "cpu-bound" -> moreUnits(best, summaries);
            case "sleep-bound" -> mostSleepers(summaries);
            default -> "";
        };
    }

    private String whyFaster() {
        if (serialBusy.isEmpty() || busy.isEmpty()) {
            return "%s; CPU time was not measured, so what limits it is not known".formatted(capital(reached()));
        }
        boolean waits = serialBusy.getAsDouble() < HALF;
        if (isMixed()) {
            return "In some settings one thread mostly waits, in others it computes; " + reached();
        }
        String contradiction = kind.equals("cpu-bound") && waits
                ? "Called CPU-bound, but "
                : kind.equals("sleep-bound") && !waits ? "Called sleep-bound, but " : "";
        return waits ? whyWaitingPays(contradiction) : whyComputingPays(contradiction);
    }

    private String whyWaitingPays(String contradiction) {
        String waiting = "one thread computes for %s of its time and waits for the rest"
                .formatted(share(serialBusy.getAsDouble()));
        OptionalDouble locked = mean(entry.references(), LockShare::of);
        String lock = locked.orElse(1) < SELDOM_LOCKED
                ? ", the lock is held for %s of it".formatted(share(locked.getAsDouble()))
                : "";
        String overlap = isNearIdeal() ? "waiting overlaps: " : "waiting overlaps, though not all of it: ";
        return capital(contradiction + overlap) + waiting + lock + ", and " + reached();
    }

    private String whyComputingPays(String contradiction) {
        double cores = busy.getAsDouble();
        String alone = "one thread keeps a core busy %s".formatted(ofItsTime(serialBusy.getAsDouble()));
        if (cores < MORE_THAN_ONE_CORE) {
            return capital("%sfaster without more cores: %s, %s %s cores, so it is not parallelism that wins here"
                    .formatted(contradiction, alone, keep(), Numbers.plain(cores)));
        }
        String working = "%s, %s %s cores busy and %s".formatted(alone, keep(), Numbers.plain(cores), reach());
        if (isNearIdeal()) {
            return capital(contradiction + "cores are the limit: " + working);
        }
        String rest = cpuRatio.orElse(1) > SPENDS_MORE
                ? "; the rest goes into %s times serial's CPU time".formatted(Numbers.plain(cpuRatio.getAsDouble()))
                : "; for the rest of the time cores stand idle";
        return capital(contradiction + "more cores work, but not all the time for the result: " + working + rest);
    }

    private String whyNotFaster() {
        String model = name();
        String spent = cpuRatio.isPresent() && cpuRatio.getAsDouble() > SPENDS_MORE
                ? "%s %s times serial's CPU time".formatted(verb(entry, "spend"), Numbers.plain(cpuRatio.getAsDouble()))
                : "";
        OptionalDouble ideal = entry.candidate().ideal();
        if (ideal.isPresent() && ideal.getAsDouble() <= 1 + 1e-9) {
            OptionalDouble locked = mean(entry.references(), LockShare::of);
            String limit = kind.equals("lock-contended")
                    ? "the lock is the limit: "
                            + (locked.isPresent()
                                    ? "%s of the work stands under it, one at a time"
                                            .formatted(share(locked.getAsDouble()))
                                    : "one works at a time")
                    : "nothing can overlap here (ideal 1×)";
            return capital(limit) + (spent.isEmpty() ? "" : ", and passing it on costs: " + spent);
        }
        String allowed = ideal.isPresent()
                ? "the hardware would allow " + AnswerText.ideals(entry.candidate())
                : "what the hardware would allow is not known";
        if (cpuRatio.isEmpty()) {
            return capital(allowed) + "; CPU time was not measured, so what eats it is not known";
        }
        String millis = mean(entry.references(), Reason::millis).stream()
                .mapToObj(value -> ", a batch takes one thread only %s ms".formatted(Numbers.plain(value)))
                .findFirst()
                .orElse("");
        return spent.isEmpty()
                ? capital(allowed)
                        + ", but the units of %s wait for each other: the CPU time is serial's".formatted(model)
                : "Start-up and hand-over eat it: " + allowed + millis + ", and " + spent;
    }

    /** Where starting units anew for each batch turns a gain into a loss, beyond doubt: what it costs. */
    private String startUp() {
        List<String> words = new ArrayList<>();
        for (Contest.Entry cold : contest.ranking()) {
            String name = cold.candidate().model();
            if (name.endsWith(COLD) && cold.candidate().speedup().high() < 1) {
                contest.named(name.substring(0, name.length() - COLD.length()))
                        .filter(kept -> kept.candidate().speedup().low() > 1)
                        .ifPresent(kept -> {
                            double lost = IntStream.range(0, cold.cases().size())
                                    .mapToDouble(i -> millis(cold.cases().get(i))
                                                    .orElse(Double.NaN)
                                            - millis(kept.cases().get(i)).orElse(Double.NaN))
                                    .average()
                                    .orElse(Double.NaN);
                            if (Double.isFinite(lost)) {
                                words.add("%s %s ms a batch".formatted(name, Numbers.plain(lost)));
                            }
                        });
            }
        }
        return words.isEmpty()
                ? ""
                : "; start-up costs " + String.join(" and ", words) + ", which turns the gain into a loss";
    }

    private String reached() {
        return name() + " " + reach();
    }

    /** What follows the model's name. */
    private String reach() {
        boolean plural = AnswerText.isPlural(name());
        OptionalDouble ideal = entry.candidate().ideal();
        return ideal.isEmpty()
                ? "%s %s as fast as one thread%s"
                        .formatted(
                                plural ? "are" : "is",
                                AnswerText.times(entry.candidate()),
                                AnswerText.places(entry.candidate()))
                : "%s %s of the ideal %s%s"
                        .formatted(
                                plural ? "reach" : "reaches",
                                share(efficiency()),
                                AnswerText.ideals(entry.candidate()),
                                efficiency() > BEYOND ? ", more than the hardware should allow" : "");
    }

    private double efficiency() {
        return entry.candidate().speedup().value() / entry.candidate().ideal().orElse(Double.NaN);
    }

    private boolean isNearIdeal() {
        return !(efficiency() < NEAR);
    }

    /** Whether serial computes in some of the settings and waits in others. */
    private boolean isMixed() {
        List<Boolean> waits = entry.references().stream()
                .map(Reason::coresBusy)
                .map(cores -> cores.orElse(1) < HALF)
                .distinct()
                .toList();
        return waits.size() > 1;
    }

    private String name() {
        return entry.candidate().model();
    }

    private String keep() {
        return verb(entry, "keep");
    }

    private static String verb(Contest.Entry entry, String verb) {
        return AnswerText.verb(entry.candidate().model(), verb);
    }

    /** Whether units beyond those that suit the machine bring anything, where that was measured. */
    private static String moreUnits(Contest.Entry best, List<CaseSummary> summaries) {
        for (Curve.Panel panel : Curve.SUM_OF_SQUARES.panels(summaries)) {
            for (Curve.Line line : panel.lines()) {
                Curve.Point last = line.points().getLast();
                Optional<Curve.Point> used = line.points().stream()
                        .filter(point -> best.cases().contains(point.summary()))
                        .findFirst();
                if (used.isPresent() && last.x() > used.get().x()) {
                    double gain = last.y().value() / used.get().y().value();
                    boolean apart = last.y().low() > used.get().y().high();
                    return "; %s of them bring %s (%s× %s)"
                            .formatted(
                                    LogScale.label(last.x()),
                                    apart ? "more all the same" : gain < 1 / MORE_THAN_ONE_CORE ? "less" : "no more",
                                    Numbers.value(last.y()),
                                    last.y().isBounded() ? Numbers.interval(last.y()) : "no interval");
                }
            }
        }
        return "";
    }

    /** Who is first where the most tasks were measured, by the longest sleep that has a contest there. */
    private static String mostSleepers(List<CaseSummary> summaries) {
        String words = "";
        double most = 0;
        for (Curve.Panel panel : Curve.MANY_SLEEPERS.panels(summaries)) {
            double tasks =
                    panel.points().stream().mapToDouble(Curve.Point::x).max().orElse(0);
            List<Curve.Line> lines = panel.lines().stream()
                    .filter(line ->
                            Contest.competes(line.model()) && line.pool().isEmpty())
                    .filter(line -> line.points().getLast().x() == tasks)
                    .sorted((a, b) -> Double.compare(last(a), last(b)))
                    .toList();
            if (tasks >= most && lines.size() > 1) {
                Curve.Point first = lines.getFirst().points().getLast();
                Curve.Point second = lines.get(1).points().getLast();
                most = tasks;
                words = first.y().high() < second.y().low()
                        ? "; of %s sleepers%s %s are done first, %s times as fast as %s"
                                .formatted(
                                        LogScale.label(tasks),
                                        panel.setting().contains("=") ? " (" + panel.setting() + ")" : "",
                                        lines.getFirst().label(),
                                        Numbers.plain(last(lines.get(1)) / last(lines.getFirst())),
                                        lines.get(1).label())
                        : "";
            }
        }
        return words;
    }

    private static double last(Curve.Line line) {
        return line.points().getLast().y().value();
    }

    private static OptionalDouble mean(List<CaseSummary> cases, Function<CaseSummary, OptionalDouble> quantity) {
        double[] values = cases.stream()
                .map(quantity)
                .flatMapToDouble(OptionalDouble::stream)
                .filter(value -> value > 0)
                .toArray();
        return values.length == cases.size()
                ? OptionalDouble.of(Contest.geometricMean(Arrays.stream(values)))
                : OptionalDouble.empty();
    }

    /** CPU time over wall time. */
    private static OptionalDouble coresBusy(CaseSummary summary) {
        OptionalDouble millis = millis(summary);
        return millis.isPresent() && summary.cpuMillis().isPresent() && millis.getAsDouble() > 0
                ? OptionalDouble.of(summary.cpuMillis().getAsDouble() / millis.getAsDouble())
                : OptionalDouble.empty();
    }

    /** The score, where it is a time. */
    static OptionalDouble millis(CaseSummary summary) {
        ScoreUnit unit = ScoreUnit.of(summary.unit());
        return unit.base().equals("s/op")
                ? OptionalDouble.of(summary.score().value() * unit.factor() * 1000)
                : OptionalDouble.empty();
    }

    /** A share of a whole; timers and counters may make it a little more than all. */
    private static String share(double share) {
        double percent = 100 * share;
        // What comes near to all of something must not read as all of it.
        boolean plain = percent >= 99.95 || (percent >= 9.95 && percent < 95);
        int decimals = plain ? 0 : percent >= 0.095 ? 1 : 2;
        return Numbers.fixed(percent, decimals) + "%";
    }

    /** How much of its time a thread computes. */
    private static String ofItsTime(double cores) {
        return cores >= 0.95 ? "all the time" : "for " + share(cores) + " of its time";
    }

    private static String capital(String sentence) {
        return sentence.substring(0, 1).toUpperCase(Locale.ROOT) + sentence.substring(1);
    }
}
