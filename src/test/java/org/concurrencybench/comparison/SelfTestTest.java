package org.concurrencybench.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.concurrencybench.sample.Direction;
import org.concurrencybench.sample.FormatException;
import org.concurrencybench.sample.MeasuredCase;
import org.concurrencybench.sample.Params;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trials with forks that obey the agent's flag, or do not. */
class SelfTestTest {

    private static final LiveSide SIDE = new LiveSide("bench.jar", List.of("java"), "");
    private static final LivePlan PLAN = new LivePlan(List.of(), List.of(), Duration.ofMinutes(10), true, 1);
    private static final GateSettings SETTINGS =
            new GateSettings(GateSettings.DEFAULT_THRESHOLD, GateSettings.DEFAULT_CONFIDENCE);

    @TempDir
    Path scratch;

    private final Obedient forks = new Obedient();

    @Test
    void aSlowdownIsCountedWhereItWasPutInAndAlarmsWhereItWasNot() throws Exception {
        SelfTestRecord record = record(0, 0.2);

        assertThat(record.count(0)).isEqualTo(1);
        assertThat(record.falseAlarms() + record.falseAlarmsBeside()).isZero();
        assertThat(record.detections()).containsExactly(new SelfTestRecord.Detection(0.2, 1, 1, 0));
        assertThat(record.detectable())
                .hasSize(2)
                .allSatisfy((label, size) -> assertThat(size).isBetween(0.05, 0.5));
    }

    @Test
    void aGateThatFindsNothingIsShownUp() throws Exception {
        forks.hides = true;

        assertThat(record(0.2).detections()).containsExactly(new SelfTestRecord.Detection(0.2, 0, 1, 1));
    }

    @Test
    void aSlowdownThatWasNotPutInSaysNothingOfTheGate() throws Exception {
        forks.reports = false;

        SelfTestRecord record = record(0.2);

        assertThat(record.detections()).containsExactly(new SelfTestRecord.Detection(0.2, 0, 0, 0));
        assertThat(record.notSlowed()).isEqualTo(1);
    }

    @Test
    void aFalseAlarmBesideTheSlowedCaseIsCounted() throws Exception {
        forks.spills = true;

        assertThat(record(0.2).falseAlarmsBeside()).isEqualTo(1);
    }

    @Test
    void theRecordComesBackAsItWasAndBrokenOnesAreRefused() throws Exception {
        SelfTestRecord record = record(0, 0.2);
        Path file = scratch.resolve("self-test.json");

        record.write(file);

        assertThat(SelfTestRecord.read(file)).isEqualTo(record);
        for (String broken : List.of("", "{", "[]", "null", "{\"schema\":2}", "{\"schema\":1}")) {
            Files.writeString(file, broken);
            assertThatThrownBy(() -> SelfTestRecord.read(file))
                    .isInstanceOf(FormatException.class)
                    .hasMessageContaining("is not a self-test.json of ours");
        }
    }

    private SelfTestRecord record(double... slowdowns) throws Exception {
        SelfTest test = new SelfTest(SIDE, PLAN, SETTINGS, scratch, _ -> forks, () -> false, line -> {});
        SelfTestRecord record = new SelfTestRecord(
                SelfTestRecord.SCHEMA,
                "a machine",
                "a VM",
                "bench.jar",
                "2026-11-24T00:00:00Z",
                SETTINGS.threshold(),
                SETTINGS.confidence(),
                PLAN.budget().toSeconds(),
                List.of());
        for (int i = 0; i < slowdowns.length; i++) {
            record = record.with(test.compare(slowdowns[i], "slow", i), "2026-11-24T00:00:01Z");
        }
        return record;
    }

    /** Forks that are slowed by what the flag says, and report it as the agent does. */
    private static final class Obedient implements Forks {

        private final SplittableRandom random = new SplittableRandom(1);
        private boolean hides;
        private boolean spills;
        private boolean reports = true;
        private int number;

        @Override
        public List<String> list(LiveSide side, List<String> include) {
            return List.of("a.B.same", "a.B.slow");
        }

        @Override
        public Answer fork(LiveSide side, String benchmark, List<String> options, Duration limit) throws IOException {
            double share = 0;
            String flag = side.command().getLast();
            if (flag.startsWith("-javaagent:")) {
                String[] words = flag.substring(flag.indexOf('=') + 1).split(";", -1);
                share = Double.parseDouble(words[0]);
                if (reports && benchmark.equals("a.B.slow")) {
                    number++;
                    Files.writeString(
                            Path.of(URLDecoder.decode(words[2], StandardCharsets.UTF_8))
                                    .resolve(number + ".txt"),
                            "1000\t%d\t%s-AverageTime\n".formatted(Math.round(1000 * share), benchmark));
                }
            }
            boolean slowed = benchmark.equals("a.B.slow") ? !hides : spills;
            double time = Math.exp(0.005 * random.nextGaussian()) * (slowed ? 1 + share : 1);
            return new Answer.Measured(List.of(new MeasuredCase(
                    benchmark,
                    Params.none(),
                    "avgt",
                    1,
                    "ms/op",
                    Direction.LOWER,
                    new MeasuredCase.Scores.ByFork(List.of(List.of(time))))));
        }
    }
}
