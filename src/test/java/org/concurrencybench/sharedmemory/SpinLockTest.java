package org.concurrencybench.sharedmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SpinLockTest {

    @Test
    void threadsLoseNothing() throws InterruptedException {
        SharedLong number = new SharedLong(memory(1), 0);
        List<Thread> adders = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            adders.add(Thread.ofPlatform().start(() -> {
                for (int j = 0; j < PartnerMain.ADDITIONS; j++) {
                    number.add(1);
                }
            }));
        }
        for (Thread adder : adders) {
            adder.join();
        }
        assertThat(number.get()).isEqualTo(4L * PartnerMain.ADDITIONS);
    }

    @Test
    void atMostOneThreadIsInside() throws InterruptedException {
        MemorySegment memory = memory(1);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                SpinLock lock = new SpinLock(memory, 0);
                for (int j = 0; j < 200; j++) {
                    lock.lock();
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    Thread.onSpinWait();
                    inside.decrementAndGet();
                    lock.unlock();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(most).hasValue(1);
    }

    @Test
    void processesLoseNothing() throws Exception {
        try (MappedSegment segment = MappedSegment.create(SharedLong.BYTES)) {
            SharedLong number = new SharedLong(segment.memory(), 0);
            Process one = partner("add", segment);
            Process two = partner("add", segment);
            try {
                awaitWord(one, "begun");
                for (int i = 0; i < PartnerMain.ADDITIONS; i++) {
                    number.add(1);
                }
                assertThat(one.waitFor(30, TimeUnit.SECONDS)).isTrue();
                assertThat(two.waitFor(30, TimeUnit.SECONDS)).isTrue();
                assertThat(one.exitValue()).isZero();
                assertThat(two.exitValue()).isZero();
                assertThat(number.get()).isEqualTo(3L * PartnerMain.ADDITIONS);
            } finally {
                one.destroyForcibly();
                two.destroyForcibly();
            }
        }
    }

    @Test
    void aHolderThatWasKilledIsNamedToThoseWhoWait() throws Exception {
        try (MappedSegment segment = MappedSegment.create(SharedLong.BYTES)) {
            Process holder = partner("hold", segment);
            awaitWord(holder, "held");
            AtomicReference<Throwable> outcome = new AtomicReference<>();
            CountDownLatch waits = new CountDownLatch(1);
            Thread waiter = Thread.ofPlatform().start(() -> {
                waits.countDown();
                try {
                    new SharedLong(segment.memory(), 0).add(1);
                } catch (IllegalStateException e) {
                    outcome.set(e);
                }
            });
            waits.await();
            // Long enough to be among the naps; a waiter that comes later must find out all the same.
            Thread.sleep(50);
            assertThat(waiter.isAlive()).isTrue();

            holder.destroyForcibly().waitFor();
            waiter.join(20_000);

            assertThat(waiter.isAlive()).isFalse();
            assertThat(outcome.get())
                    .isNotNull()
                    .hasMessage("process " + holder.pid() + " died while it held a shared lock");
            assertThatThrownBy(() -> new SharedLong(segment.memory(), 0).get())
                    .hasMessageContaining("process " + holder.pid() + " died");
        }
    }

    @Test
    void aHolderThatNeverLetsGoIsNamedInTheEnd() {
        SpinLock lock = new SpinLock(memory(1), 0, Duration.ofMillis(100));
        lock.lock();

        assertThatThrownBy(lock::lock)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("process " + ProcessHandle.current().pid() + " has held a shared lock for 100 ms");
    }

    @Test
    void numbersOfOneSegmentAreApart() {
        MemorySegment memory = memory(3);
        for (int i = 0; i < 3; i++) {
            new SharedLong(memory, i).set(i + 1);
        }
        for (int i = 0; i < 3; i++) {
            assertThat(new SharedLong(memory, i).get()).isEqualTo(i + 1);
        }
    }

    @Test
    void addingTakesAnyNumberBothWays() {
        SharedLong number = new SharedLong(memory(1), 0);
        number.set(Long.MAX_VALUE);
        number.add(-Long.MAX_VALUE);
        number.add(-3);
        assertThat(number.get()).isEqualTo(-3);
    }

    private static MemorySegment memory(int numbers) {
        return Arena.ofAuto().allocate(numbers * SharedLong.BYTES, SharedLong.BYTES);
    }

    private static Process partner(String what, MappedSegment segment) throws IOException {
        return new ProcessBuilder(PartnerMain.command(what, segment.path().toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void awaitWord(Process partner, String word) throws IOException {
        BufferedReader reader = partner.inputReader();
        assertThat(reader.readLine()).isEqualTo(word);
    }
}
