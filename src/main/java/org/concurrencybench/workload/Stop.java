package org.concurrencybench.workload;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A worker that is somewhere from where somebody wants it back: asleep, waiting for a lock, or in a loop. It would come back
 * by itself after {@code stayMillis}, so that none is left behind for ever; what is measured is how much sooner it does when
 * it is told to.
 *
 * <p>What stops a thread is its own co-operation: sleep and {@code lockInterruptibly} answer an interrupt, entering a
 * {@code synchronized} block and a loop that does not look do not. A process is ended whatever it does.
 */
public final class Stop implements WorkloadDefinition {

    static final String SLEEPING = "sleeping";
    static final String LOCK = "waiting-for-lock";
    static final String MONITOR = "blocked-on-synchronized";
    static final String LOOP = "endless-loop";

    @Override
    public String name() {
        return "stop";
    }

    @Override
    public Kind kind() {
        return Kind.OVERHEAD;
    }

    @Override
    public String lesson() {
        return "a thread can only be asked to stop, and some places do not listen; a process can be made to";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                new Parameter.Choice("state", List.of(SLEEPING, LOCK, MONITOR, LOOP), "where the worker is"),
                new Parameter.WholeNumber("stayMillis", 60_000, 0, 600_000, "it leaves by itself after this"),
                new Parameter.WholeNumber(
                        "limitMillis", 500, 1, 60_000, "one that has not stopped by then counts as not to be stopped"));
    }

    /** Whether a thread in that state comes back when it is interrupted. */
    public static boolean answersInterrupt(Settings settings) {
        return settings.word("state").equals(SLEEPING) || settings.word("state").equals(LOCK);
    }

    @Override
    public Worker create(Settings settings, SharedState shared) {
        return new Worker(settings.word("state"), TimeUnit.MILLISECONDS.toNanos(settings.number("stayMillis")));
    }

    @Override
    public int naturalParallelism(Settings settings, int cores) {
        return 1;
    }

    @Override
    public double idealSpeedup(Settings settings, int parallelism, int cores) {
        return 1;
    }

    /** The worker, as a batch of one task that yields 1 if it came back by itself. */
    public static final class Worker implements Workload<Long> {

        private final String state;
        private final long stayNanos;
        // Replaced by reset(), which happens before the worker starts; any thread may open either of them.
        private volatile CountDownLatch entered = new CountDownLatch(1);
        private volatile CountDownLatch released = new CountDownLatch(1);

        Worker(String state, long stayNanos) {
            this.state = state;
            this.stayNanos = stayNanos;
        }

        @Override
        public int taskCount() {
            return 1;
        }

        @Override
        public void reset() {
            entered = new CountDownLatch(1);
            released = new CountDownLatch(1);
        }

        /** Waits until the worker is about to be where it shall be, for so long at most; whether it is. */
        public boolean awaitEntered(long nanos) throws InterruptedException {
            return entered.await(nanos, TimeUnit.NANOSECONDS);
        }

        /** Whether it computes there, and does not wait. */
        public boolean loops() {
            return state.equals(LOOP);
        }

        /** Lets go of it what no interrupt frees: its loop ends, the lock that it waits for becomes free. */
        public void release() {
            released.countDown();
        }

        @Override
        public Long run(int firstTask, int endTask) throws InterruptedException {
            switch (state) {
                case SLEEPING -> {
                    entered.countDown();
                    Thread.sleep(Duration.ofNanos(stayNanos));
                }
                case LOCK -> waitForLock();
                case MONITOR -> blockOnMonitor();
                default -> loop();
            }
            return 1L;
        }

        private void waitForLock() throws InterruptedException {
            ReentrantLock lock = new ReentrantLock();
            Thread holder = holder(lock::lock, lock::unlock);
            try {
                entered.countDown();
                lock.lockInterruptibly();
                lock.unlock();
            } finally {
                released.countDown();
                holder.join();
            }
        }

        private void blockOnMonitor() throws InterruptedException {
            Object monitor = new Object();
            CountDownLatch held = new CountDownLatch(1);
            Thread holder = Thread.ofPlatform().name("lock-holder").daemon().start(() -> {
                synchronized (monitor) {
                    held.countDown();
                    hold();
                }
            });
            held.await();
            entered.countDown();
            synchronized (monitor) {
                released.countDown();
            }
            holder.join();
        }

        /** A thread that has the lock when this returns, and has it until the worker is released or its stay is over. */
        private Thread holder(Runnable take, Runnable give) throws InterruptedException {
            CountDownLatch held = new CountDownLatch(1);
            Thread holder = Thread.ofPlatform().name("lock-holder").daemon().start(() -> {
                take.run();
                try {
                    held.countDown();
                    hold();
                } finally {
                    give.run();
                }
            });
            held.await();
            return holder;
        }

        private void hold() {
            try {
                released.await(stayNanos, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Looks at nothing but its release and the clock: an interrupt sets a flag that nobody reads. */
        private void loop() {
            entered.countDown();
            long begin = System.nanoTime();
            while (released.getCount() > 0 && System.nanoTime() - begin < stayNanos) {
                Thread.onSpinWait();
            }
        }

        @Override
        public Long merge(List<Long> partsInTaskOrder) {
            return partsInTaskOrder.getFirst();
        }

        @Override
        public void check(Long answer) throws WrongAnswerException {
            if (answer != 1) {
                throw new WrongAnswerException("workers that came back by themselves", 1, answer);
            }
        }

        @Override
        public Codec<Long> codec() {
            return new LongCodec();
        }
    }
}
