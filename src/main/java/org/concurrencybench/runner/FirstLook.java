package org.concurrencybench.runner;

import java.util.List;
import java.util.OptionalDouble;
import org.concurrencybench.sample.Sample;

/**
 * What one fork tells of a case that nobody knows yet, so that its measurement can be planned: the last of a few warm batches.
 *
 * @param batchMillis time of a batch
 * @param cpuMillis CPU time of a batch, of all processes; empty where the platform does not tell
 */
public record FirstLook(double batchMillis, OptionalDouble cpuMillis) {

    /** The case could not be measured. */
    public static final class FailedException extends Exception {

        private static final long serialVersionUID = 1L;

        FailedException(String reason) {
            super(reason);
        }
    }

    /**
     * Runs a fork.
     *
     * @param planned whose score is a time in milliseconds
     * @throws FailedException if it fails; one line
     */
    public static FirstLook at(PlannedCase planned) throws FailedException {
        return switch (new JmhForkRunner().measure(new PlannedFork(planned, 1))) {
            case ForkOutcome.Failed failed -> throw new FailedException(failed.reason());
            case ForkOutcome.Measured measured -> of(measured.samples());
        };
    }

    private static FirstLook of(List<Sample> samples) {
        Sample last = samples.getLast();
        return new FirstLook(last.score(), last.cpuMillis());
    }

    /** The share of its time in which nothing of it computes, from 0 to 1; empty where the platform does not tell. */
    public OptionalDouble waitingShare() {
        return cpuMillis.isPresent()
                ? OptionalDouble.of(Math.clamp(1 - cpuMillis.getAsDouble() / batchMillis, 0, 1))
                : OptionalDouble.empty();
    }
}
