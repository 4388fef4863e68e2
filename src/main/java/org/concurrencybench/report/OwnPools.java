package org.concurrencybench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.statistics.Crossing;
import org.concurrencybench.statistics.Estimate;

/**
 * From how many tasks and from which length of a task on child JVMs pay, as the batches of several sizes that were measured
 * tell it.
 *
 * @param cases of all sizes
 */
record OwnPools(OwnCases cases) {

    private static final String WARM = "child-jvms";

    private static final List<String> POOLS =
            List.of(WARM, "child-jvms-shared-memory", "child-jvms-spare", "child-jvms-cold");

    /** Of a workload, which takes its size from whatever parameters it likes. */
    private static final String NO_SIZES =
            "From how many tasks on a pool of child JVMs pays is measured for functions alone; a workload tells it if -p gives a parameter that makes its batch smaller several values.";

    List<String> sentences() {
        if (cases.rivals().stream()
                .anyMatch(one ->
                        OwnCases.calls(one) == 0 && POOLS.contains(one.key().model()))) {
            return List.of(NO_SIZES);
        }
        List<String> lines = new ArrayList<>();
        for (String model : POOLS) {
            pays(model).ifPresent(lines::add);
        }
        price().ifPresent(lines::add);
        return lines;
    }

    private Optional<String> pays(String model) {
        List<CaseSummary> sizes = cases.bySize(model).stream()
                .filter(one -> one.speedup().orElseThrow().isBounded())
                .toList();
        if (sizes.size() < 2) {
            return Optional.empty();
        }
        Crossing crossing = Crossing.of(sizes.stream()
                .map(one ->
                        new Crossing.Point(OwnCases.calls(one), one.speedup().orElseThrow()))
                .toList());
        int least = OwnCases.calls(sizes.getFirst());
        int most = OwnCases.calls(sizes.getLast());
        String where = switch (crossing) {
            case Crossing.At(Estimate size) -> pays(size.value(), sizes);
            case Crossing.Throughout() ->
                "was faster than one thread at every size measured, %d to %d tasks".formatted(least, most);
            case Crossing.Nowhere() -> "pays at no size that was measured, %d to %d tasks".formatted(least, most);
        };
        return Optional.of("With %s a pool %s.".formatted(OwnAdvice.how(sizes.getLast()), where));
    }

    /** Between sizes that are far apart nothing is known but that it is there: what was measured stands beside it. */
    private static String pays(double about, List<CaseSummary> sizes) {
        String tooFew = sizes.stream()
                .filter(one -> one.speedup().orElseThrow().high() < 1)
                .reduce((_, last) -> last)
                .map(one -> "%d were too few".formatted(OwnCases.calls(one)))
                .orElse("no size was shown to be too small");
        String enough = sizes.reversed().stream()
                .takeWhile(one -> one.speedup().orElseThrow().low() > 1)
                .reduce((_, last) -> last)
                .map(one -> "%d were enough".formatted(OwnCases.calls(one)))
                .orElse("none was shown to be enough");
        return "pays from some %d of these tasks a batch on, as far as the sizes tell that were measured: %s, %s"
                .formatted((long) Math.ceil(about), tooFew, enough);
    }

    /** What handing one task over to the warm pool costs, and how long a task has to be for that to pay. */
    private Optional<String> price() {
        List<CaseSummary> sizes = cases.bySize(WARM);
        Optional<CaseSummary> serial = cases.serial();
        if (sizes.isEmpty() || serial.isEmpty()) {
            return Optional.empty();
        }
        CaseSummary pool = sizes.getLast();
        OptionalDouble ideal = pool.ideal();
        int tasks = OwnCases.calls(pool);
        if (ideal.isEmpty()
                || ideal.getAsDouble() <= 1
                || tasks == 0
                || !pool.unit().equals("ms/op")) {
            return Optional.empty();
        }
        double units = ideal.getAsDouble();
        Estimate each = DispatchCost.perTask(serial.get(), pool, units, tasks);
        if (!each.isBounded() || each.low() <= 0) {
            return Optional.of(
                    "What handing a task over to %s costs is not told from nothing beside what these tasks take."
                            .formatted(WARM));
        }
        double enough = 1 / (1 - 1 / units);
        return Optional.of(
                "With %d of them a task loses %s [%s, %s] to the hand-over; so it pays for tasks of %s or more [%s, %s], and yours take %s."
                        .formatted(
                                OwnCases.units(pool),
                                time(each.value()),
                                time(each.low()),
                                time(each.high()),
                                time(enough * each.value()),
                                time(enough * each.low()),
                                time(enough * each.high()),
                                time(serial.get().score().value() / tasks)));
    }

    private static String time(double millis) {
        return OwnNature.time(OptionalDouble.of(millis));
    }
}
