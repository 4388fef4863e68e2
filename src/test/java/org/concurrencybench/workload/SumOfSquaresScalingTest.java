package org.concurrencybench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The CPU time of the sums grows in proportion to the work, so no compiler has folded, hoisted or dropped the loop. The
 * clock is the thread's own CPU time, which a busy machine does not stretch; each time is the least of several; and a
 * comparison that noise has spoilt is made again as a whole.
 */
@Timeout(60)
class SumOfSquaresScalingTest {

    private static final int ROUNDS = 7;
    private static final int ATTEMPTS = 6;

    @FunctionalInterface
    private interface Work {
        long run() throws InterruptedException;
    }

    // Whatever a work yields goes here, so that a compiler must keep it; volatile, or it might be dropped again.
    @SuppressWarnings("UnusedVariable")
    private volatile long sink;

    @Test
    void twiceTheTasksTakeTwiceTheTime() throws InterruptedException {
        assertThat(isProportional(batch(2000, 1000), batch(4000, 1000))).isTrue();
    }

    @Test
    void twiceTheTermsTakeTwiceTheTime() throws InterruptedException {
        assertThat(isProportional(batch(2000, 1000), batch(2000, 2000))).isTrue();
    }

    @Test
    void aLoopFoldedIntoItsClosedFormWouldBeNoticed() throws InterruptedException {
        assertThat(isProportional(folded(2_000_000, 1000), folded(2_000_000, 2000)))
                .isFalse();
    }

    @Test
    void aCallHoistedOutOfTheLoopOverTasksWouldBeNoticed() throws InterruptedException {
        assertThat(isProportional(hoisted(2000, 2_000_000), hoisted(4000, 2_000_000)))
                .isFalse();
    }

    /** Whether any of a few attempts shows that the second takes about twice as long as the first. */
    private boolean isProportional(Work once, Work twice) throws InterruptedException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            // Interleaved, so that a change of the clock rate hits both.
            long least = Long.MAX_VALUE;
            long leastOfTwice = Long.MAX_VALUE;
            for (int round = 0; round < ROUNDS; round++) {
                least = Math.min(least, cpuNanos(once));
                leastOfTwice = Math.min(leastOfTwice, cpuNanos(twice));
            }
            double ratio = (double) leastOfTwice / least;
            if (1.6 < ratio && ratio < 2.5) {
                return true;
            }
        }
        return false;
    }

    private long cpuNanos(Work work) throws InterruptedException {
        var threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        long result = work.run();
        long nanos = threads.getCurrentThreadCpuTime() - start;
        sink = result;
        return nanos;
    }

    private static Work batch(int tasks, int terms) {
        Workload<Long> workload = Given.workload(
                new SumOfSquares(), Map.of("tasks", Integer.toString(tasks), "terms", Integer.toString(terms)));
        return () -> workload.run(0, tasks);
    }

    /** What a compiler that knew the formula would make of it; so many tasks that it takes as long as the others. */
    private static Work folded(long tasks, long terms) {
        return () -> {
            long sum = 0;
            for (long task = 0; task < tasks; task++) {
                sum += (terms - 1) * terms * (2 * terms - 1) / 6;
            }
            return sum;
        };
    }

    /** What a compiler that saw the same bound in each call would make of it. */
    private static Work hoisted(long tasks, long terms) {
        return () -> {
            long once = 0;
            for (long x = 0; x < terms; x++) {
                once += x * x;
            }
            return once * tasks;
        };
    }
}
