package org.concurrencybench.sharedmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sleeps here would outlast the test: what ends them is a wake-up. */
@Timeout(30)
class ParkingTest {

    private static final Duration AN_HOUR = Duration.ofHours(1);

    private final MemorySegment memory = Arena.ofAuto().allocate(64, 64);
    private final Parking parking = new Parking(memory, 0);

    @BeforeEach
    void sleepsInTheKernel() {
        assumeTrue(System.getProperty("os.name").equals("Linux"));
    }

    @Test
    void aWakeUpWakesAllWhoSleep() throws InterruptedException {
        List<Thread> sleepers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            sleepers.add(Thread.ofPlatform().daemon().start(() -> parking.sleep(parking.announce(), AN_HOUR)));
        }
        for (Thread sleeper : sleepers) {
            assertThat(sleeper.join(Duration.ofMillis(50))).isFalse();
        }

        parking.wake();

        for (Thread sleeper : sleepers) {
            sleeper.join();
        }
    }

    @Test
    void whoWasWokenBeforeItSleepsDoesNotSleep() {
        int ticket = parking.announce();
        parking.wake();
        parking.sleep(ticket, AN_HOUR);

        // Nor when another has announced itself since.
        ticket = parking.announce();
        parking.wake();
        new Parking(memory, 0).announce();
        parking.sleep(ticket, AN_HOUR);
    }

    @Test
    void whoIsNotWokenSleepsItsTime() {
        long before = System.nanoTime();
        parking.sleep(parking.announce(), Duration.ofMillis(20));
        assertThat(System.nanoTime() - before)
                .isGreaterThanOrEqualTo(Duration.ofMillis(20).toNanos());
    }

    @Test
    void aTicketIsTheSameUntilAWakeUp() {
        int ticket = parking.announce();
        assertThat(parking.announce()).isEqualTo(ticket);
        parking.wake();
        assertThat(parking.announce()).isNotEqualTo(ticket);
    }

    @Test
    void aWakeUpWritesNothingWhereNobodySleeps() {
        parking.wake();
        assertThat(memory.get(ValueLayout.JAVA_LONG, 0)).isZero();
    }
}
