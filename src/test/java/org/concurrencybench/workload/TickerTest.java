package org.concurrencybench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.concurrencybench.workload.Ticker.Tick;
import org.junit.jupiter.api.Test;

class TickerTest {

    @Test
    void inOneThreadTheSlowUnitTicksAfterTheFastOne() throws Exception {
        Workload<List<Tick>> workload = of(1, 3);

        List<Tick> timeline = workload.merge(List.of(workload.run(0, 2)));

        workload.check(timeline);
        assertThat(timeline)
                .extracting(tick -> tick.worker() + " " + tick.number())
                .containsExactly("fast 1", "fast 2", "fast 3", "slow 1", "slow 2", "slow 3");
        assertThat(timeline)
                .allSatisfy(tick -> assertThat(tick.active()).containsExactly(tick.worker()))
                .allSatisfy(tick -> assertThat(tick.thread())
                        .isEqualTo(Thread.currentThread().getName()));
    }

    @Test
    void theSlowUnitMayTakeThreeTicksOfTheFastOne() throws Exception {
        Map<String, String> thrice = Map.of("tickMillis", "1", "slowTimes", "3", "ticks", "3");
        Workload<List<Tick>> workload = Given.workload(new Ticker(), thrice);

        List<Tick> timeline = workload.run(0, 2);

        assertThatCode(() -> workload.check(workload.merge(List.of(timeline)))).doesNotThrowAnyException();
        assertThat(timeline.getLast().sinceStartNanos()).isGreaterThanOrEqualTo(9_000_000);
        assertThat(new Ticker().idealSpeedup(Given.settings(new Ticker(), thrice), 2, 2))
                .isEqualTo(4.0 / 3);
    }

    /** Whatever the machine does, a timeline that obeys the laws is right: each unit's ticks late, but in order. */
    @Property(tries = 100)
    void anyInterleavingIsRightThatKeepsEachUnitsOrder(
            @ForAll List<@IntRange(max = 50) Integer> delays, @ForAll @IntRange(max = 5) int offset) {
        Workload<List<Tick>> workload = of(2, 3);
        List<List<Tick>> parts = new ArrayList<>();
        for (int worker = 0; worker < 2; worker++) {
            List<Tick> part = new ArrayList<>();
            long late = 0;
            for (int number = 1; number <= 3; number++) {
                late += delays.isEmpty() ? 0 : delays.get((worker * 3 + number) % delays.size()) * 100_000L;
                long since = number * (worker + 1L) * 2_000_000 + late;
                // Clocks may be about to wrap around.
                long at = Long.MAX_VALUE - 5_000_000 + since + offset;
                part.add(tick(worker == 0 ? "fast" : "slow", number, since, at));
            }
            parts.add(part);
        }

        List<Tick> timeline = workload.merge(parts);

        assertThatCode(() -> workload.check(timeline)).doesNotThrowAnyException();
    }

    @Test
    void aTickThatIsMissingOutOfOrderOrTooEarlyIsNamed() {
        Workload<List<Tick>> workload = of(2, 1);
        Tick fast = tick("fast", 1, 2_000_000, 5);
        Tick slow = tick("slow", 1, 4_000_000, 7);

        assertThatCode(() -> workload.check(List.of(fast, slow))).doesNotThrowAnyException();
        assertThatThrownBy(() -> workload.check(List.of(fast)))
                .hasMessage("wrong answer: number of ticks is 1, expected 2");
        assertThatThrownBy(() -> workload.check(List.of(fast, fast)))
                .hasMessage("wrong answer: ticks of fast is [1, 1], expected [1]");
        assertThatThrownBy(() -> workload.check(List.of(fast, tick("slow", 1, 3_999_999, 7))))
                .hasMessage("wrong answer: nanoseconds to tick 1 of slow is 3999999, expected at least 4000000");
        assertThatThrownBy(() ->
                        workload.check(List.of(fast, new Tick("slow", 1, 4_000_000, 7, "worker-2", List.of("fast")))))
                .hasMessage("wrong answer: units at work at tick 1 of slow is [fast], expected among them slow");
    }

    private static Tick tick(String worker, int number, long sinceStartNanos, long atNanos) {
        return new Tick(worker, number, sinceStartNanos, atNanos, "worker-1", List.of(worker));
    }

    @Test
    void aTimelineCrossesToAnotherJvmAsItIsAndNonsenseIsRefused() throws IOException {
        Codec<List<Tick>> codec = of(1, 1).codec();
        List<Tick> part = List.of(
                new Tick("slow", 7, 1L << 40, Long.MIN_VALUE, "", List.of("fast", "slow")),
                new Tick("fast", 1, 0, -1, "worker-1", List.of("fast")));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        codec.write(part, new DataOutputStream(bytes));

        assertThat(codec.read(in(bytes.toByteArray()))).isEqualTo(part);
        assertThatThrownBy(() -> codec.read(in(new byte[] {-1, 0, 0, 0}))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> codec.read(in(new byte[] {0, 0, 0, 1, 2}))).hasMessage("a tick of worker 2");
    }

    private static DataInputStream in(byte[] bytes) {
        return new DataInputStream(new ByteArrayInputStream(bytes));
    }

    private static Workload<List<Tick>> of(int tickMillis, int ticks) {
        return Given.workload(
                new Ticker(), Map.of("tickMillis", Integer.toString(tickMillis), "ticks", Integer.toString(ticks)));
    }
}
