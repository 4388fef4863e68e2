package org.concurrencybench.execution.childjvm;

import static org.assertj.core.api.Assertions.assertThat;

import org.concurrencybench.execution.IdleThreads;
import org.concurrencybench.execution.IdleUnits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class IdleUnitsTest {

    @AfterEach
    void nothingIsLeft() {
        Leftovers.assertNone();
    }

    @Test
    void threadsOfEitherSortLiveUntilTheyAreWokenAndEachGivesASign() throws Exception {
        for (IdleThreads idle : new IdleThreads[] {IdleThreads.ofPlatform(), IdleThreads.ofVirtual()}) {
            try (IdleUnits units = idle) {
                units.growTo(3);
                units.growTo(10);
                assertThat(units.wake()).isEqualTo(10);
            }
        }
    }

    @Test
    void childrenAreThereWhileTheyWaitAndGoneWhenWoken() throws Exception {
        try (IdleUnits units = new IdleChildJvms()) {
            units.growTo(1);
            assertThat(Leftovers.children()).hasSize(1);
            units.growTo(3);
            assertThat(Leftovers.children()).hasSize(3);

            assertThat(units.wake()).isEqualTo(3);
            assertThat(Leftovers.children()).isEmpty();
        }
    }

    @Test
    void closingEndsThoseThatNobodyWoke() throws Exception {
        try (IdleUnits units = new IdleChildJvms()) {
            units.growTo(1);
        }
        assertThat(Leftovers.children()).isEmpty();
    }
}
