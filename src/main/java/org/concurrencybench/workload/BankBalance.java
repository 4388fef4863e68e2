package org.concurrencybench.workload;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Depositors add 1 and withdrawers take 1, each time under a lock: the textbook's bank, which loses money without it.
 *
 * <p>With {@code thinkMicros=0} workers do nothing but pass the lock, one batch of critical sections that nothing can make
 * parallel. With a think time they mostly sleep, and the lock is free nearly always.
 */
public final class BankBalance implements WorkloadDefinition {

    /** What is in the account before, and so after. */
    private static final long OPENING_BALANCE = 200;

    /**
     * What came of a batch, or of some of its tasks. Equal to another if as many transfers were made: times are luck.
     *
     * @param count transfers made
     * @param thinkNanos time in which workers slept before transfers, the sum over workers
     * @param workerNanos time that tasks took from beginning to end, the sum over workers
     */
    public record Transfers(long count, long thinkNanos, long workerNanos) {

        /**
         * The share of the workers' time that went to the lock, waiting for it or holding it: what no model can make
         * parallel. All that is not sleep counts, so it is 1 without think time, where a worker does nothing else but count.
         * A look at the clock before and after each sleep is in it, which is a thousandth of the shortest sleep.
         */
        public double lockShare() {
            return workerNanos == 0 ? 0 : (double) (workerNanos - thinkNanos) / workerNanos;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Transfers transfers && count == transfers.count;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(count);
        }
    }

    @Override
    public String name() {
        return "bank-balance";
    }

    @Override
    public Kind kind() {
        return Kind.LOCK_CONTENDED;
    }

    @Override
    public String lesson() {
        return "work under one lock runs one at a time, whatever runs it; only what is outside of the lock overlaps";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                new Parameter.WholeNumber("transfers", 100_000, 1, 100_000_000, "transfers of each worker"),
                new Parameter.WholeNumber("thinkMicros", 0, 0, 60_000_000, "sleep before each transfer"),
                new Parameter.WholeNumber("pairs", 1, 1, 10_000, "depositors, and as many withdrawers"),
                new Parameter.Choice("lock", LockKind.labels(), "what guards the balance; own is the model's choice"));
    }

    @Override
    public Sharing sharing(Settings settings) {
        return lock(settings).sharing();
    }

    @Override
    public Workload<Transfers> create(Settings settings, SharedState shared) {
        return new Batch(
                settings.number("pairs"),
                settings.number("transfers"),
                Duration.ofNanos(1000L * settings.number("thinkMicros")),
                shared.lockedLong(lock(settings)));
    }

    private static LockKind lock(Settings settings) {
        return LockKind.of(settings.word("lock"));
    }

    @Override
    public int naturalParallelism(Settings settings, int cores) {
        return 2 * settings.number("pairs");
    }

    @Override
    public double idealSpeedup(Settings settings, int parallelism, int cores) {
        // A sleep lasts tens of microseconds at the least, hundreds of times a transfer: any thinking dominates.
        return settings.number("thinkMicros") == 0
                ? 1
                : WorkloadDefinition.idealOfEqualTasks(2 * settings.number("pairs"), parallelism);
    }

    /** Even tasks deposit, odd tasks withdraw. */
    private record Batch(int pairs, int transfers, Duration think, LockedLong balance) implements Workload<Transfers> {

        @Override
        public int taskCount() {
            return 2 * pairs;
        }

        @Override
        public void reset() {
            balance.set(OPENING_BALANCE);
        }

        @Override
        public Transfers run(int firstTask, int endTask) throws InterruptedException {
            // Read once, here: the compiler reads a field anew after every atomic instruction, 4 % of a transfer.
            LockedLong account = balance;
            int times = transfers;
            boolean thinks = !think.isZero();
            long made = 0;
            long thinkNanos = 0;
            long start = System.nanoTime();
            for (int task = firstTask; task < endTask; task++) {
                long amount = task % 2 == 0 ? 1 : -1;
                for (int transfer = 0; transfer < times; transfer++) {
                    if (thinks) {
                        long before = System.nanoTime();
                        Thread.sleep(think);
                        thinkNanos += System.nanoTime() - before;
                    }
                    account.add(amount);
                    made++;
                }
            }
            return new Transfers(made, thinkNanos, System.nanoTime() - start);
        }

        @Override
        public Transfers merge(List<Transfers> partsInTaskOrder) {
            long count = 0;
            long thinkNanos = 0;
            long workerNanos = 0;
            for (Transfers part : partsInTaskOrder) {
                count += part.count;
                thinkNanos += part.thinkNanos;
                workerNanos += part.workerNanos;
            }
            return new Transfers(count, thinkNanos, workerNanos);
        }

        @Override
        public void check(Transfers answer) throws WrongAnswerException {
            long expected = 2L * pairs * transfers;
            if (answer.count != expected) {
                throw new WrongAnswerException("number of transfers", expected, answer.count);
            }
            if (balance.get() != OPENING_BALANCE) {
                throw new WrongAnswerException("balance after all transfers", OPENING_BALANCE, balance.get());
            }
        }

        @Override
        public Codec<Transfers> codec() {
            return new NumbersCodec<>(
                    3,
                    part -> List.of(part.count, part.thinkNanos, part.workerNanos),
                    numbers -> new Transfers(numbers.get(0), numbers.get(1), numbers.get(2)));
        }
    }
}
