package org.concurrencybench.benchmark;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the calling thread has used so far; the difference of two readings says what it did between them.
 *
 * @param cpuNanos time on a core
 * @param queuedNanos time ready for a core that others had (Linux: proc(5), {@code schedstat}); 0 where that is not told
 * @param allocatedBytes of heap
 * @param parkedMillis asleep, parked or waiting to be notified
 * @param blockedMillis before {@code synchronized}
 */
record ThreadClock(long cpuNanos, long queuedNanos, long allocatedBytes, long parkedMillis, long blockedMillis) {

    private static final Path SCHEDULER = Path.of("/proc/thread-self/schedstat");

    /** Of the calling thread, which is a platform thread. */
    static ThreadClock read() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        if (threads.isThreadContentionMonitoringSupported() && !threads.isThreadContentionMonitoringEnabled()) {
            threads.setThreadContentionMonitoringEnabled(true);
        }
        ThreadInfo info = threads.getThreadInfo(Thread.currentThread().threadId());
        return new ThreadClock(
                threads.getCurrentThreadCpuTime(),
                readQueue(),
                threads.getCurrentThreadAllocatedBytes(),
                Math.max(0, info.getWaitedTime()),
                Math.max(0, info.getBlockedTime()));
    }

    /** Its second number. */
    private static long readQueue() {
        try {
            String[] numbers = Files.readString(SCHEDULER).strip().split(" ", -1);
            return numbers.length > 1 && numbers[1].matches("[0-9]{1,18}") ? Long.parseLong(numbers[1]) : 0;
        } catch (IOException e) {
            // No Linux, or one that does not tell.
            return 0;
        }
    }

    /** What was used from an earlier reading to this one. */
    ThreadClock since(ThreadClock earlier) {
        return new ThreadClock(
                cpuNanos - earlier.cpuNanos,
                queuedNanos - earlier.queuedNanos,
                allocatedBytes - earlier.allocatedBytes,
                parkedMillis - earlier.parkedMillis,
                blockedMillis - earlier.blockedMillis);
    }

    /** Both together. */
    ThreadClock plus(ThreadClock other) {
        return new ThreadClock(
                cpuNanos + other.cpuNanos,
                queuedNanos + other.queuedNanos,
                allocatedBytes + other.allocatedBytes,
                parkedMillis + other.parkedMillis,
                blockedMillis + other.blockedMillis);
    }
}
