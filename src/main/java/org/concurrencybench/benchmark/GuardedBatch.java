package org.concurrencybench.benchmark;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.concurrencybench.execution.Batch;
import org.concurrencybench.execution.ExecutionException;
import org.concurrencybench.workload.WrongAnswerException;

/**
 * A user's batch, which may start threads, and after whose end none may be left that takes a core or keeps its JVM alive: the
 * next batch, or the next case's, would be measured beside them. Threads that are daemons and asleep, such as those of a
 * client or a pool that is kept, disturb nobody, as long as they are few. A call of its own on the way to each batch is all that it costs.
 */
final class GuardedBatch implements Batch {

    /** How often and how long to look whether a thread still computes. */
    private static final int LOOKS = 10;

    private static final int LOOK_MILLIS = 10;

    /** Idle daemons from which on they are no pool that is kept, but one more at every call. */
    private static final int MANY = 16 + 4 * Runtime.getRuntime().availableProcessors();

    /** CPU time within those looks above which a thread computes. */
    private static final long BUSY_NANOS = 5_000_000;

    private final Batch batch;
    private final Set<Long> before;

    private GuardedBatch(Batch batch, Set<Long> before) {
        this.batch = batch;
        this.before = before;
    }

    /** Makes a batch. */
    @FunctionalInterface
    interface Preparation {
        Batch prepare() throws ExecutionException, InterruptedException;
    }

    /** The batch that this makes; threads are guarded against from here on, as its making may start some. */
    static Batch of(Preparation preparation) throws ExecutionException, InterruptedException {
        Set<Long> before = platformThreads().stream().map(Thread::threadId).collect(Collectors.toSet());
        return new GuardedBatch(preparation.prepare(), before);
    }

    @Override
    public void reset() throws ExecutionException, InterruptedException {
        batch.reset();
    }

    @Override
    public Object run() throws ExecutionException, InterruptedException {
        return batch.run();
    }

    @Override
    public void check(Object answer) throws WrongAnswerException {
        batch.check(answer);
    }

    @Override
    public void expect(Object answerOfOneThread) {
        batch.expect(answerOfOneThread);
    }

    @Override
    public void close() {
        batch.close();
        List<Thread> left = left();
        List<Thread> stay = staying(left);
        if (stay.isEmpty()) {
            // Threads that a daemon of JMH's starts are daemons, unless they are told otherwise.
            stay = left.size() >= MANY ? left : busy(left);
        }
        if (!stay.isEmpty()) {
            // JMH would wait for them for half a minute.
            System.setProperty("jmh.shutdownTimeout", "1");
            throw new LeftoverException(
                    "%d thread%s that your code started still run%s after the batch (the first is '%s'); end or await %s, or make %s daemons that sleep"
                            .formatted(
                                    stay.size(),
                                    stay.size() == 1 ? "" : "s",
                                    stay.size() == 1 ? "s" : "",
                                    stay.getFirst().getName(),
                                    stay.size() == 1 ? "it" : "them",
                                    stay.size() == 1 ? "it" : "them"));
        }
    }

    private List<Thread> left() {
        return platformThreads().stream()
                .filter(thread -> !before.contains(thread.threadId()))
                .filter(thread -> thread.threadId() != Thread.currentThread().threadId())
                .filter(thread -> !thread.getClass().getName().startsWith("jdk.internal."))
                .toList();
    }

    /** Those that keep the JVM alive, once those that were about to end have done so. */
    private static List<Thread> staying(List<Thread> threads) {
        List<Thread> stay =
                threads.stream().filter(thread -> !thread.isDaemon()).toList();
        for (int look = 0; look < LOOKS && stay.stream().anyMatch(Thread::isAlive); look++) {
            if (!pause()) {
                return List.of();
            }
        }
        return stay.stream().filter(Thread::isAlive).toList();
    }

    private static List<Thread> busy(List<Thread> threads) {
        ThreadMXBean clock = ManagementFactory.getThreadMXBean();
        List<Long> start = threads.stream()
                .map(thread -> clock.getThreadCpuTime(thread.threadId()))
                .toList();
        for (int look = 0; look < LOOKS && !threads.isEmpty(); look++) {
            if (!pause()) {
                return List.of();
            }
        }
        return threads.stream()
                .filter(thread ->
                        clock.getThreadCpuTime(thread.threadId()) - start.get(threads.indexOf(thread)) > BUSY_NANOS)
                .toList();
    }

    /** Until the next look; false if interrupted. */
    private static boolean pause() {
        try {
            Thread.sleep(LOOK_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Set<Thread> platformThreads() {
        return Thread.getAllStackTraces().keySet();
    }
}
