package org.concurrencybench.runner;

import java.util.List;
import java.util.stream.Stream;
import org.concurrencybench.sample.Phase;
import org.concurrencybench.sample.Sample;
import org.concurrencybench.statistics.Steadiness;

/**
 * The first fork of a case, which says how long its other forks take. It is measured as the profile says and counts like
 * any other, so that no JVM is started only to find out.
 *
 * <p>A batch that takes {@link RunDefaults#SINGLE_SHOT} or more is single-shot from then on: one batch an iteration. Of a
 * shorter one, an iteration holds {@value #BATCHES} at least. The warm-up ends {@value #MARGIN} iteration after the place
 * from which the scores of warm-up and measurement stay near where they end; where that place lies within the measurement,
 * it is made twice as long. A case that is planned as one batch a fork stays that, however short the batch.
 */
final class Pilot {

    private static final int BATCHES = 5;

    private static final int MARGIN = 1;

    private Pilot() {}

    /** The case with the times that its first fork's samples suggest. */
    static PlannedCase timed(PlannedCase planned, List<Sample> samples) {
        List<Sample> own = samples.stream()
                .filter(sample -> sample.key().equals(planned.key()))
                .toList();
        List<Double> scores = Stream.of(Phase.WARMUP, Phase.MEASUREMENT)
                .flatMap(phase -> own.stream().filter(sample -> sample.phase() == phase))
                .map(Sample::score)
                .toList();
        if (own.isEmpty() || planned.isSingleShot() || !own.getFirst().unit().equals("ms/op")) {
            return planned;
        }
        double batchMillis = scores.getLast();
        boolean singleShot = batchMillis >= RunDefaults.SINGLE_SHOT.toMillis();
        int iterationMillis =
                singleShot ? 1 : (int) Math.max(planned.iterationMillis(), Math.ceil(BATCHES * batchMillis));
        int warmupMillis = singleShot ? 1 : planned.warmupMillis();
        return planned.timed(warmups(planned, scores), warmupMillis, iterationMillis);
    }

    private static int warmups(PlannedCase planned, List<Double> scores) {
        int most = planned.warmupIterations();
        if (most == 0) {
            return 0;
        }
        int restsFrom = Steadiness.restsFrom(scores);
        return restsFrom > most ? 2 * most : Math.min(most, restsFrom + MARGIN);
    }
}
