package org.concurrencybench.workload;

import java.time.Duration;
import java.util.List;

/**
 * Depositors add 1 and withdrawers take 1, each time under a lock: the textbook's bank, which loses money without it.
 *
 * <p>With {@code thinkMicros=0} workers do nothing but pass the lock, one batch of critical sections that nothing can make
 * parallel. With a think time they mostly sleep, and the lock is free nearly always.
 */
public final class BankBalance implements WorkloadDefinition {

    /** What is in the account before, and so after. */
    private static final long OPENING_BALANCE = 200;

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
                new Parameter.WholeNumber("pairs", 1, 1, 10_000, "depositors, and as many withdrawers"));
    }

    @Override
    public Workload<Long> create(Settings settings, SharedState shared) {
        return new Batch(
                settings.number("pairs"),
                settings.number("transfers"),
                Duration.ofNanos(1000L * settings.number("thinkMicros")),
                shared.lockedLong());
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

    /** Even tasks deposit, odd tasks withdraw; the answer counts the transfers made. */
    private record Batch(int pairs, int transfers, Duration think, LockedLong balance) implements Workload<Long> {

        @Override
        public int taskCount() {
            return 2 * pairs;
        }

        @Override
        public void reset() {
            balance.set(OPENING_BALANCE);
        }

        @Override
        public Long run(int firstTask, int endTask) throws InterruptedException {
            long made = 0;
            // Asked once: at a few nanoseconds, asking before each transfer would be 4 % of it.
            boolean thinks = !think.isZero();
            for (int task = firstTask; task < endTask; task++) {
                long amount = task % 2 == 0 ? 1 : -1;
                for (int transfer = 0; transfer < transfers; transfer++) {
                    if (thinks) {
                        Thread.sleep(think);
                    }
                    balance.add(amount);
                    made++;
                }
            }
            return made;
        }

        @Override
        public Long merge(List<Long> partsInTaskOrder) {
            return partsInTaskOrder.stream().mapToLong(Long::longValue).sum();
        }

        @Override
        public void check(Long answer) throws WrongAnswerException {
            long expected = 2L * pairs * transfers;
            if (answer != expected) {
                throw new WrongAnswerException("number of transfers", expected, answer);
            }
            if (balance.get() != OPENING_BALANCE) {
                throw new WrongAnswerException("balance after all transfers", OPENING_BALANCE, balance.get());
            }
        }

        @Override
        public Codec<Long> codec() {
            return new LongCodec();
        }
    }
}
