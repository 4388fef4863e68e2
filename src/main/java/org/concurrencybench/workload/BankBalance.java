package org.concurrencybench.workload;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Depositors add 1 and withdrawers take 1, each time under a lock: the textbook's bank, which loses money without it.
 *
 * <p>With {@code thinkMicros=0} workers do nothing but pass the lock, one batch of critical sections that nothing can make
 * parallel. With a think time they mostly sleep, and the lock is free nearly always.
 *
 * <p>With {@code lock=none} the bank may lose money or find some: any balance that transfers can leave is right then, and by
 * how much it is off is a result. With {@code order=deposits-first} withdrawers wait until the last depositor has ended;
 * one pair then loses nothing even without a lock, because it never acts at the same time.
 */
public final class BankBalance implements WorkloadDefinition {

    /** What is in the account before, and so after. */
    private static final long OPENING_BALANCE = 200;

    private static final double LONGEST_WAIT_MILLIS = 3_600_000;

    private static final String DEPOSITS_FIRST = "deposits-first";

    /**
     * What came of a batch, or of some of its tasks. Equal to another if as many transfers were made: times are luck.
     *
     * @param count transfers made
     * @param thinkNanos time in which workers slept before transfers, or waited for depositors; the sum over workers
     * @param workerNanos time that tasks took from beginning to end, the sum over workers
     * @param offBy what the balance is off by at the end; known to the caller alone, and 0 under a lock
     */
    public record Transfers(long count, long thinkNanos, long workerNanos, long offBy) {

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
    public String title(Settings settings) {
        int micros = settings.number("thinkMicros");
        String wait = micros % 1000 == 0 ? micros / 1000 + " ms" : micros + " µs";
        return "%d changes of one balance, %s"
                .formatted(
                        2L * settings.number("pairs") * settings.number("transfers"),
                        micros == 0 ? "with nothing to do in between" : "with a wait of " + wait + " before each");
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(
                new Parameter.WholeNumber("transfers", 100_000, 1, 100_000_000, "transfers of each worker"),
                new Parameter.WholeNumber("thinkMicros", 0, 0, 60_000_000, "sleep before each transfer"),
                new Parameter.WholeNumber("pairs", 1, 1, 10_000, "depositors, and as many withdrawers"),
                new Parameter.Choice(
                        "lock",
                        LockKind.labels(),
                        "what guards the balance; own is the model's choice, none loses money"),
                new Parameter.Choice(
                        "order",
                        List.of("together", DEPOSITS_FIRST),
                        "all at once, or withdrawals once the deposits are done"));
    }

    @Override
    public Sharing sharing(Settings settings) {
        return lock(settings).sharing();
    }

    /** Withdrawers wait for the deposits, if those come first. */
    @Override
    public boolean tasksWaitForEachOther(Settings settings) {
        return depositsFirst(settings);
    }

    @Override
    public Workload<Transfers> create(Settings settings, SharedState shared) {
        LockedLong balance = shared.lockedLong(lock(settings));
        boolean depositsFirst = depositsFirst(settings);
        return new Batch(
                settings.number("pairs"),
                settings.number("transfers"),
                Duration.ofNanos(1000L * settings.number("thinkMicros")),
                balance,
                shared.pause(),
                depositsFirst ? new Meeting(shared, depositsTakeAtMost(settings)) : null,
                lock(settings) == LockKind.NONE && !(depositsFirst && settings.number("pairs") == 1));
    }

    @Override
    public String rightAnswer(Settings settings) {
        return "%d transfers, balance %d"
                .formatted(2L * settings.number("pairs") * settings.number("transfers"), OPENING_BALANCE);
    }

    /** Sleeps one after another, a hundred microseconds for each transfer, and what a meeting has in any case. */
    private static Duration depositsTakeAtMost(Settings settings) {
        double millis = (100.0 + settings.number("thinkMicros"))
                * settings.number("pairs")
                * settings.number("transfers")
                / 1000;
        return Meeting.PATIENCE.plusMillis((long) Math.min(millis, LONGEST_WAIT_MILLIS));
    }

    private static boolean depositsFirst(Settings settings) {
        return settings.word("order").equals(DEPOSITS_FIRST);
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
        if (settings.number("thinkMicros") == 0) {
            return 1;
        }
        int atOnce = depositsFirst(settings) ? settings.number("pairs") : 2 * settings.number("pairs");
        return WorkloadDefinition.idealOfEqualTasks(atOnce, parallelism);
    }

    /**
     * Even tasks deposit, odd tasks withdraw; the first half and the other one where deposits come first, so that no
     * withdrawer is begun before a depositor that it waits for.
     *
     * @param depositsDone where withdrawers wait for depositors; null if they do not
     * @param mayLose whether any balance that transfers can leave is right
     */
    private record Batch(
            int pairs,
            int transfers,
            Duration think,
            LockedLong balance,
            Pause pause,
            @Nullable Meeting depositsDone,
            boolean mayLose)
            implements Workload<Transfers> {

        @Override
        public int taskCount() {
            return 2 * pairs;
        }

        @Override
        public void reset() {
            balance.set(OPENING_BALANCE);
            if (depositsDone != null) {
                depositsDone.reset();
            }
        }

        private boolean deposits(int task) {
            return depositsDone == null ? task % 2 == 0 : task < pairs;
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
                long amount = deposits(task) ? 1 : -1;
                if (depositsDone != null && amount < 0) {
                    thinkNanos += awaitDeposits(depositsDone);
                }
                for (int transfer = 0; transfer < times; transfer++) {
                    if (thinks) {
                        long before = System.nanoTime();
                        pause.sleep(think);
                        thinkNanos += System.nanoTime() - before;
                    }
                    account.add(amount);
                    made++;
                }
                if (depositsDone != null && amount > 0) {
                    depositsDone.arrive();
                }
            }
            return new Transfers(made, thinkNanos, System.nanoTime() - start, 0);
        }

        /** Nanoseconds that it took. */
        private long awaitDeposits(Meeting done) throws InterruptedException {
            long before = System.nanoTime();
            done.await(pairs);
            return System.nanoTime() - before;
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
            return new Transfers(count, thinkNanos, workerNanos, mayLose ? balance.get() - OPENING_BALANCE : 0);
        }

        @Override
        public void check(Transfers answer) throws WrongAnswerException {
            long expected = 2L * pairs * transfers;
            if (answer.count != expected) {
                throw new WrongAnswerException("number of transfers", expected, answer.count);
            }
            if (mayLose) {
                long most = (long) pairs * transfers;
                if (Math.abs(answer.offBy) > most) {
                    throw new WrongAnswerException("balance off by", "at most " + most, answer.offBy);
                }
            } else if (balance.get() != OPENING_BALANCE) {
                throw new WrongAnswerException("balance after all transfers", OPENING_BALANCE, balance.get());
            }
        }

        @Override
        public Codec<Transfers> codec() {
            return new NumbersCodec<>(
                    3,
                    part -> List.of(part.count, part.thinkNanos, part.workerNanos),
                    numbers -> new Transfers(numbers.get(0), numbers.get(1), numbers.get(2), 0));
        }
    }
}
