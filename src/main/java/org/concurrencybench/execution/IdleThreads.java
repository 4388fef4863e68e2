package org.concurrencybench.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads of this JVM that wait, parked, a few frames deep. */
public final class IdleThreads implements IdleUnits {

    /** For all of them to reach their wait, or to end. */
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

    /** Starts after which HotSpot has compiled what an idle thread runs; twice what it took. */
    private static final int WARM_UP_STARTS = 2000;

    /** So few at once that what they leave behind, kept stacks and free memory, is less than the first size takes. */
    private static final int WARM_UP_AT_ONCE = 40;

    private final ThreadFactory factory;
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger signs = new AtomicInteger();

    private IdleThreads(ThreadFactory factory) {
        this.factory = factory;
    }

    /** None yet, of the operating system. */
    public static IdleThreads ofPlatform() {
        return new IdleThreads(Thread.ofPlatform().name("idle-", 1).daemon().factory());
    }

    /** None yet, virtual. */
    public static IdleThreads ofVirtual() {
        return new IdleThreads(Thread.ofVirtual().name("idle-", 1).factory());
    }

    /**
     * Has the code of an idle thread compiled. The interpreter writes to 20 pages (StackShadowPages) of a stack beyond what it
     * uses, to see that they are there; compiled code does not. So of threads that were started by a cold JVM the first
     * hundreds take 76 KiB more than all later ones, and memory over their number is no line.
     */
    @Override
    public void warmUp() throws ExecutionException, InterruptedException {
        for (int started = 0; started < WARM_UP_STARTS; started += WARM_UP_AT_ONCE) {
            try (IdleThreads some = new IdleThreads(factory)) {
                some.growTo(WARM_UP_AT_ONCE);
                some.wake();
            }
        }
    }

    @Override
    public void growTo(int units) throws ExecutionException, InterruptedException {
        try {
            while (threads.size() < units) {
                Thread thread = factory.newThread(this::idle);
                thread.start();
                threads.add(thread);
            }
        } catch (OutOfMemoryError e) {
            throw new ExecutionException("no more than %d threads: %s".formatted(threads.size(), e.getMessage()), e);
        }
        long begin = System.nanoTime();
        for (Thread thread : threads) {
            // A virtual thread's stack moves to the heap when it has parked, and not a moment before.
            while (thread.getState() != Thread.State.WAITING) {
                if (System.nanoTime() - begin > LIMIT_NANOS) {
                    throw new ExecutionException(
                            "thread %s does not wait, but is %s".formatted(thread.getName(), thread.getState()), null);
                }
                Thread.sleep(1);
            }
        }
    }

    private void idle() {
        try {
            released.await();
            signs.incrementAndGet();
        } catch (InterruptedException e) {
            // Ended before it was asked: no sign of life.
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public int wake() throws InterruptedException {
        released.countDown();
        join();
        return signs.get();
    }

    private void join() throws InterruptedException {
        long begin = System.nanoTime();
        for (Thread thread : threads) {
            long left = LIMIT_NANOS - (System.nanoTime() - begin);
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)));
        }
    }

    @Override
    public void close() {
        released.countDown();
        try {
            join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.clear();
    }
}
