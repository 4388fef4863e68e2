package org.concurrencybench.comparison;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.concurrencybench.sample.MeasuredCase;
import org.concurrencybench.sample.Params;

/** Where the forks of a live comparison come from. */
interface Forks {

    /** What came of one call: the cases that it measured, one fork each, or why it did not. */
    sealed interface Answer {

        record Measured(List<MeasuredCase> cases) implements Answer {}

        record Failed(String reason) implements Answer {}

        /** It took longer than it might, and was ended. */
        record Ended() implements Answer {}
    }

    /**
     * The names of a side's benchmarks.
     *
     * @param include regular expressions that a name has to contain one of; empty for all
     * @throws LiveException if the side does not say
     */
    List<String> list(LiveSide side, List<String> include) throws LiveException, IOException, InterruptedException;

    /**
     * The parameters of each case of a benchmark.
     *
     * @param options as JMH takes them
     * @return empty where that cannot be said
     */
    default List<Params> cases(LiveSide side, String benchmark, List<String> options)
            throws IOException, InterruptedException {
        return List.of();
    }

    /**
     * Fingerprints of the work that cases do, by their labels; of other people's benchmarks nothing is known but their
     * parameters.
     */
    default Map<String, String> work(LiveSide side, List<MeasuredCase> cases) throws IOException, InterruptedException {
        return Map.of();
    }

    /**
     * One fork of a benchmark in all its modes and parameters, but for those that {@code options} narrow down.
     *
     * @param options as JMH takes them
     * @param limit after which the fork is ended
     */
    Answer fork(LiveSide side, String benchmark, List<String> options, Duration limit)
            throws IOException, InterruptedException;

    /**
     * What came of two sides that took turns. Where one fails or is ended, the other is ended as well.
     *
     * @param holder the side that had the turn when it was over, or neither
     */
    record InTurns(Answer baseline, Answer candidate, Holder holder) {}

    /**
     * How long forks in turns may take.
     *
     * @param whole all of it
     * @param silence between one turn's beginning or end and the next
     */
    record Limits(Duration whole, Duration silence) {}

    /** Whose turn it was. */
    enum Holder {
        BASELINE,
        CANDIDATE,
        NEITHER
    }

    /**
     * One fork of either side, both up at the same time, whose iterations take turns.
     *
     * @param baselineFirst whether the first iteration is the baseline's
     * @param options as JMH takes them
     * @param limits after which both are ended
     * @return empty where there are no turns to be taken
     */
    default Optional<InTurns> forksInTurns(
            LiveSide baseline,
            LiveSide candidate,
            boolean baselineFirst,
            String benchmark,
            List<String> options,
            Limits limits)
            throws IOException, InterruptedException {
        return Optional.empty();
    }
}
