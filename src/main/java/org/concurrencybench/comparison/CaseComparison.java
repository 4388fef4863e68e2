package org.concurrencybench.comparison;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.concurrencybench.sample.Direction;
import org.concurrencybench.sample.MeasuredCase;
import org.concurrencybench.sample.Params;
import org.concurrencybench.statistics.Estimate;

/**
 * One case and what became of it.
 *
 * @param benchmark JMH's name
 * @param params its parameters, the model among them
 * @param mode JMH's short name
 * @param threads that ran the benchmark at once
 * @param unit of the baseline's score
 * @param direction which way is better
 * @param verdict what is said of it
 * @param change of the score, candidate over baseline less 1, where it was judged
 * @param detectable the smallest slowdown that would have been found 19 times of 20
 * @param forksBaseline that were compared; 0 where only a pooled score was there
 * @param forksCandidate likewise
 * @param forksToDecide about how many forks of each side would decide it, where it is undecided and that can be said
 * @param pooled whether it was judged by score and error, which count iterations as if they were forks
 * @param note why, or what to bear in mind; may be empty
 */
public record CaseComparison(
        String benchmark,
        Params params,
        String mode,
        int threads,
        String unit,
        Direction direction,
        Verdict verdict,
        Optional<Estimate> change,
        OptionalDouble detectable,
        int forksBaseline,
        int forksCandidate,
        OptionalInt forksToDecide,
        boolean pooled,
        String note) {

    /** A case that no change was judged of. */
    static CaseComparison unjudged(MeasuredCase one, Verdict verdict, String note) {
        return unjudged(one, verdict, 0, 0, note);
    }

    /** The same, where forks were measured nevertheless. */
    static CaseComparison unjudged(
            MeasuredCase one, Verdict verdict, int forksBaseline, int forksCandidate, String note) {
        return new CaseComparison(
                one.benchmark(),
                one.params(),
                one.mode(),
                one.threads(),
                one.unit(),
                one.direction(),
                verdict,
                Optional.empty(),
                OptionalDouble.empty(),
                forksBaseline,
                forksCandidate,
                OptionalInt.empty(),
                false,
                note);
    }

    /** The change as a slowdown: above 0 is worse, whichever way the unit points. */
    public Optional<Double> worsening() {
        return change.map(estimate -> switch (direction) {
            case LOWER -> estimate.value();
            case HIGHER -> -estimate.value();
        });
    }

    /** Benchmark, parameters and, where there are several, threads. */
    public String label() {
        return benchmark
                + (params.asMap().isEmpty() ? "" : " " + params.toCell())
                + (threads == 1 ? "" : " on %d threads".formatted(threads));
    }

    /** This, with another verdict and the reason for it. */
    public CaseComparison with(Verdict other, String reason) {
        return new CaseComparison(
                benchmark,
                params,
                mode,
                threads,
                unit,
                direction,
                other,
                change,
                detectable,
                forksBaseline,
                forksCandidate,
                other == Verdict.UNDECIDED ? forksToDecide : OptionalInt.empty(),
                pooled,
                reason);
    }
}
