package org.concurrencybench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.sample.FailedCase;
import org.concurrencybench.sample.WorkNature;
import org.concurrencybench.statistics.Estimate;

/**
 * What to do with a user's code, from the numbers of its run; no sentence claims more than the intervals. Made from what stands
 * in files alone, so that a report that is made again says the same.
 */
public final class OwnAdvice {

    /** The least speed-up that is worth a line of code. */
    private static final double WORTH_IT = 1.05;

    private static final Comparator<CaseSummary> SLOWEST_FIRST = Comparator.comparingDouble(
            (CaseSummary one) -> one.speedup().orElseThrow().value());

    private OwnAdvice() {}

    /** What was seen, and what follows: for each setting, each JDK and each set of flags apart. */
    public static List<String> of(List<CaseSummary> summaries, List<FailedCase> failures, WorkNature nature) {
        OwnTrust trust = OwnTrust.of(
                summaries.stream().filter(one -> !one.key().isFigure()).toList(), failures);
        Map<OwnSetting, List<CaseSummary>> settings = new LinkedHashMap<>();
        trust.kept()
                .forEach(one -> settings.computeIfAbsent(OwnSetting.of(one.key()), _ -> new ArrayList<>())
                        .add(one));
        failures.forEach(one -> settings.computeIfAbsent(OwnSetting.of(one.key()), _ -> new ArrayList<>()));
        Set<String> varying = OwnSetting.varying(settings.keySet());
        List<String> lines = new ArrayList<>(OwnNature.of(nature));
        settings.forEach((setting, cases) -> advise(OwnCases.of(cases), seen(nature, setting))
                .forEach(line -> lines.add(on(setting, varying) + line)));
        settings.forEach((setting, cases) -> {
            List<FailedCase> its = failures.stream()
                    .filter(one -> OwnSetting.of(one.key()).equals(setting))
                    .toList();
            failed(its, cases).forEach(line -> lines.add(on(setting, varying) + line));
        });
        return lines;
    }

    private static String on(OwnSetting setting, Set<String> varying) {
        String label = setting.label(varying);
        return label.isEmpty() ? "" : label + ": ";
    }

    /** What was seen of work with this setting; where another one was looked at, nothing. */
    private static WorkNature seen(WorkNature nature, OwnSetting setting) {
        return nature.word(WorkNature.SETTING).map(setting::has).orElse(true) ? nature : new WorkNature(Map.of());
    }

    /** A line for each model: all of it is out where it was wrong or nothing is left, otherwise those units that failed. */
    private static List<String> failed(List<FailedCase> failures, List<CaseSummary> kept) {
        Map<String, List<FailedCase>> byModel = new LinkedHashMap<>();
        failures.forEach(one -> byModel.computeIfAbsent(one.key().model(), _ -> new ArrayList<>())
                .add(one));
        List<String> lines = new ArrayList<>();
        byModel.forEach((model, its) -> {
            FailedCase told =
                    its.stream().filter(FailedCase::isWrongAnswer).findFirst().orElse(its.getFirst());
            boolean isInPart = kept.stream().anyMatch(one -> one.key().model().equals(model));
            String units = its.stream()
                    .map(one -> OwnCases.units(one.key()))
                    .distinct()
                    .sorted()
                    .map(Object::toString)
                    .collect(Collectors.joining(" and "));
            lines.add("Out of the question as it is: %s%s failed (%s)."
                    .formatted(
                            Text.clean(model), isInPart ? " with " + units + " units" : "", Text.clean(told.reason())));
        });
        return lines;
    }

    private static List<String> advise(OwnCases cases, WorkNature nature) {
        List<CaseSummary> rivals = cases.rivals();
        if (cases.serial().isEmpty() || rivals.isEmpty()) {
            return List.of();
        }
        CaseSummary best = best(rivals);
        List<String> lines = new ArrayList<>();
        lines.add(verdict(best, rivals));
        sweep(best, rivals).ifPresent(lines::add);
        lines.addAll(new OwnGap(best, rivals, nature).sentences());
        lines.addAll(new OwnPools(cases).sentences());
        costs(cases.serial().get(), best).ifPresent(lines::add);
        return lines;
    }

