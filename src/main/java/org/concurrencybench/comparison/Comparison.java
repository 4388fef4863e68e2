package org.concurrencybench.comparison;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Everything that is known once two sides were compared.
 *
 * @param baseline name of the one side, as the user gave it
 * @param candidate name of the other
 * @param settings what counted as a change
 * @param warnings what a reader has to know first, one line each
 * @param notes what else there is to say of the whole, one line each
 * @param cases what matters most first
 */
public record Comparison(
        String baseline,
        String candidate,
        GateSettings settings,
        List<String> warnings,
        List<String> notes,
        List<CaseComparison> cases) {

    /** What matters first: the verdict, then the size of the change. */
    private static final Comparator<CaseComparison> MATTERS = Comparator.comparing(CaseComparison::verdict)
            .thenComparingDouble(one -> -Math.abs(one.worsening().orElse(0.0)))
            .thenComparing(CaseComparison::label)
            .thenComparing(CaseComparison::mode);

    public Comparison {
        warnings = List.copyOf(warnings);
        notes = List.copyOf(notes);
        cases = cases.stream().sorted(MATTERS).toList();
    }

    /** How many cases have a verdict. */
    public long count(Verdict verdict) {
        return cases.stream().filter(one -> one.verdict() == verdict).count();
    }

    /** Whether any change was judged at all; a case that the budget had no time for was not. */
    public boolean comparedAnything() {
        return cases.stream()
                .anyMatch(one -> one.verdict().isOfAChange() && one.change().isPresent());
    }

    /** Whether any case was judged to be better, worse or the same, so that something was found out. */
    public boolean decidedAnything() {
        return cases.stream().anyMatch(one -> one.verdict().isOfAChange() && one.verdict() != Verdict.UNDECIDED);
    }

    /** The most pressing verdict on a case; not comparable where no change was judged. */
    public Verdict verdict() {
        return cases.stream()
                .map(CaseComparison::verdict)
                .filter(verdict -> verdict.isOfAChange() || verdict == Verdict.FAILED)
                .min(Comparator.naturalOrder())
                .orElse(Verdict.NOT_COMPARABLE);
    }

    /**
     * The smallest slowdown that would have been found 19 times of 20 in the median case; absent where it is not known of
     * half of them. Every case has a value of its own ({@link CaseComparison#detectable}).
     */
    public OptionalDouble detectable() {
        List<Double> each = detectables();
        double median = each.isEmpty() ? Double.NaN : each.get(each.size() / 2);
        return Double.isFinite(median) ? OptionalDouble.of(median) : OptionalDouble.empty();
    }

    /** The same in whichever case, so that of the widest; absent where it is not known of one of them. */
    public OptionalDouble detectableInAll() {
        List<Double> each = detectables();
        return each.isEmpty() || !Double.isFinite(each.getLast())
                ? OptionalDouble.empty()
                : OptionalDouble.of(each.getLast());
    }

    /** In ascending order; infinite where it is not known. */
    private List<Double> detectables() {
        return cases.stream()
                .filter(one -> one.verdict().isOfAChange())
                .map(one -> one.detectable().orElse(Double.POSITIVE_INFINITY))
                .sorted()
                .toList();
    }

    /** This, with more to say of the whole. */
    public Comparison noting(List<String> more) {
        return new Comparison(baseline, candidate, settings, warnings, joined(notes, more), cases);
    }

    /** This, with more that a reader has to know first. */
    public Comparison warning(List<String> more) {
        return new Comparison(baseline, candidate, settings, joined(warnings, more), notes, cases);
    }

    private static List<String> joined(List<String> some, List<String> more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }
}
