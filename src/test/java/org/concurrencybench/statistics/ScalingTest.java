package org.concurrencybench.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class ScalingTest {

    private static final double CONFIDENCE = 0.95;

    @Test
    void amdahlsOwnShareComesBackFromTwoNumbersOfProcessors() {
        // One tenth is not parallel: two processors give 1 / (0.1 + 0.9 / 2).
        Scaling fit = fit(new double[] {1, 2}, new double[] {1, 1 / 0.55}, 3, 0);

        assertThat(fit.contention().value()).isCloseTo(0.1, within(1e-9));
        assertThat(fit.unit().value()).isCloseTo(1, within(1e-9));
        assertThat(fit.coherency()).isEmpty();
        assertThat(fit.isTested()).isFalse();
    }

    @Test
    void fourNumbersOfProcessorsShowWhatAgreementCosts() {
        double[] processors = {1, 2, 4, 8, 16};
        double[] speedups = DoubleStream.of(processors)
                .map(p -> 0.9 * p / (1 + 0.05 * (p - 1) + 0.01 * p * (p - 1)))
                .toArray();
        Scaling fit = fit(processors, speedups, 2, 0);

        assertThat(fit.unit().value()).isCloseTo(0.9, within(1e-9));
        assertThat(fit.contention().value()).isCloseTo(0.05, within(1e-9));
        assertThat(fit.coherency().orElseThrow().value()).isCloseTo(0.01, within(1e-9));
        assertThat(fit.error()).isLessThan(1e-9);
        assertThat(fit.isTested()).isTrue();
        assertThat(fit.at(4)).isCloseTo(speedups[2], within(1e-9));
    }

    @Test
    void pointsThatFollowNoLawLieOffTheLine() {
        Scaling fit = fit(new double[] {1, 2, 4}, new double[] {1, 1, 4}, 2, 0);

        assertThat(fit.isTested()).isTrue();
        assertThat(fit.error()).isGreaterThan(0.1);
    }

    @Test
    void oneNumberOfProcessorsIsNoLaw() {
        assertThat(Scaling.fit(points(new double[] {2, 2}, new double[] {1.9, 1.8}, 3, 0), CONFIDENCE))
                .isEmpty();
        assertThat(Scaling.fit(List.of(), CONFIDENCE)).isEmpty();
    }

    @Test
    void oneForkHasNoInterval() {
        assertThat(fit(new double[] {1, 2}, new double[] {1, 1.8}, 1, 0)
                        .contention()
                        .isBounded())
                .isFalse();
    }

    @Test
    void theIntervalComesFromTheForksAndCoversTheTruthAboutAsOftenAsItSays() {
        Random random = new Random(7);
        int covered = 0;
        int repetitions = 400;
        for (int i = 0; i < repetitions; i++) {
            List<Scaling.Point> points = new ArrayList<>();
            double[] luck = DoubleStream.generate(() -> Math.exp(0.03 * random.nextGaussian()))
                    .limit(5)
                    .toArray();
            for (double p : new double[] {1, 2, 3, 4}) {
                double truth = p / (1 + 0.1 * (p - 1));
                // A fork's luck moves all of its points: residuals of its line would know nothing of that.
                points.add(new Scaling.Point(
                        p,
                        DoubleStream.of(luck)
                                .map(own -> truth * own * Math.exp(0.01 * random.nextGaussian()))
                                .boxed()
                                .toList()));
            }
            Scaling fit = Scaling.fit(points, CONFIDENCE).orElseThrow();
            covered += fit.unit().low() <= 1 && 1 <= fit.unit().high() ? 1 : 0;
        }

        // The mean of 400 such looks is within 3 standard errors of what it is.
        assertThat((double) covered / repetitions).isBetween(0.91, 0.99);
    }

    @Property(tries = 200)
    void whateverTheLawItsParametersComeBack(
            @ForAll @DoubleRange(min = 0.2, max = 2) double unit,
            @ForAll @DoubleRange(min = 0, max = 1) double contention,
            @ForAll @DoubleRange(min = 0, max = 0.5) double coherency) {
        double[] processors = {1, 2, 3, 4, 6, 8};
        double[] speedups = DoubleStream.of(processors)
                .map(p -> unit * p / (1 + contention * (p - 1) + coherency * p * (p - 1)))
                .toArray();
        Scaling fit = fit(processors, speedups, 2, 0);

        assertThat(fit.unit().value()).isCloseTo(unit, within(1e-6));
        assertThat(fit.contention().value()).isCloseTo(contention, within(1e-6));
        assertThat(fit.coherency().orElseThrow().value()).isCloseTo(coherency, within(1e-6));
    }

    private static Scaling fit(double[] processors, double[] speedups, int forks, double noise) {
        return Scaling.fit(points(processors, speedups, forks, noise), CONFIDENCE)
                .orElseThrow();
    }

    private static List<Scaling.Point> points(double[] processors, double[] speedups, int forks, double noise) {
        Random random = new Random(1);
        List<Scaling.Point> points = new ArrayList<>();
        for (int i = 0; i < processors.length; i++) {
            double speedup = speedups[i];
            points.add(new Scaling.Point(
                    processors[i],
                    DoubleStream.generate(() -> speedup * Math.exp(noise * random.nextGaussian()))
                            .limit(forks)
                            .boxed()
                            .toList()));
        }
        return points;
    }
}