    /** The fastest of those that are shown to be worth it; else of those that may be; else of all. */
    private static CaseSummary best(List<CaseSummary> rivals) {
        return rivals.stream()
                .filter(one -> one.speedup().orElseThrow().low() >= WORTH_IT)
                .max(SLOWEST_FIRST)
                .or(() -> rivals.stream()
                        .filter(one -> one.speedup().orElseThrow().high() >= WORTH_IT)
                        .max(SLOWEST_FIRST))
                .orElseGet(() -> rivals.stream().max(SLOWEST_FIRST).orElseThrow());
    }

    private static String verdict(CaseSummary best, List<CaseSummary> rivals) {
        Estimate speedup = best.speedup().orElseThrow();
        if (!speedup.isBounded()) {
            return "No advice: without intervals (one fork) this is a look, not a measurement. The best was %s at %s."
                    .formatted(how(best), inWords(speedup));
        }
        if (speedup.high() < WORTH_IT) {
            return "Not worth it: the best, %s, is at %s, and below %s nothing is gained that pays for the change."
                    .formatted(how(best), inWords(speedup), WORTH_IT);
        }
        if (speedup.low() < WORTH_IT) {
            return "Undecided: %s is at %s, so it may be worth it (from %s on) or not. More forks would decide (a longer --budget, no --profile smoke), or longer batches (more inputs)."
                    .formatted(how(best), inWords(speedup), WORTH_IT);
        }
        String alike = rivals.stream()
                .filter(one -> !one.key().model().equals(best.key().model()))
                .filter(one -> one.speedup().orElseThrow().high() >= speedup.low())
                .map(OwnAdvice::how)
                .collect(Collectors.joining(", "));
        return "Fastest: %s at %s%s."
                .formatted(how(best), inWords(speedup), alike.isEmpty() ? "" : "; not told apart from it: " + alike);
    }

    /** The best model at each parallelism that it was measured at. */
    private static Optional<String> sweep(CaseSummary best, List<CaseSummary> rivals) {
        List<CaseSummary> sweep = rivals.stream()
                .filter(one -> one.key().model().equals(best.key().model()))
                .sorted(Comparator.comparingInt(OwnCases::units))
                .toList();
        return sweep.size() < 2
                ? Optional.empty()
                : Optional.of("By parallelism, %s: %s."
                        .formatted(
                                best.key().model(),
                                sweep.stream()
                                        .map(one -> OwnCases.units(one) + " units "
                                                + Numbers.withInterval(
                                                        one.speedup().orElseThrow(), "×"))
                                        .collect(Collectors.joining("; "))));
    }

    static String how(CaseSummary one) {
        return "%s with %d units".formatted(Text.clean(one.key().model()), OwnCases.units(one));
    }

    private static String inWords(Estimate speedup) {
        return "%s times one thread's speed%s"
                .formatted(Numbers.value(speedup), speedup.isBounded() ? " " + Numbers.interval(speedup) : "");
    }

    private static Optional<String> costs(CaseSummary serial, CaseSummary best) {
        List<String> parts = new ArrayList<>();
        if (best.cpuMillis().isPresent() && serial.cpuMillis().isPresent()) {
            parts.add("%s ms of CPU time a batch where one thread takes %s ms"
                    .formatted(
                            Numbers.plain(best.cpuMillis().getAsDouble()),
                            Numbers.plain(serial.cpuMillis().getAsDouble())));
        }
        if (best.rssMebibytes().isPresent() && serial.rssMebibytes().isPresent()) {
            parts.add("%s MiB of memory in all, one thread %s MiB"
                    .formatted(
                            Numbers.fixed(best.rssMebibytes().getAsDouble(), 0),
                            Numbers.fixed(serial.rssMebibytes().getAsDouble(), 0)));
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of("It costs " + String.join("; and ", parts) + ".");
    }
}
