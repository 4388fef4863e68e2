package org.concurrencybench.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.concurrencybench.process.ProcessTree;
import org.concurrencybench.sample.CaseKey;
import org.concurrencybench.sample.Params;
import org.concurrencybench.sample.Sample;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class FootprintForkTest {

    private static final CaseKey KEY = new CaseKey(
            "org.concurrencybench.benchmark.FootprintBenchmark.run",
            "footprint",
            "overhead",
            "platform-threads",
            Params.of(Map.of("units", "500", "parallelism", "500")));

    private static final PlannedCase PLANNED = new PlannedCase(
            KEY,
            Map.of("model", "PLATFORM_THREADS", "units", "500", "parallelism", "500"),
            OptionalDouble.empty(),
            0,
            1,
            1,
            1,
            List.of(memoryAt("bytes0", "100"), memoryAt("bytes4", "500")));

    /** JMH forks once at a time on a machine; another build may be at it, and nothing here depends on time. */
    @BeforeAll
    static void doNotWaitForOthers() {
        System.setProperty("jmh.ignoreLock", "true");
    }

    @Test
    void memoryStandsInThePlaceOfTheTimeAtEachSize() {
        assumeTrue(ProcessTree.find().isPresent(), "Linux only");

        ForkOutcome outcome = new JmhForkRunner().measure(new PlannedFork(PLANNED, 3));

        assertThat(outcome).isInstanceOfSatisfying(ForkOutcome.Measured.class, measured -> {
            assertThat(measured.samples()).extracting(Sample::key).isEqualTo(PLANNED.keys());
            assertThat(measured.samples()).allSatisfy(sample -> {
                assertThat(sample.unit()).isEqualTo("KiB");
                assertThat(sample.fork()).isEqualTo(3);
                // A JVM with a benchmark in it takes more than 10 MiB and less than all that this one may.
                assertThat(sample.score()).isBetween(10_240.0, 4_194_304.0);
            });
            // A thread that runs compiled code takes some 20 KiB, one that was interpreted 96: 400 of those are 37 MiB
            // more.
            assertThat(measured.samples().getLast().score()
                            - measured.samples().getFirst().score())
                    .isLessThan(400 * 60.0);
        });
    }

    @Test
    void theCasesOfACountedScoreAreItsSizesAlone() {
        assertThat(PLANNED.hasScore()).isFalse();
        assertThat(PLANNED.keys())
                .extracting(key -> key.params().toCell())
                .containsExactly("parallelism=500;units=100", "parallelism=500;units=500");
        assertThat(Plans.planned("a").hasScore()).isTrue();
        assertThat(Plans.planned("a").keys()).containsExactly(Plans.planned("a").key());
    }

    private static SideFigure memoryAt(String counter, String units) {
        return new SideFigure(counter, "units", units, "KiB", 1.0 / 1024, true, true);
    }
}
