package org.concurrencybench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.statistics.Estimate;
import org.concurrencybench.statistics.ForkScores;

/** What it costs to hand one task over: what a batch takes beyond its share of serial's time, over its tasks. */
final class DispatchCost {

    private DispatchCost() {}

    /**
     * In the unit of the scores, which are times.
     *
     * @param units that may work at once, as the ideal counts them
     * @param tasks of the batch
     */
    static Estimate perTask(CaseSummary serial, CaseSummary model, double units, int tasks) {
        List<Double> one = serial.forks().asList();
        List<Double> many = model.forks().asList();
        // Forks are independent of each other, so any two make a pair.
        return ForkScores.of(IntStream.range(0, Math.min(one.size(), many.size()))
                        .mapToObj(fork -> (many.get(fork) - one.get(fork) / units) / tasks)
                        .toList())
                .score(Estimate.DEFAULT_CONFIDENCE);
    }

    /** Of the map whose calls do the least and are the most; empty where it was not measured with serial. */
    static Optional<String> sentence(List<CaseSummary> summaries) {
        List<CaseSummary> maps = summaries.stream()
                .filter(summary -> summary.key().workload().equals("pool-map"))
                .toList();
        Optional<Cases.Group> map = Cases.of(maps, List.of()).groups().stream()
                .filter(group -> has(group, "work", "0") && has(group, "chunk", "0"))
                .filter(group -> group.reference().isPresent() && calls(group) > 0)
                .max(Comparator.comparingInt(DispatchCost::calls));
        if (map.isEmpty()) {
            return Optional.empty();
        }
        CaseSummary serial = map.get().reference().orElseThrow();
        int calls = calls(map.get());
        List<String> each = new ArrayList<>();
        for (CaseSummary model : map.get().summaries()) {
            String name = model.key().model();
            if (!model.key().isReference()
                    && Contest.competes(name)
                    && model.ideal().orElse(0) > 0
                    && Reason.millis(model).isPresent()
                    && model.unit().equals(serial.unit())) {
                double nanos =
                        Reason.millis(model).getAsDouble() / model.score().value() * 1e6;
                Estimate cost = Curve.times(perTask(serial, model, model.ideal().getAsDouble(), calls), nanos);
                String units = model.key()
                        .params()
                        .get(CaseKey.PARALLELISM)
                        .map(count -> " ×" + count)
                        .orElse("");
                each.add(Text.clean(name + units) + " "
                        + (cost.low() > 0 || !cost.isBounded() ? time(cost) : "nothing that can be told from noise"));
            }
        }
        return each.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "What dispatch costs for each task, beyond its share of serial's time (a map over %d numbers): %s."
                                .formatted(calls, String.join("; ", each)));
    }

    private static String time(Estimate nanos) {
        return nanos.value() >= 10_000
                ? Numbers.withInterval(Curve.times(nanos, 1e-3), " µs")
                : Numbers.withInterval(nanos, " ns");
    }

    private static int calls(Cases.Group group) {
        return group.key()
                .params()
                .get("numbers")
                .filter(value -> value.matches("[1-9][0-9]{0,7}"))
                .map(Integer::parseInt)
                .orElse(0);
    }

    private static boolean has(Cases.Group group, String name, String value) {
        return group.key().params().get(name).filter(value::equals).isPresent();
    }
}
