package org.concurrencybench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.sample.WorkNature;
import org.concurrencybench.statistics.Estimate;
import org.concurrencybench.statistics.SerialFraction;

/**
 * What the ideal would be, and what stands between it and the best case.
 *
 * @param best case of all
 * @param rivals all cases that are compared with one thread
 * @param nature what was seen beside the measurement
 */
record OwnGap(CaseSummary best, List<CaseSummary> rivals, WorkNature nature) {

    /** Of the ideal, with the whole interval: nothing worth speaking of is missing. */
    private static final double REACHED = 0.95;

    /** The share of its time that a collector takes from which on it is named. */
    private static final double COLLECTED = 0.02;

    List<String> sentences() {
        OptionalDouble ideal = best.ideal();
        Estimate speedup = best.speedup().orElseThrow();
        if (ideal.isEmpty() || !speedup.isBounded()) {
            return List.of();
        }
        boolean isByCores = isByCores(ideal.getAsDouble());
        String allows = "The hardware allows %s× with %d units%s"
                .formatted(
                        Numbers.ideal(ideal.getAsDouble()),
                        OwnCases.units(best),
                        isByCores ? " (cores: your tasks " + computing() + ")" : "");
        if (speedup.high() >= REACHED * ideal.getAsDouble()) {
            return List.of(allows + "; nothing that this run can tell stands between.");
        }
        return List.of("%s; %s of it is reached. What %sstands between: %s."
                .formatted(
                        allows,
                        Numbers.percent(speedup.value() / ideal.getAsDouble()),
                        isByCores ? "else " : "",
                        String.join("; ", obstacles())));
    }

    /** Whether more units than the cores can work for would not help: then cores are what stands between units and speed-up. */
    private boolean isByCores(double ideal) {
        int calls = OwnCases.calls(best);
        int units = OwnCases.units(best);
        return calls == 0
                ? units > ideal && best.key().kind().equals("cpu-bound")
                : ideal < (1 - 1e-9) * calls / Math.ceilDiv(calls, Math.max(1, units));
    }

    private String computing() {
        OptionalDouble waiting = nature.number(WorkNature.WAITING);
        return waiting.isPresent()
                ? "compute " + Numbers.percent(1 - waiting.getAsDouble()) + " of the time"
                : "compute";
    }

    private List<String> obstacles() {
        List<String> found = new ArrayList<>();
        serial().ifPresent(part -> found.add(
                "a part that does not get faster with more units, %s of one thread's time [%s, %s] (Amdahl's law, fitted over the parallelisms of %s)"
                        .formatted(
                                percent(part.value()),
                                percent(part.low()),
                                percent(part.high()),
                                best.key().model())));
        double locks = nature.number(WorkNature.LOCKS).orElse(0);
        if (locks >= OwnNature.CONTENDED / 2) {
            found.add("locks, %s of the threads' time".formatted(Numbers.percent(locks)));
        }
        double collections = nature.number(WorkNature.GC_IN_THREADS)
                .orElse(nature.number(WorkNature.GC).orElse(0));
        if (collections >= COLLECTED) {
            found.add("garbage collections, %s of the time".formatted(Numbers.percent(collections)));
        }
        if (nature.number(WorkNature.PINS).orElse(0) > 0 && best.key().model().equals("virtual-threads")) {
            found.add("virtual threads that hold on to their carriers");
        }
        if (found.isEmpty()) {
            found.add("nothing that was seen; starting and handing over tasks is left");
        }
        return found;
    }

    private Optional<Estimate> serial() {
        return SerialFraction.of(rivals.stream()
                        .filter(one -> one.key().model().equals(best.key().model()))
                        .filter(one -> one.ideal().isPresent())
                        .map(one -> new SerialFraction.Point(
                                one.ideal().getAsDouble(), one.speedup().orElseThrow()))
                        .toList())
                .filter(part -> part.low() > 0);
    }

    private static String percent(double share) {
        return Numbers.plain(100 * share) + "%";
    }
}
