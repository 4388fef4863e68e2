package org.concurrencybench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.CaseSummary;
import org.concurrencybench.statistics.Estimate;

/**
 * The models of one setting, or of several together, by their speed-up: who is ahead, and who cannot be told from the first.
 *
 * <p>Several settings are judged by the geometric mean of their speed-ups, because speed-ups are ratios: twice as fast here
 * and half as fast there is no gain. They were measured apart, so the half-widths of their intervals add up in quadrature on
 * the log scale.
 *
 * @param ranking the models that were measured in every setting, best first, {@code serial} among them at exactly 1
 * @param leftOut the names of those that were measured in some settings alone
 */
record Contest(List<Entry> ranking, List<String> leftOut) {

    /** Models that explain something, an interpreter lock or a floor, and that nobody can choose for work of any kind. */
    private static final Set<String> EXPLAIN = Set.of("gil-threads", "timer-thread");

    private static final Comparator<Entry> BEST_FIRST = Comparator.comparingDouble(
                    (Entry entry) -> entry.candidate().speedup().value())
            .reversed();

    /**
     * One model.
     *
     * @param candidate how it stands
     * @param cases its case in each setting, in the order of these
     * @param references serial's, in the same order
     */
    record Entry(Answer.Candidate candidate, List<CaseSummary> cases, List<CaseSummary> references) {

        boolean isSerial() {
            return cases.getFirst().key().isReference();
        }

        /** The model's name in files. */
        String model() {
            return cases.getFirst().key().model();
        }

        /** Whether the intervals leave no doubt that this one is the faster. */
        boolean beats(Entry other) {
            return candidate.speedup().low() > other.candidate.speedup().high();
        }
    }

    /** Whether a model is one to choose. */
    static boolean competes(String model) {
        return !EXPLAIN.contains(model);
    }

    /**
     * The contest over some of the groups, each of which has a reference.
     *
     * @param groups at least one
     */
    static Contest over(List<Cases.Group> groups, Cases cases) {
        List<Map<Cases.Row, CaseSummary>> byRow = groups.stream()
                .map(group -> {
                    Map<Cases.Row, CaseSummary> measured = new HashMap<>();
                    group.summaries().stream()
                            .filter(summary -> summary.speedup().isPresent())
                            .forEach(summary -> measured.putIfAbsent(cases.rowOf(summary.key()), summary));
                    return measured;
                })
                .toList();
        List<CaseSummary> references =
                groups.stream().map(group -> group.reference().orElseThrow()).toList();
        List<Entry> ranking = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        for (Cases.Row row : cases.rows()) {
            if (!competes(row.model())) {
                continue;
            }
            List<CaseSummary> ofRow = byRow.stream()
                    .map(measured -> measured.get(row))
                    .filter(Objects::nonNull)
                    .toList();
            if (ofRow.size() == groups.size()) {
                ranking.add(new Entry(candidate(row, ofRow, groups), ofRow, references));
            } else if (!ofRow.isEmpty()) {
                leftOut.add(Text.clean(row.label()));
            }
        }
        ranking.sort(BEST_FIRST);
        return new Contest(List.copyOf(ranking), List.copyOf(leftOut));
    }

    /** Whether there is anything to compare. */
    boolean isHeld() {
        return ranking.size() > 1;
    }

    /** The fastest by its value. */
    Entry best() {
        return ranking.getFirst();
    }

    /** Those, beside the best, whose interval has a point in common with the best one's. */
    List<Entry> rivals() {
        return ranking.stream()
                .skip(1)
                .filter(other ->
                        other.candidate().speedup().overlaps(best().candidate().speedup()))
                .toList();
    }

    boolean isDecided() {
        return isHeld() && rivals().isEmpty();
    }

    /** The best that is not serial. */
    Optional<Entry> bestBesideSerial() {
        return ranking.stream().filter(entry -> !entry.isSerial()).findFirst();
    }

    /** The entry of the same name. */
    Optional<Entry> named(String name) {
        return ranking.stream()
                .filter(entry -> entry.candidate().model().equals(name))
                .findFirst();
    }

    /** Of a row that has a case in each of the groups, in their order. */
    private static Answer.Candidate candidate(Cases.Row row, List<CaseSummary> ofRow, List<Cases.Group> groups) {
        List<Estimate> speedups =
                ofRow.stream().map(summary -> summary.speedup().orElseThrow()).toList();
        boolean known = ofRow.stream().allMatch(summary -> summary.ideal().orElse(0) > 0);
        return new Answer.Candidate(
                Text.clean(row.label()),
                geometricMean(speedups),
                known
                        ? OptionalDouble.of(geometricMean(ofRow.stream()
                                .mapToDouble(summary -> summary.ideal().getAsDouble())))
                        : OptionalDouble.empty(),
                IntStream.range(0, groups.size())
                        .mapToObj(i -> new Answer.Measured(
                                groups.get(i).key(),
                                Text.clean(groups.get(i).title()),
                                speedups.get(i),
                                ofRow.get(i).ideal()))
                        .toList());
    }

    /** Of positive values; not a number where there is none. */
    static double geometricMean(DoubleStream values) {
        return Math.exp(values.map(Math::log).average().orElse(Double.NaN));
    }

    private static Estimate geometricMean(List<Estimate> estimates) {
        if (estimates.size() == 1) {
            return estimates.getFirst();
        }
        double mean = 0;
        double below = 0;
        double above = 0;
        for (Estimate estimate : estimates) {
            double log = Math.log(estimate.value());
            mean += log;
            below += square(log - Math.log(Math.max(0, estimate.low())));
            above += square(Math.log(estimate.high()) - log);
        }
        int count = estimates.size();
        double log = mean / count;
        return new Estimate(
                Math.exp(log),
                Math.exp(log - Math.sqrt(below) / count),
                Math.exp(log + Math.sqrt(above) / count),
                estimates.getFirst().confidence());
    }

    private static double square(double value) {
        return value * value;
    }

    /** Whether a name in a ranking is that of one thread. */
    static boolean isSerial(Answer.Candidate candidate) {
        return candidate.model().equals(CaseKey.REFERENCE_MODEL);
    }
}
