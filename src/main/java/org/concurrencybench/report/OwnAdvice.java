package org.concurrencybench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.sample.FailedCase;
import org.concurrencybench.sample.WorkNature;
import org.concurrencybench.statistics.Estimate;

/**
 * What to do with a user's code, from the numbers of its run; no sentence claims more than the intervals. Made from what stands
 * in files alone, so that a report that is made again says the same.
 */
public final class OwnAdvice {

    /** The least speed-up that is worth a line of code, at the low end of its interval. */
    private static final double WORTH_IT = 1.05;

    private static final Comparator<CaseSummary> SLOWEST_FIRST = Comparator.comparingDouble(
            (CaseSummary one) -> one.speedup().orElseThrow().value());

    private OwnAdvice() {}

    /** What was seen, and what follows: for each JDK and each set of flags apart. */
    public static List<String> of(List<CaseSummary> summaries, List<FailedCase> failures, WorkNature nature) {
        List<String> lines = new ArrayList<>(OwnNature.of(nature));
        Map<String, List<CaseSummary>> settings = new LinkedHashMap<>();
        summaries.stream()
                .filter(one -> !one.key().isFigure())
                .forEach(one -> settings.computeIfAbsent(on(one.key()), _ -> new ArrayList<>())
                        .add(one));
        settings.forEach((where, cases) -> advise(OwnCases.of(cases), nature)
                .forEach(line -> lines.add(where.isEmpty() ? line : where + ": " + line)));
        failures.stream()
                .collect(Collectors.toMap(one -> one.key().model(), one -> one, (one, _) -> one, LinkedHashMap::new))
                .forEach((model, failed) -> lines.add("Out of the question as it is: %s failed (%s)."
                        .formatted(Text.clean(model), Text.clean(failed.reason()))));
        return lines;
    }

    private static String on(CaseKey key) {
        return List.of("jvm", "flags").stream()
                .flatMap(name -> key.params().get(name).map(value -> name + " " + Text.clean(value)).stream())
                .collect(Collectors.joining(", "));
    }

    private static List<String> advise(OwnCases cases, WorkNature nature) {
        List<CaseSummary> rivals = cases.rivals();
        if (cases.serial().isEmpty() || rivals.isEmpty()) {
            return List.of();
        }
        CaseSummary best = rivals.stream().max(SLOWEST_FIRST).orElseThrow();
        List<String> lines = new ArrayList<>();
        lines.add(verdict(best, rivals));
        sweep(best, rivals).ifPresent(lines::add);
        lines.addAll(new OwnGap(best, rivals, nature).sentences());
        lines.addAll(new OwnPools(cases).sentences());
        costs(cases.serial().get(), best).ifPresent(lines::add);
        return lines;
    }

    private static String verdict(CaseSummary best, List<CaseSummary> rivals) {
        Estimate speedup = best.speedup().orElseThrow();
        if (!speedup.isBounded()) {
            return "No advice: without intervals (one fork) this is a look, not a measurement. The best was %s at %s."
                    .formatted(how(best), inWords(speedup));
        }
        if (speedup.low() < WORTH_IT) {
            return "Not worth it, as far as this run can tell: the best, %s, is at %s."
                    .formatted(how(best), inWords(speedup));
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
